//! Arrow's columns give the same groups, answers and figures as plain ones.

use std::sync::Arc;

use arrow_array::types::{Int8Type, UInt32Type};
use arrow_array::{
    Array, BooleanArray, Date32Array, DictionaryArray, Float64Array, Int32Array, Int64Array,
    LargeStringArray, StringArray, UInt8Array,
};
use survey::arrow::{Column, groups};
use survey::*;

#[test]
fn what_is_null_is_missing() {
    let numbers = Float64Array::from(vec![Some(1.5), None, Some(-2.0)]);
    let column = Column::of(&numbers).expect("numbers");
    assert!(column.values().at(1).is_nan());
    assert_eq!((column.values().at(0), column.values().at(2)), (1.5, -2.0));
    for array in [
        &UInt8Array::from(vec![Some(1), None, Some(0), Some(7)]) as &dyn Array,
        &BooleanArray::from(vec![Some(true), None, Some(false), None]),
    ] {
        let column = Column::of(array).expect("yes and no");
        assert!(matches!(column.values(), Values::Flags(_)) && column.numbers().is_none());
        assert_eq!((column.values().at(0), column.values().at(2)), (1.0, 0.0));
        assert!(column.values().at(1).is_nan() && column.values().at(3).is_nan());
    }
    let whole = Int64Array::from(vec![Some(3), None]);
    let column = Column::of(&whole).expect("numbers");
    assert_eq!(column.numbers().expect("numbers")[0], 3.0);
    let text = Column::of(&StringArray::from(vec!["yes"])).expect_err("text").to_string();
    assert!(text.contains("a column of Utf8; give numbers or yes and no"), "{text}");
}

#[test]
fn columns_without_nulls_are_read_where_they_lie() {
    let numbers = Float64Array::from(vec![1.0, 2.0, 3.0]);
    let slice = numbers.slice(1, 2);
    let column = Column::of(&slice).expect("numbers");
    let read = column.numbers().expect("numbers");
    assert_eq!(read, [2.0, 3.0]);
    assert!(std::ptr::eq(read.as_ptr(), slice.values().as_ptr()));
    let flags = UInt8Array::from(vec![1, 0, 1]);
    let column = Column::of(&flags).expect("flags");
    let Values::Flags(read) = column.values() else { panic!("flags") };
    assert!(std::ptr::eq(read.as_ptr(), flags.values().as_ptr()));
    // A slice that begins between two bytes of the bitmap.
    let booleans = BooleanArray::from(vec![Some(true), None, Some(false), Some(true)]).slice(1, 3);
    let column = Column::of(&booleans).expect("flags");
    assert!(column.values().at(0).is_nan());
    assert_eq!((column.values().at(1), column.values().at(2)), (0.0, 1.0));
}

#[test]
fn labels_of_every_kind_give_the_same_groups() {
    let words = ["south", "north", "", "south", "10", "9"];
    let plain = Groups::from_text(words);
    let options = || words.iter().map(|word| (!word.is_empty()).then_some(*word));
    assert_eq!(groups(&StringArray::from_iter(options())).expect("text"), plain);
    assert_eq!(groups(&LargeStringArray::from_iter(options())).expect("text"), plain);
    assert_eq!(
        groups(&options().collect::<DictionaryArray<Int8Type>>()).expect("a dictionary"),
        plain
    );
    // A dictionary in another order, with a word that no row has.
    let keys = vec![Some(2), Some(0), None, Some(2), Some(4), Some(3)].into_iter().collect();
    let dictionary = StringArray::from(vec!["north", "west", "south", "9", "10"]);
    let coded = DictionaryArray::<UInt32Type>::new(keys, Arc::new(dictionary));
    assert_eq!(groups(&coded).expect("a dictionary"), plain);
    assert_eq!(groups(&coded.slice(1, 2)).expect("a slice").names(), ["north"]);
    let numbers = Int32Array::from(vec![Some(10), Some(9), None]);
    assert_eq!(groups(&numbers).expect("numbers"), Groups::from_text(["10", "9", ""]));
    let text = groups(&Date32Array::from(vec![1])).expect_err("days").to_string();
    assert!(text.contains("a column of Date32; give text"), "{text}");
}
