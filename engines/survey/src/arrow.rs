//! Columns straight from Arrow arrays, behind the feature `arrow`: what is null is missing, and what Arrow has coded stays coded.
//! A column without a null is read where it lies; one with nulls is copied once, since this crate marks what is missing in the values themselves.
//!
//! ```
//! use arrow_array::{BooleanArray, Float64Array, StringArray};
//! use survey::*;
//!
//! let prison = arrow::groups(&StringArray::from(vec!["a", "a", "b", "b"])).unwrap();
//! let weights = arrow::Column::of(&Float64Array::from(vec![10.0, 10.0, 20.0, 20.0])).unwrap();
//! let hcv = BooleanArray::from(vec![Some(true), None, Some(false), Some(true)]);
//! let hcv = arrow::Column::of(&hcv).unwrap();
//!
//! let plan = Plan {
//!     weights: Weights::Given(weights.numbers().unwrap()),
//!     stages: vec![Stage { clusters: Clusters::Groups(&prison), strata: None, population: Population::Unlimited }],
//!     ..Plan::simple()
//! };
//! let design = Design::new(&plan, 4).unwrap();
//! let everybody = Domains::all(4);
//! let table = Table::new(&design, &everybody).unwrap();
//! let figure = &estimate(&table, Statistic::Proportion(hcv.values()), &Options::default()).unwrap()[0];
//! assert_eq!((figure.n, figure.missing), (3, 1));
//! assert!((figure.value - 0.6).abs() < 1e-8);
//! ```

use std::borrow::Cow;

use arrow_array::cast::AsArray;
use arrow_array::types::{
    ArrowDictionaryKeyType, ArrowPrimitiveType, Float32Type, Float64Type, Int8Type, Int16Type,
    Int32Type, Int64Type, UInt8Type, UInt16Type, UInt32Type, UInt64Type,
};
use arrow_array::{Array, ArrayRef, ArrowNativeTypeOp, DictionaryArray};

use crate::groups::{Groups, NO_GROUP, Values};
use crate::problem::Problem;

/// A column of answers or weights, borrowed from Arrow where nothing is null.
#[derive(Debug, Clone)]
pub struct Column<'a>(Held<'a>);

#[derive(Debug, Clone)]
enum Held<'a> {
    Numbers(Cow<'a, [f64]>),
    Flags(Cow<'a, [u8]>),
}

impl<'a> Column<'a> {
    /// Reads numbers (of any width), bytes of yes and no, and booleans. A null is a missing answer.
    ///
    /// `Float64` and `UInt8` without nulls are borrowed. A `UInt8` column is taken as yes and no (1 and 0, anything else missing), as
    /// [`Values::Flags`]; cast it to another number type first if it holds measures. A problem where the type is another.
    pub fn of(array: &'a dyn Array) -> Result<Self, Problem> {
        use arrow_array::array::PrimitiveArray;
        fn widened<T: ArrowPrimitiveType>(
            array: &PrimitiveArray<T>,
            to: fn(T::Native) -> f64,
        ) -> Held<'static> {
            Held::Numbers(array.iter().map(|value| value.map_or(f64::NAN, to)).collect())
        }
        if let Some(array) = array.as_boolean_opt() {
            let flags = array.iter().map(|value| value.map_or(u8::MAX, u8::from));
            return Ok(Column(Held::Flags(flags.collect())));
        }
        if let Some(array) = array.as_primitive_opt::<UInt8Type>() {
            let flags = match array.null_count() {
                0 => Cow::Borrowed(&array.values()[..]),
                _ => array.iter().map(|value| value.unwrap_or(u8::MAX)).collect(),
            };
            return Ok(Column(Held::Flags(flags)));
        }
        if let Some(array) = array.as_primitive_opt::<Float64Type>() {
            return Ok(Column(match array.null_count() {
                0 => Held::Numbers(Cow::Borrowed(&array.values()[..])),
                _ => widened(array, |value| value),
            }));
        }
        let held = None
            .or_else(|| array.as_primitive_opt::<Float32Type>().map(|a| widened(a, f64::from)))
            .or_else(|| array.as_primitive_opt::<Int8Type>().map(|a| widened(a, f64::from)))
            .or_else(|| array.as_primitive_opt::<Int16Type>().map(|a| widened(a, f64::from)))
            .or_else(|| array.as_primitive_opt::<Int32Type>().map(|a| widened(a, f64::from)))
            .or_else(|| {
                array.as_primitive_opt::<Int64Type>().map(|a| widened(a, |value| value as f64))
            })
            .or_else(|| array.as_primitive_opt::<UInt16Type>().map(|a| widened(a, f64::from)))
            .or_else(|| array.as_primitive_opt::<UInt32Type>().map(|a| widened(a, f64::from)))
            .or_else(|| {
                array.as_primitive_opt::<UInt64Type>().map(|a| widened(a, |value| value as f64))
            });
        held.map(Column).ok_or_else(|| {
            let message = format!("a column of {}; give numbers or yes and no", array.data_type());
            Problem::of("values", message)
        })
    }

    /// For an estimate.
    pub fn values(&self) -> Values<'_> {
        match &self.0 {
            Held::Numbers(numbers) => Values::Numbers(numbers),
            Held::Flags(flags) => Values::Flags(flags),
        }
    }

    /// For weights, populations and what is known: the numbers, NaN where null; none of a column of yes and no.
    pub fn numbers(&self) -> Option<&[f64]> {
        match &self.0 {
            Held::Numbers(numbers) => Some(numbers),
            Held::Flags(_) => None,
        }
    }
}

