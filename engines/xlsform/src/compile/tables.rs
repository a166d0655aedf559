//! Groups shown as a table: a list of choices once above, and a row of buttons for each question.

use super::element::{Element, Kind};
use super::names::text_in;
use super::rows::{Rows, TableList};
use super::value::{Map, Value};
use crate::Problem;

impl Rows<'_> {
    /// A group that shows its selects as one table begins with a note that carries its label.
    pub(super) fn table_list_header(&mut self, row: &mut Map, number: u32) -> Option<Element> {
        let appearance = text_in(row, "control", "appearance")?.to_owned();
        let words = appearance.split_whitespace().collect::<Vec<_>>();
        if !words.contains(&"table-list") {
            return None;
        }
        self.table_list = Some(TableList::Announced);
        let mut shown = "field-list".to_owned();
        for word in words.iter().filter(|word| **word != "table-list") {
            shown.push(' ');
            shown.push_str(word);
        }
        if let Some(Value::Map(control)) = row.get_mut("control") {
            control.insert("appearance".to_owned(), shown.into());
        }
        let (label, hint) = (row.shift_remove("label"), row.shift_remove("hint"));
        if label.is_none() && hint.is_none() {
            return None;
        }
        let name = format!("generated_table_list_label_{number}");
        let mut note = Element::new(Kind::Question, name, "note");
        (note.label, note.hint) = (label, hint);
        note.complete();
        Some(note)
    }

    /// Puts a select into the table that is open. Returns the header it needs before it.
    pub(crate) fn in_table(
        &mut self,
        list: &str,
        select_type: &str,
        row: &mut Map,
        number: u32,
    ) -> Result<Option<Element>, Problem> {
        let mut header = None;
        let table = match &self.table_list {
            None => return Ok(None),
            Some(TableList::Of(table)) => table.clone(),
            Some(TableList::Announced) => {
                self.table_list = Some(TableList::Of(list.to_owned()));
                if row.contains_key("choice_filter") {
                    return Err(Problem::in_row(
                        number,
                        " Choice filter not supported for table-list appearance.",
                    ));
                }
                let name = format!("reserved_name_for_field_list_labels_{number}");
                let mut element = Element::new(Kind::Question, name, select_type);
                element.control.insert("appearance".to_owned(), "label".into());
                element.itemset = Some(list.to_owned());
                element.complete();
                header = Some(element);
                list.to_owned()
            }
        };
        if table != list {
            return Err(Problem::in_row(
                number,
                format!(" Badly formatted table list, list names don't match: {table} vs. {list}"),
            ));
        }
        let control = row.entry("control".to_owned()).or_insert(Value::Map(Map::new()));
        if let Value::Map(control) = control {
            control.insert("appearance".to_owned(), "list-nolabel".into());
        }
        Ok(header)
    }
}
