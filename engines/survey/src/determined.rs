//! Which sums follow exactly from what is shown: a group of withheld cells whose total anyone can work out is as good as printed.
//! Linear algebra modulo a prime, so that “exactly” is no matter of rounding.

use std::collections::BTreeMap;

use crate::chance::Chance;

/// The Mersenne prime 2⁶¹ − 1: two sums that differ are taken for equal once in 2⁶¹.
const PRIME: u64 = (1 << 61) - 1;

fn times(a: u64, b: u64) -> u64 {
    (u128::from(a) * u128::from(b) % u128::from(PRIME)) as u64
}

pub(crate) fn plus(a: u64, b: u64) -> u64 {
    (a + b) % PRIME
}

pub(crate) fn negative(a: u64) -> u64 {
    (PRIME - a) % PRIME
}

fn inverse(a: u64) -> u64 {
    let (mut power, mut base, mut left) = (1, a, PRIME - 2);
    while left > 0 {
        if left & 1 == 1 {
            power = times(power, base);
        }
        base = times(base, base);
        left >>= 1;
    }
    power
}

/// By variable, its part in one random change that keeps every equation (terms with signs, adding up to what is known). A sum of
/// variables follows from the equations just where it does not move.
pub(crate) fn free_move(variables: usize, equations: Vec<Vec<(usize, bool)>>) -> Vec<u64> {
    let mut seldom = vec![0u32; variables];
    equations.iter().flatten().for_each(|&(variable, _)| seldom[variable] += 1);
    // The short ones first, each solved for the variable that the fewest others hold: little fills in.
    let mut order: Vec<usize> = (0..equations.len()).collect();
    order.sort_by_key(|&equation| equations[equation].len());
    let mut solved: Vec<(usize, BTreeMap<usize, u64>)> = Vec::new();
    let mut solved_by = vec![usize::MAX; variables];
    for equation in order {
        let mut row: BTreeMap<usize, u64> = BTreeMap::new();
        for &(variable, is_part) in &equations[equation] {
            let term = if is_part { 1 } else { PRIME - 1 };
            let sum = plus(row.get(&variable).copied().unwrap_or(0), term);
            row.insert(variable, sum);
        }
        row.retain(|_, term| *term != 0);
        // A solved row holds no variable that was solved for before it, so each is taken out once.
        while let Some((variable, by)) = row
            .keys()
            .filter(|&&variable| solved_by[variable] != usize::MAX)
            .map(|&variable| (variable, solved_by[variable]))
            .min_by_key(|&(_, by)| by)
        {
            let factor = negative(row[&variable]);
            for (&other, &term) in &solved[by].1 {
                let sum = plus(row.get(&other).copied().unwrap_or(0), times(factor, term));
                if sum == 0 {
                    row.remove(&other)
                } else {
                    row.insert(other, sum)
                };
            }
        }
        let Some(&pivot) = row.keys().min_by_key(|&&variable| (seldom[variable], variable)) else {
            continue;
        };
        let scale = inverse(row[&pivot]);
        row.values_mut().for_each(|term| *term = times(*term, scale));
        solved_by[pivot] = solved.len();
        solved.push((pivot, row));
    }
    let mut chance = Chance::new(1);
    let mut moves: Vec<u64> = (0..variables).map(|_| chance.below(PRIME)).collect();
    for (pivot, row) in solved.iter().rev() {
        let others = row.iter().filter(|(variable, _)| *variable != pivot);
        let sum = others.fold(0, |sum, (&variable, &term)| plus(sum, times(term, moves[variable])));
        moves[*pivot] = negative(sum);
    }
    moves
}

/// A group of people that somebody could point at: by its place among the caller's, how many, how it moves, and the finest groups in it.
pub(crate) struct Piece<'a> {
    pub place: usize,
    pub people: u64,
    pub moves: u64,
    pub finest: &'a [u32],
}

/// More pieces than this are not put together by twos, or by fours.
const MOST_PIECES: (usize, usize) = (2_000, 300);

