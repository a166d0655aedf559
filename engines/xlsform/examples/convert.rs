//! Converts a workbook: `cargo run -p throughcare-xlsform --example convert -- form.xlsx form.xml`.

use xlsform::workbook::Limits;
use xlsform::{Options, Workbook, compile};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let arguments = std::env::args().skip(1).collect::<Vec<_>>();
    let [source, target] = arguments.as_slice() else {
        return Err("give the workbook and the file to write".into());
    };
    let workbook = Workbook::read(&std::fs::read(source)?, source, &Limits::default())?;
    let (form, problems) = compile(&workbook, &Options::default());
    for problem in &problems {
        eprintln!("{problem}");
    }
    match form {
        Some(form) => Ok(std::fs::write(target, form.xml())?),
        None => Err("the workbook has errors; nothing was written".into()),
    }
}
