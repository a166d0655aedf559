//! Whether two files hold mostly the same interviews: a table of one is then a table of the other, and what is out of one must be held
//! against the other. A file with a row left out, or with a column more, is not the same file but the same people.

use std::collections::hash_map::{DefaultHasher, Entry};
use std::collections::{HashMap, HashSet};
use std::hash::{Hash, Hasher};

/// Rows that only one person gave, at least, before anything is said: fewer can be alike by chance.
const LEAST_UNIQUE: usize = 30;

/// Of such rows of the smaller file, the share that must be in the other: two thirds.
const SHARED: (usize, usize) = (2, 3);

/// Columns that both must have: with three, different people give the same rows.
const LEAST_COLUMNS: usize = 4;

/// Whether most interviews of one file are in the other too, judged by the columns that both have; both are CSV with a heading.
/// Columns that number the rows tell nothing of people and are left out.
pub fn mostly_the_same(one: &str, other: &str) -> bool {
    let (Some(one), Some(other)) = (Rows::read(one), Rows::read(other)) else { return false };
    let place = |rows: &Rows, name: &String| rows.names.iter().position(|known| known == name);
    let common: Vec<(usize, usize)> = one
        .names
        .iter()
        .enumerate()
        .filter_map(|(at, name)| Some((at, place(&other, name)?)))
        .filter(|(at, there)| !one.numbers_rows(*at) && !other.numbers_rows(*there))
        .collect();
    if common.len() < LEAST_COLUMNS {
        return false;
    }
    let (here, there): (Vec<usize>, Vec<usize>) = common.into_iter().unzip();
    let (one, other) = (one.unique(&here), other.unique(&there));
    let smaller = one.len().min(other.len());
    let shared = one.intersection(&other).count();
    smaller >= LEAST_UNIQUE && shared * SHARED.1 >= smaller * SHARED.0
}

struct Rows {
    /// In small letters.
    names: Vec<String>,
    rows: Vec<csv::StringRecord>,
}

impl Rows {
    fn read(text: &str) -> Option<Rows> {
        let mut reader = csv::Reader::from_reader(text.as_bytes());
        let names = reader.headers().ok()?.iter().map(str::to_lowercase).collect();
        Some(Rows { names, rows: reader.records().collect::<Result<_, _>>().ok()? })
    }

    /// Whether every row has a value of its own there.
    fn numbers_rows(&self, column: usize) -> bool {
        let mut seen = HashSet::new();
        let is_whole = |text: &str| !text.is_empty() && text.bytes().all(|it| it.is_ascii_digit());
        self.rows.iter().filter_map(|row| row.get(column)).all(|it| is_whole(it) && seen.insert(it))
    }

    /// The rows, by these columns, that stand once.
    fn unique(&self, columns: &[usize]) -> HashSet<u64> {
        let mut counts = HashMap::new();
        for row in &self.rows {
            let mut hash = DefaultHasher::new();
            columns.iter().for_each(|&column| row.get(column).unwrap_or_default().hash(&mut hash));
            match counts.entry(hash.finish()) {
                Entry::Vacant(new) => _ = new.insert(true),
                Entry::Occupied(mut again) => _ = again.insert(false),
            }
        }
        counts.into_iter().filter(|(_, once)| *once).map(|(row, _)| row).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::mostly_the_same;

    /// Rows that hang on a seed: number, age, prison, months, score.
    fn file(seed: u64, rows: u64) -> Vec<String> {
        let row = |at: u64| {
            let mixed = (at + 10_007 * seed).wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 20;
            let (age, prison) = (18 + mixed % 50, mixed / 50 % 9);
            format!("{at},{age},{prison},{},{}", mixed / 450 % 100, mixed / 45_000 % 1000)
        };
        std::iter::once("id,age,prison,months,score".to_owned()).chain((0..rows).map(row)).collect()
    }

    #[test]
    fn a_file_with_rows_left_out_or_in_another_order_is_of_the_same_people() {
        let all = file(1, 400);
        let mut fewer = [&all[..1], &all[100..]].concat();
        assert!(mostly_the_same(&all.join("\n"), &fewer.join("\n")));
        fewer[1..].reverse();
        assert!(mostly_the_same(&fewer.join("\n"), &all.join("\n")));
    }

    #[test]
    fn another_column_or_another_number_of_a_row_makes_no_other_people() {
        let all = file(1, 400);
        let wider: Vec<String> =
            all.iter().enumerate().map(|(at, row)| format!("{row},{}", at % 7)).collect();
        assert!(mostly_the_same(&all.join("\n"), &wider.join("\n")));
        let renumbered: Vec<String> = all
            .iter()
            .enumerate()
            .map(|(at, row)| match at {
                0 => row.clone(),
                _ => format!("{},{}", 9000 - at, row.split_once(',').unwrap().1),
            })
            .collect();
        assert!(mostly_the_same(&all.join("\n"), &renumbered.join("\n")));
    }

    #[test]
    fn other_people_with_the_same_questions_are_other_people() {
        assert!(!mostly_the_same(&file(1, 400).join("\n"), &file(2, 400).join("\n")));
        // Few answers, alike by chance: numbered rows do not make them the same.
        let few = |seed: u64| {
            let row = |at: u64| {
                let mixed = (at + 10_007 * seed).wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 40;
                format!("{at},{},{},{},{}", mixed & 1, mixed >> 1 & 1, mixed >> 2 & 1, at % 20)
            };
            let rows: Vec<String> = (0..500).map(row).collect();
            format!("id,a,b,c,prison\n{}", rows.join("\n"))
        };
        assert!(!mostly_the_same(&few(1), &few(2)));
        assert!(!mostly_the_same("a,b\n1,2", "") && !mostly_the_same("", ""));
    }
}
