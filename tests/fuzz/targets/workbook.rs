//! A workbook from a stranger: the first byte picks the format, the rest is the file. It is refused, or
//! what it compiles to can be read.
#![no_main]

use xlsform::fill::{Attachments, XForm};
use xlsform::workbook::{Format, Limits};
use xlsform::{Options, Workbook, compile};

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    let [kind, bytes @ ..] = data else { return };
    let format = match kind % 4 {
        0 => Format::Spreadsheet,
        1 => Format::Csv,
        _ => Format::Markdown,
    };
    let limits = Limits { unpacked_bytes: 4 << 20, rows: 2_000, ..Limits::default() };
    let Ok(workbook) = Workbook::read_as(bytes, format, &limits) else { return };
    let (form, problems) = compile(&workbook, &Options::default());
    match form {
        Some(form) => {
            if let Err(error) = XForm::read(form.xml(), &Attachments::new()) {
                // An author's formula may be wrong; the XML itself never is.
                assert!(!error.message.contains("XML"), "{error}\n{}", form.xml());
            }
        }
        None => assert!(problems.iter().any(|problem| problem.is_error())),
    }
});
