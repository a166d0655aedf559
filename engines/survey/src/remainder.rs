//! Groups of withheld cells that are as good as printed: what is left of a shown total when its shown parts are taken away, and
//! unions that follow from several sums together.

use std::collections::BTreeSet;

use crate::determined::{Piece, free_move, still_together};
use crate::suppression::{Cells, Judge, Links};

/// Groups that are taken apart further at most. Crossings have a few for each total; irregular hierarchies could have more than can be looked at.
const MOST_GROUPS: usize = 20_000;

/// Groups of two cells and more, small by `judge`, whose sum follows exactly from the shown cells.
pub(crate) fn remainders(
    cells: &Cells,
    links: &Links,
    withheld: &[bool],
    judge: Judge,
) -> Vec<Vec<usize>> {
    // A cell of nobody is known to hold nothing, whatever is written in it.
    let is_open = |cell: usize| withheld[cell] && cells.most[cell] > 0.0;
    let count = cells.counts.len();
    let small: Vec<usize> =
        (0..count).filter(|&cell| is_open(cell) && judge(&[cell]).is_some()).collect();
    // A group of too few, or too alike, is made of such.
    if small.len() < 2 {
        return Vec::new();
    }
    let mut of_total: Vec<Vec<usize>> = vec![Vec::new(); count];
    for (equation, (total, _)) in links.equations().iter().enumerate() {
        of_total[*total].push(equation);
    }
    let open_parts = |equation: usize| {
        links.equations()[equation].1.iter().copied().filter(|&part| is_open(part))
    };
    let mut found: BTreeSet<Vec<usize>> = BTreeSet::new();
    let mut seen: BTreeSet<Vec<usize>> = BTreeSet::new();
    let mut left: Vec<Vec<usize>> = Vec::new();
    for (equation, (total, _)) in links.equations().iter().enumerate() {
        if !is_open(*total) {
            left.push(open_parts(equation).collect());
        }
    }
    // A withheld part that is a total itself is what it adds up from, and of that too the shown can be taken away.
    while let Some(mut group) = left.pop() {
        group.sort_unstable();
        if group.is_empty() || seen.len() == MOST_GROUPS || !seen.insert(group.clone()) {
            continue;
        }
        let directions = group.iter().map(|&cell| of_total[cell].len()).max().unwrap_or(0);
        for direction in 0..directions {
            let mut finer = Vec::new();
            for &cell in &group {
                match of_total[cell].get(direction) {
                    Some(&equation) => finer.extend(open_parts(equation)),
                    None => finer.push(cell),
                }
            }
            left.push(finer);
        }
        if group.len() > 1 && judge(&group).is_some() {
            found.insert(group);
        }
    }
    let equations = links.equations().iter().map(|(total, parts)| {
        let signed = parts.iter().map(|&part| (part, true)).chain([(*total, false)]);
        signed.filter(|&(cell, _)| is_open(cell)).collect()
    });
    let moves = free_move(count, equations.collect());
    let finest = finest(links, count);
    let piece =
        |&place: &usize| Piece { place, people: 1, moves: moves[place], finest: &finest[place] };
    let pieces: Vec<Piece> = small.iter().map(piece).collect();
    found.extend(still_together(&pieces, 4).into_iter().filter(|group| judge(group).is_some()));
    found.into_iter().collect()
}

/// By cell, the cells it is made of that are no totals.
fn finest(links: &Links, count: usize) -> Vec<Vec<u32>> {
    let mut made_of: Vec<Option<&[usize]>> = vec![None; count];
    for (total, parts) in links.equations() {
        made_of[*total].get_or_insert(parts);
    }
    (0..count)
        .map(|cell| {
            let (mut leaves, mut seen, mut left) = (Vec::new(), BTreeSet::new(), vec![cell]);
            while let Some(cell) = left.pop() {
                if seen.insert(cell) {
                    match made_of[cell] {
                        Some(parts) => left.extend(parts),
                        None => leaves.push(cell as u32),
                    }
                }
            }
            leaves.sort_unstable();
            leaves
        })
        .collect()
}
