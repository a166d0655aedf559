//! Answers as Parquet, for R, Python, DuckDB and the like: one file for each table, columns with their types, and
//! the labels of questions and choices in the footer under `codebook`.

use std::sync::Arc;

use anyhow::{Context, Result};
use parquet::basic::{Compression, LogicalType, Repetition, TimeUnit, Type as Physical};
use parquet::data_type::{BoolType, ByteArray, ByteArrayType, DoubleType, Int32Type, Int64Type};
use parquet::file::metadata::KeyValue;
use parquet::file::properties::WriterProperties;
use parquet::file::writer::{SerializedColumnWriter, SerializedFileWriter};
use parquet::schema::types::Type as Schema;
use serde_json::{Value, json};

use super::typed::{self, Cell, Field, Type};
use super::{Data, Table};
use crate::compiled::tag_of;

/// A table as one file.
pub fn write(data: &Data, table: &Table) -> Result<Vec<u8>> {
    let fields = typed::fields(table, true);
    let schema = fields.iter().map(column).collect::<Result<Vec<_>>>()?;
    let schema = Schema::group_type_builder("answers").with_fields(schema).build()?;
    let notes = [
        ("round", data.round.id.clone()),
        ("title", data.round.title.clone()),
        ("instrument", format!("{} {}", data.round.instrument, data.round.number)),
        ("codebook", codebook(&fields).to_string()),
    ];
    let notes = notes.into_iter().map(|(key, value)| KeyValue::new(key.to_owned(), value));
    let properties = WriterProperties::builder()
        .set_created_by(format!("Throughcare {}", env!("CARGO_PKG_VERSION")))
        .set_key_value_metadata(Some(notes.collect()))
        .set_compression(Compression::SNAPPY)
        .build();
    let mut writer = SerializedFileWriter::new(Vec::new(), Arc::new(schema), Arc::new(properties))?;
    let mut group = writer.next_row_group()?;
    for field in &fields {
        let mut column = group.next_column()?.context("a column of the schema")?;
        put(&mut column, field, table.rows)?;
        column.close()?;
    }
    group.close()?;
    Ok(writer.into_inner()?)
}

fn column(field: &Field) -> Result<Arc<Schema>> {
    let (physical, logical) = match field.of {
        Type::Whole => (Physical::INT64, None),
        Type::Number => (Physical::DOUBLE, None),
        Type::Day => (Physical::INT32, Some(LogicalType::Date)),
        Type::Moment => (Physical::INT64, Some(LogicalType::timestamp(true, TimeUnit::MILLIS))),
        Type::Time => (Physical::INT32, Some(LogicalType::time(false, TimeUnit::MILLIS))),
        Type::Flag => (Physical::BOOLEAN, None),
        Type::Code | Type::Text => (Physical::BYTE_ARRAY, Some(LogicalType::String)),
    };
    let column = Schema::primitive_type_builder(&field.name, physical)
        .with_repetition(Repetition::OPTIONAL)
        .with_logical_type(logical);
    Ok(Arc::new(column.build()?))
}

fn put(column: &mut SerializedColumnWriter, field: &Field, rows: usize) -> Result<()> {
    let cells: Vec<Cell> = (0..rows).map(|row| field.cell(row)).collect();
    let there: Vec<i16> = cells.iter().map(|cell| i16::from(*cell != Cell::Nothing)).collect();
    macro_rules! written {
        ($kind:ty, $cell:pat => $value:expr) => {{
            let values: Vec<_> = cells
                .into_iter()
                .filter_map(|cell| match cell {
                    $cell => Some($value),
                    _ => None,
                })
                .collect();
            column.typed::<$kind>().write_batch(&values, Some(&there), None)?
        }};
    }
    match field.of {
        Type::Whole => written!(Int64Type, Cell::Whole(number) => number),
        Type::Number => written!(DoubleType, Cell::Number(number) => number),
        Type::Day => written!(Int32Type, Cell::Day(days) => days),
        Type::Moment => written!(Int64Type, Cell::Moment(at) => at),
        Type::Time => written!(Int32Type, Cell::Time(at) => at as i32),
        Type::Flag => written!(BoolType, Cell::Flag(chosen) => chosen),
        Type::Code | Type::Text => {
            written!(ByteArrayType, Cell::Text(text) => ByteArray::from(text.as_ref()))
        }
    };
    Ok(())
}

/// What the columns mean: labels by language, choices with theirs.
fn codebook(fields: &[Field]) -> Value {
    let labels = |labels: &[(String, String)]| {
        let pairs =
            labels.iter().map(|(language, text)| (tag_of(language).to_owned(), json!(text)));
        Value::Object(pairs.collect())
    };
    let of = |field: &Field| {
        let choices = field.column.choices.iter();
        let choices = choices.map(|it| (it.value.clone(), labels(&it.labels)));
        let about = json!({
            "question": field.column.key,
            "labels": labels(&field.column.labels),
            "choices": Value::Object(choices.collect()),
        });
        (field.name.clone(), about)
    };
    Value::Object(fields.iter().map(of).collect())
}
