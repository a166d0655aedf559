//! A full run as Parquet, for those who work in R, Python or a database: the same columns as `results.csv`.
//! The model gives columns; only the executable carries the crate that writes them (docs/decisions/0020).

use std::sync::Arc;

use anyhow::{Context, Result};
use epidemic::Ensemble;
use epidemic::table::{Column, Values};
use parquet::basic::{Compression, LogicalType, Repetition, Type as Physical};
use parquet::data_type::{ByteArray, ByteArrayType, DoubleType, Int64Type};
use parquet::file::metadata::KeyValue;
use parquet::file::properties::WriterProperties;
use parquet::file::writer::{SerializedColumnWriter, SerializedFileWriter};
use parquet::schema::types::Type;

/// Rows of a row group, about: what a reader must hold at once.
const GROUP_ROWS: usize = 1 << 16;

/// The bytes of `results.parquet`. `notes` (seed, hash, version …) stand in its footer.
pub fn parquet(ensemble: &Ensemble, notes: &[(&str, String)]) -> Result<Vec<u8>> {
    let Some(first) = ensemble.columns(0) else {
        return Ok(Vec::new());
    };
    let fields = first.iter().map(field).collect::<Result<Vec<_>>>()?;
    let schema = Type::group_type_builder("results").with_fields(fields).build()?;
    let notes = notes.iter().map(|(key, value)| KeyValue::new((*key).into(), value.clone()));
    let properties = WriterProperties::builder()
        .set_created_by(format!("Throughcare {}", env!("CARGO_PKG_VERSION")))
        .set_key_value_metadata(Some(notes.collect()))
        .set_compression(Compression::SNAPPY)
        .build();
    let mut writer = SerializedFileWriter::new(Vec::new(), Arc::new(schema), Arc::new(properties))?;
    let rows = ensemble.arms.len() * ensemble.years * epidemic::Where::ALL.len();
    let together = (GROUP_ROWS / rows.max(1)).max(1);
    for from in (0..ensemble.draws.len()).step_by(together) {
        let draws: Vec<Vec<Column>> =
            (from..from + together).map_while(|draw| ensemble.columns(draw)).collect();
        let mut group = writer.next_row_group()?;
        for at in 0..first.len() {
            let mut column = group.next_column()?.context("a column of the schema")?;
            for draw in &draws {
                write(&mut column, &draw[at].values)?;
            }
            column.close()?;
        }
        group.close()?;
    }
    Ok(writer.into_inner()?)
}

fn field(column: &Column) -> Result<Arc<Type>> {
    let (physical, logical) = match column.values {
        Values::Whole(_) => (Physical::INT64, None),
        Values::Number(_) => (Physical::DOUBLE, None),
        Values::Word { .. } => (Physical::BYTE_ARRAY, Some(LogicalType::String)),
    };
    let field = Type::primitive_type_builder(column.name, physical)
        .with_repetition(Repetition::REQUIRED)
        .with_logical_type(logical);
    Ok(Arc::new(field.build()?))
}

fn write(column: &mut SerializedColumnWriter, values: &Values) -> Result<()> {
    match values {
        Values::Whole(values) => column.typed::<Int64Type>().write_batch(values, None, None)?,
        Values::Number(values) => column.typed::<DoubleType>().write_batch(values, None, None)?,
        Values::Word { words, rows } => {
            let words: Vec<ByteArray> =
                words.iter().map(|word| ByteArray::from(word.as_str())).collect();
            let rows: Vec<ByteArray> =
                rows.iter().map(|&row| words[row as usize].clone()).collect();
            column.typed::<ByteArrayType>().write_batch(&rows, None, None)?
        }
    };
    Ok(())
}
