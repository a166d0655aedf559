//! Tables of figures as Parquet, for those who work in R, Python or a database: the columns of the CSV, and in the footer what stands
//! beside a table on the screen. A row says of itself whether it may leave.

use std::sync::Arc;

use anyhow::{Context, Result};
use base::Words;
use parquet::basic::{Compression, LogicalType, Repetition, Type as Physical};
use parquet::data_type::{ByteArray, ByteArrayType, DoubleType, Int64Type};
use parquet::file::metadata::KeyValue;
use parquet::file::properties::WriterProperties;
use parquet::file::writer::{SerializedColumnWriter, SerializedFileWriter};
use parquet::schema::types::Type;

use crate::tabled::{Figured, Tabled, TabledCell};

/// A column; `None` where a row has no value.
enum Values {
    Words(Vec<Option<String>>),
    Numbers(Vec<Option<f64>>),
    Counts(Vec<Option<i64>>),
}

/// The bytes of a Parquet file.
pub fn parquet(words: &Words, tables: &[Tabled]) -> Result<Vec<u8>> {
    let columns = columns(tables);
    let field = |(name, values): &(String, Values)| -> Result<Arc<Type>> {
        let (physical, logical) = match values {
            Values::Words(_) => (Physical::BYTE_ARRAY, Some(LogicalType::String)),
            Values::Numbers(_) => (Physical::DOUBLE, None),
            Values::Counts(_) => (Physical::INT64, None),
        };
        let field = Type::primitive_type_builder(name, physical)
            .with_repetition(Repetition::OPTIONAL)
            .with_logical_type(logical);
        Ok(Arc::new(field.build()?))
    };
    let fields = columns.iter().map(field).collect::<Result<Vec<_>>>()?;
    let schema = Type::group_type_builder("figures").with_fields(fields).build()?;
    let mut notes: Vec<KeyValue> = tables
        .iter()
        .map(|table| {
            let said = [vec![table.title(words)], table.notes(words)].concat().join("\n");
            KeyValue::new(format!("notes: {}", table.of), said)
        })
        .collect();
    if let Some(first) = tables.first() {
        notes.push(KeyValue::new("status".into(), first.status().to_owned()));
    }
    let properties = WriterProperties::builder()
        .set_created_by(format!("Throughcare {}", env!("CARGO_PKG_VERSION")))
        .set_key_value_metadata(Some(notes))
        .set_compression(Compression::SNAPPY)
        .build();
    let mut writer = SerializedFileWriter::new(Vec::new(), Arc::new(schema), Arc::new(properties))?;
    let mut group = writer.next_row_group()?;
    for (_, values) in &columns {
        let mut column = group.next_column()?.context("a column of the schema")?;
        write(&mut column, values)?;
        column.close()?;
    }
    group.close()?;
    Ok(writer.into_inner()?)
}

fn columns(tables: &[Tabled]) -> Vec<(String, Values)> {
    let rows: Vec<(&Tabled, &TabledCell)> =
        tables.iter().flat_map(|table| table.cells.iter().map(move |cell| (table, cell))).collect();
    let word = |name: &str, of: &dyn Fn(&Tabled, &TabledCell) -> Option<String>| {
        let values = rows.iter().map(|(table, cell)| of(table, cell)).collect();
        (name.to_owned(), Values::Words(values))
    };
    let number = |name: &str, of: fn(&Figured) -> Option<f64>| {
        let values = rows.iter().map(|(_, cell)| cell.figure.as_ref().and_then(of)).collect();
        (name.to_owned(), Values::Numbers(values))
    };
    let counts = |cell: &TabledCell| cell.figure.as_ref().map(|figure| figure.n as i64);
    let by: &[String] = tables.first().map_or(&[], |table| &table.by);
    let mut columns = vec![word("indicator", &|table, _| Some(table.of.clone()))];
    for (at, name) in by.iter().enumerate() {
        columns.push(word(name, &|_, cell| {
            Some(match cell.groups[at].as_deref() {
                None => "(all)".into(),
                Some("") => "(not stated)".into(),
                Some(group) => group.to_owned(),
            })
        }));
    }
    columns.extend([
        word("unit", &|table, _| Some(table.unit.clone())),
        number("value", |figure| Some(figure.value)),
        number("low", |figure| figure.low),
        number("high", |figure| figure.high),
        number("se", |figure| figure.se),
        ("n".to_owned(), Values::Counts(rows.iter().map(|(_, cell)| counts(cell)).collect())),
        number("effective_n", |figure| figure.effective_n),
        number("design_effect", |figure| figure.design_effect),
        number("df", |figure| Some(figure.df)),
        word("weak", &|_, cell| cell.figure.as_ref().map(|figure| figure.weak.join(" "))),
        word("withheld", &|_, cell| cell.withheld.clone()),
        word("method", &|table, _| Some(table.method.clone())),
        word("status", &|table, _| Some(table.status().to_owned())),
    ]);
    columns
}

fn write(column: &mut SerializedColumnWriter, values: &Values) -> Result<()> {
    fn levels<T>(values: &[Option<T>]) -> Vec<i16> {
        values.iter().map(|value| i16::from(value.is_some())).collect()
    }
    match values {
        Values::Words(values) => {
            let there = values.iter().flatten().map(|word| ByteArray::from(word.as_str()));
            let there: Vec<ByteArray> = there.collect();
            column.typed::<ByteArrayType>().write_batch(&there, Some(&levels(values)), None)?
        }
        Values::Numbers(values) => {
            let there: Vec<f64> = values.iter().flatten().copied().collect();
            column.typed::<DoubleType>().write_batch(&there, Some(&levels(values)), None)?
        }
        Values::Counts(values) => {
            let there: Vec<i64> = values.iter().flatten().copied().collect();
            column.typed::<Int64Type>().write_batch(&there, Some(&levels(values)), None)?
        }
    };
    Ok(())
}