/// Reads labels: text, dictionaries of text, whole numbers as identifiers, booleans as `false` and `true`. A null, as an empty text, is
/// no group. Names are sorted as [`Groups::from_text`] sorts them, whatever order a dictionary has. A problem where the type is
/// another.
pub fn groups(array: &dyn Array) -> Result<Groups, Problem> {
    if let Some(array) = array.as_string_opt::<i32>() {
        return Ok(Groups::from_text(array.iter().map(Option::unwrap_or_default)));
    }
    if let Some(array) = array.as_string_opt::<i64>() {
        return Ok(Groups::from_text(array.iter().map(Option::unwrap_or_default)));
    }
    if let Some(array) = array.as_string_view_opt() {
        return Ok(Groups::from_text(array.iter().map(Option::unwrap_or_default)));
    }
    if let Some(array) = array.as_boolean_opt() {
        let word = |value| match value {
            None => "",
            Some(false) => "false",
            Some(true) => "true",
        };
        return Ok(Groups::from_text(array.iter().map(word)));
    }
    let coded = None
        .or_else(|| array.as_dictionary_opt::<Int8Type>().map(of_dictionary))
        .or_else(|| array.as_dictionary_opt::<Int16Type>().map(of_dictionary))
        .or_else(|| array.as_dictionary_opt::<Int32Type>().map(of_dictionary))
        .or_else(|| array.as_dictionary_opt::<Int64Type>().map(of_dictionary))
        .or_else(|| array.as_dictionary_opt::<UInt8Type>().map(of_dictionary))
        .or_else(|| array.as_dictionary_opt::<UInt16Type>().map(of_dictionary))
        .or_else(|| array.as_dictionary_opt::<UInt32Type>().map(of_dictionary))
        .or_else(|| array.as_dictionary_opt::<UInt64Type>().map(of_dictionary));
    if let Some(coded) = coded {
        return coded;
    }
    fn labels<T: ArrowPrimitiveType>(array: &dyn Array) -> Option<Vec<String>>
    where
        T::Native: std::fmt::Display,
    {
        let array = array.as_primitive_opt::<T>()?;
        Some(array.iter().map(|value| value.map_or_else(String::new, |x| x.to_string())).collect())
    }
    let found = None
        .or_else(|| labels::<Int8Type>(array))
        .or_else(|| labels::<Int16Type>(array))
        .or_else(|| labels::<Int32Type>(array))
        .or_else(|| labels::<Int64Type>(array))
        .or_else(|| labels::<UInt8Type>(array))
        .or_else(|| labels::<UInt16Type>(array))
        .or_else(|| labels::<UInt32Type>(array))
        .or_else(|| labels::<UInt64Type>(array));
    found.map(|labels| Groups::from_text(labels.iter().map(String::as_str))).ok_or_else(|| {
        let message = format!(
            "a column of {}; give text, a dictionary of text or whole numbers",
            array.data_type()
        );
        Problem::of("groups", message)
    })
}

/// The dictionary's words are sorted once, and the rows keep their codes.
fn of_dictionary<K: ArrowDictionaryKeyType>(array: &DictionaryArray<K>) -> Result<Groups, Problem> {
    let words: &ArrayRef = array.values();
    let words = groups(words.as_ref())?;
    let keys = array.keys().iter();
    let code = |key: Option<K::Native>| match key.map(place) {
        Some(key) => words.codes().get(key).copied().unwrap_or(NO_GROUP),
        None => NO_GROUP,
    };
    // Words that no row has stay out, as they do of text.
    let codes: Vec<u32> = keys.map(code).collect();
    let mut is_met = vec![false; words.names().len()];
    codes.iter().filter(|code| **code != NO_GROUP).for_each(|code| is_met[*code as usize] = true);
    let mut renumbered = vec![NO_GROUP; is_met.len()];
    let mut names = Vec::new();
    for (code, name) in words.names().iter().enumerate().filter(|(code, _)| is_met[*code]) {
        renumbered[code] = names.len() as u32;
        names.push(name.clone());
    }
    let code = |code: u32| renumbered.get(code as usize).copied().unwrap_or(NO_GROUP);
    Ok(Groups::from_codes(codes.into_iter().map(code).collect(), names)
        .expect("every code has a name"))
}

fn place<N: ArrowNativeTypeOp>(key: N) -> usize {
    key.as_usize()
}
