//! A workbook as one CSV file: a line with only the sheet's name, then its table one column in.

use super::{Limits, Sheet, Workbook, too_long};
use crate::Problem;

pub(super) fn read(text: &str, limits: &Limits) -> Result<Workbook, Problem> {
    if text.chars().take(5_000).filter(|c| *c == ',').count() < 4 {
        return Err(Problem::error(
            "The file is not a questionnaire. A CSV form begins with a line 'survey', and its \
             table follows one column to the right: ',type,name,label'.",
        ));
    }
    let mut reader =
        csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(text.as_bytes());
    let mut sheets: Vec<Sheet> = Vec::new();
    let mut header: Option<Vec<String>> = None;
    for record in reader.records() {
        let record = record
            .map_err(|error| Problem::error(format!("The CSV file cannot be read: {error}.")))?;
        let mut cells = record.iter().map(str::trim);
        let name = cells.next().unwrap_or_default();
        if !name.is_empty() {
            sheets.push(Sheet { name: name.to_owned(), ..Sheet::default() });
            header = None;
        }
        let cells = cells.collect::<Vec<_>>();
        let Some(sheet) = sheets.last_mut() else { continue };
        if cells.iter().all(|cell| cell.is_empty()) {
            continue;
        }
        match &header {
            None => {
                let names = cells.iter().map(|cell| (*cell).to_owned()).collect::<Vec<_>>();
                sheet.header = names.iter().filter(|name| !name.is_empty()).cloned().collect();
                header = Some(names);
            }
            Some(names) => {
                let filled = names.iter().zip(cells).filter(|(_, cell)| !cell.is_empty());
                let row = filled.map(|(name, cell)| (name.clone(), cell.to_owned())).collect();
                sheet.rows.push(row);
                too_long(&sheet.name, sheet.rows.len(), limits)?;
            }
        }
    }
    Ok(Workbook::from_sheets(sheets))
}
