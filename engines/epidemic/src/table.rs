//! The whole result as columns, draw by draw: what CSV is written from, and what a writer of Arrow or Parquet takes as it is.
//! The engine itself writes no Parquet: the crates for it weigh more than all of the model (docs/decisions/0020).

use crate::ensemble::{Ensemble, Where};
use crate::outcome::Quantity;

/// One column; all columns of a table are equally long.
#[derive(Debug, Clone, PartialEq)]
pub enum Values {
    Whole(Vec<i64>),
    Number(Vec<f64>),
    /// Rows say which of the words: a dictionary, as Arrow and Parquet keep repeated text.
    Word {
        words: Vec<String>,
        rows: Vec<u32>,
    },
}

#[derive(Debug, Clone, PartialEq)]
pub struct Column {
    pub name: &'static str,
    pub values: Values,
}

impl Ensemble {
    /// Rows of one draw (by its place in [`Ensemble::draws`]) as columns: `draw`, `arm`, `year`, `place`, then every [`Quantity`].
    /// A draw at a time is a row group of bounded size, however many draws there are. None beyond the last draw.
    pub fn columns(&self, draw: usize) -> Option<Vec<Column>> {
        let draw = self.draws.get(draw)?;
        let keys: Vec<(u32, usize, Where)> = (0..self.arms.len() as u32)
            .flat_map(|arm| (0..self.years).map(move |year| (arm, year)))
            .flat_map(|(arm, year)| Where::ALL.map(|place| (arm, year, place)))
            .collect();
        let places = Where::ALL.iter().map(|place| place.word().to_string()).collect();
        let mut columns = vec![
            Column { name: "draw", values: Values::Whole(vec![draw.index as i64; keys.len()]) },
            Column {
                name: "arm",
                values: Values::Word {
                    words: self.arms.clone(),
                    rows: keys.iter().map(|key| key.0).collect(),
                },
            },
            Column {
                name: "year",
                values: Values::Whole(
                    keys.iter().map(|key| i64::from(self.start) + key.1 as i64).collect(),
                ),
            },
            Column {
                name: "place",
                values: Values::Word {
                    words: places,
                    rows: keys.iter().map(|key| key.2 as u32).collect(),
                },
            },
        ];
        for &quantity in Quantity::ALL {
            let value = |&(arm, year, place): &(u32, usize, Where)| {
                draw.arms[arm as usize].in_year(quantity, place, year)
            };
            let values = Values::Number(keys.iter().map(value).collect());
            columns.push(Column { name: quantity.word(), values });
        }
        Some(columns)
    }

    /// Every figure of every draw, one row for arm, year and place; the same bytes for the same input and seed.
    pub fn csv(&self) -> String {
        let mut text = String::from("draw,arm,year,place");
        for quantity in Quantity::ALL {
            text.push(',');
            text.push_str(quantity.word());
        }
        text.push('\n');
        for columns in (0..self.draws.len()).map_while(|draw| self.columns(draw)) {
            let rows = self.arms.len() * self.years * Where::ALL.len();
            for row in 0..rows {
                for (index, column) in columns.iter().enumerate() {
                    if index > 0 {
                        text.push(',');
                    }
                    match &column.values {
                        Values::Whole(values) => text.push_str(&values[row].to_string()),
                        Values::Number(values) => text.push_str(&values[row].to_string()),
                        Values::Word { words, rows } if column.name == "arm" => {
                            // A name may hold a comma or a quote.
                            let word = words[rows[row] as usize].replace('"', "\"\"");
                            text.push_str(&format!("\"{word}\""));
                        }
                        Values::Word { words, rows } => text.push_str(&words[rows[row] as usize]),
                    }
                }
                text.push('\n');
            }
        }
        text
    }
}