/// Two, three or four pieces without a person in common and `most` people together at most, whose sum does not move though
/// none of them stands still: by place, sorted.
pub(crate) fn still_together(pieces: &[Piece], most: u64) -> Vec<Vec<usize>> {
    let free: Vec<&Piece> =
        pieces.iter().filter(|piece| piece.moves != 0 && piece.people > 0).collect();
    let mut found = Vec::new();
    if free.len() > MOST_PIECES.0 {
        return found;
    }
    let mut by_move: Vec<(u64, usize)> =
        free.iter().enumerate().map(|(at, piece)| (piece.moves, at)).collect();
    by_move.sort_unstable();
    let moving = |wanted: u64| {
        let first = by_move.partition_point(|&(moves, _)| moves < wanted);
        by_move[first..].iter().take_while(move |(moves, _)| *moves == wanted).map(|&(_, at)| at)
    };
    let mut take = |places: &[usize]| {
        let people: u64 = places.iter().map(|&at| free[at].people).sum();
        let apart = |(k, &at): (usize, &usize)| {
            places[..k].iter().all(|&other| is_apart(free[at].finest, free[other].finest))
        };
        if people <= most && places.iter().enumerate().all(apart) {
            let mut group: Vec<usize> = places.iter().map(|&at| free[at].place).collect();
            group.sort_unstable();
            found.push(group);
        }
    };
    let mut pairs = Vec::new();
    for first in 0..free.len() {
        moving(negative(free[first].moves))
            .filter(|&at| at > first)
            .for_each(|at| take(&[first, at]));
        for second in first + 1..free.len() {
            if free[first].people + free[second].people >= most {
                continue;
            }
            let sum = plus(free[first].moves, free[second].moves);
            if sum == 0 {
                continue;
            }
            moving(negative(sum))
                .filter(|&at| at > second)
                .for_each(|at| take(&[first, second, at]));
            pairs.push((sum, first, second));
        }
    }
    if free.len() <= MOST_PIECES.1 {
        pairs.sort_unstable();
        for &(sum, first, second) in &pairs {
            let wanted = negative(sum);
            let start = pairs.partition_point(|&(sum, ..)| sum < wanted);
            let with = pairs[start..].iter().take_while(|(sum, ..)| *sum == wanted);
            for &(_, third, fourth) in with {
                if second < third || first < third && second != third && second != fourth {
                    take(&[first, second, third, fourth]);
                }
            }
        }
    }
    found.sort();
    found.dedup();
    found
}

/// Whether two sorted sets have nothing in common.
pub(crate) fn is_apart(a: &[u32], b: &[u32]) -> bool {
    let (few, many) = if a.len() < b.len() { (a, b) } else { (b, a) };
    few.iter().all(|one| many.binary_search(one).is_err())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_does_not_move_follows() {
        // a + b + c and c + d are known, and d: so c follows, and a + b, but neither a nor b.
        let known = vec![
            vec![(0, true), (1, true), (2, true)],
            vec![(2, true), (3, true)],
            vec![(3, true)],
        ];
        let moves = free_move(4, known);
        assert_eq!((moves[2], moves[3]), (0, 0));
        assert!(moves[0] != 0 && plus(moves[0], moves[1]) == 0);
    }

    #[test]
    fn pieces_are_put_together_by_twos_to_fours() {
        // (a, b), (c, d, e) and (f, g, h, i) are known as sums, each piece of two people.
        let known: Vec<Vec<(usize, bool)>> =
            [0..2usize, 2..5, 5..9].map(|range| range.map(|at| (at, true)).collect()).to_vec();
        let moves = free_move(9, known);
        let finest: Vec<[u32; 1]> = (0..9).map(|at| [at]).collect();
        let pieces: Vec<Piece> = (0..9)
            .map(|place| Piece { place, people: 2, moves: moves[place], finest: &finest[place] })
            .collect();
        let expected = [vec![0, 1], vec![2, 3, 4], vec![5, 6, 7, 8]];
        assert_eq!(still_together(&pieces, 9), expected);
        assert_eq!(still_together(&pieces, 7), expected[..2]);
    }
}
