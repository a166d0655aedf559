//! A TOML text with its lines: values are taken out by name, and whatever is wrong, missing or left over becomes a located problem.
//! Reading never stops at the first mistake and never guesses.

use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// Something a person must correct, and where.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Problem {
    pub file: String,
    /// From 1; 0 where no line can be named.
    pub line: usize,
    pub message: String,
}

impl std::fmt::Display for Problem {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.line {
            0 => write!(f, "{}: {}", self.file, self.message),
            line => write!(f, "{}:{line}: {}", self.file, self.message),
        }
    }
}

/// A file being read.
pub(crate) struct Document<'a> {
    pub file: &'a str,
    text: &'a str,
    pub problems: Vec<Problem>,
}

/// A table of it, with the names that have been asked for.
pub(crate) struct Section<'a, 'i> {
    table: &'a DeTable<'i>,
    pub line: usize,
    /// How messages call it: `parameters.women`.
    pub name: String,
    asked: Vec<&'static str>,
}

impl<'a> Document<'a> {
    pub fn new(file: &'a str, text: &'a str) -> Document<'a> {
        Document { file, text, problems: Vec::new() }
    }

    pub fn parse(&mut self) -> Option<Spanned<DeTable<'a>>> {
        match DeTable::parse(self.text) {
            Ok(table) => Some(table),
            Err(error) => {
                let line = error.span().map_or(0, |span| self.line_of(span.start));
                self.problem(line, format!("not readable as TOML: {}", error.message()));
                None
            }
        }
    }

    pub fn problem(&mut self, line: usize, message: String) {
        self.problems.push(Problem { file: self.file.to_string(), line, message });
    }

    pub fn line_of(&self, offset: usize) -> usize {
        self.text.as_bytes()[..offset.min(self.text.len())].iter().filter(|&&b| b == b'\n').count()
            + 1
    }

    pub fn section<'s, 'i>(
        &self,
        table: &'s DeTable<'i>,
        line: usize,
        name: &str,
    ) -> Section<'s, 'i> {
        Section { table, line, name: name.to_string(), asked: Vec::new() }
    }

    fn value<'s, 'i>(
        &self,
        section: &mut Section<'s, 'i>,
        key: &'static str,
    ) -> Option<&'s Spanned<DeValue<'i>>> {
        section.asked.push(key);
        section.table.get(key)
    }

    pub fn text_of(&mut self, section: &mut Section, key: &'static str) -> Option<String> {
        let value = self.value(section, key)?;
        let line = self.line_of(value.span().start);
        match value.get_ref().as_str() {
            Some(text) => Some(text.to_string()),
            None => {
                let found = value.get_ref().type_str();
                self.problem(line, format!("{}.{key} is {found}, expected text", section.name));
                None
            }
        }
    }

    pub fn number_of(&mut self, section: &mut Section, key: &'static str) -> Option<f64> {
        let value = self.value(section, key)?;
        let line = self.line_of(value.span().start);
        let read = match value.get_ref() {
            DeValue::Integer(i) => i.as_str().replace('_', "").parse::<f64>().ok(),
            DeValue::Float(f) => f.as_str().replace('_', "").parse::<f64>().ok(),
            _ => None,
        };
        match read.filter(|number| number.is_finite()) {
            Some(number) => Some(number),
            None => {
                self.problem(line, format!("{}.{key} is not a finite number", section.name));
                None
            }
        }
    }

    pub fn flag_of(&mut self, section: &mut Section, key: &'static str) -> bool {
        let Some(value) = self.value(section, key) else { return false };
        let line = self.line_of(value.span().start);
        value.get_ref().as_bool().unwrap_or_else(|| {
            self.problem(line, format!("{}.{key} must be true or false", section.name));
            false
        })
    }

    /// The sub-tables of `[key]`, each with its own name and line.
    pub fn entries<'s, 'i>(
        &mut self,
        section: &mut Section<'s, 'i>,
        key: &'static str,
    ) -> Vec<(String, usize, &'s DeValue<'i>)> {
        let Some(value) = self.value(section, key) else { return Vec::new() };
        let Some(table) = value.get_ref().as_table() else {
            let line = self.line_of(value.span().start);
            self.problem(line, format!("{key} must be a table"));
            return Vec::new();
        };
        let mut entries: Vec<_> = table
            .iter()
            .map(|(name, value)| {
                (name.get_ref().to_string(), self.line_of(name.span().start), value.get_ref())
            })
            .collect();
        entries.sort_by_key(|(_, line, _)| *line);
        entries
    }

    /// The tables of `[[key]]`.
    pub fn list<'s, 'i>(
        &mut self,
        section: &mut Section<'s, 'i>,
        key: &'static str,
    ) -> Vec<Section<'s, 'i>> {
        let Some(value) = self.value(section, key) else { return Vec::new() };
        let line = self.line_of(value.span().start);
        let Some(array) = value.get_ref().as_array() else {
            self.problem(line, format!("{key} must be written as [[{key}]]"));
            return Vec::new();
        };
        let mut sections = Vec::new();
        for (index, item) in array.iter().enumerate() {
            let line = self.line_of(item.span().start);
            match item.get_ref().as_table() {
                Some(table) => {
                    sections.push(self.section(table, line, &format!("{key} {}", index + 1)));
                }
                None => self.problem(line, format!("{key} {} is not a table", index + 1)),
            }
        }
        sections
    }

    pub fn texts(&mut self, section: &mut Section, key: &'static str) -> Vec<(String, usize)> {
        let Some(value) = self.value(section, key) else { return Vec::new() };
        let line = self.line_of(value.span().start);
        let Some(array) = value.get_ref().as_array() else {
            self.problem(line, format!("{key} must be a list of texts"));
            return Vec::new();
        };
        let texts: Vec<_> =
            array.iter().filter_map(|t| t.get_ref().as_str()).map(|t| (t.into(), line)).collect();
        if texts.len() != array.len() {
            self.problem(line, format!("{key} must be a list of texts"));
        }
        texts
    }

    /// Says of every name that was not asked for that it is not known, and what might be meant.
    pub fn leftovers(&mut self, section: &Section) {
        for (name, _) in section.table.iter() {
            if !section.asked.contains(&name.get_ref().as_ref()) {
                let line = self.line_of(name.span().start);
                let known = section.asked.join(", ");
                self.problem(
                    line,
                    format!(
                        "{}: {:?} is not known here; known are {known}",
                        section.name,
                        name.get_ref()
                    ),
                );
            }
        }
    }
}
