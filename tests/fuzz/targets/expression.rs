//! An expression from a stranger: it is refused with a place, or evaluated within its budget.
#![no_main]

use std::sync::OnceLock;

use xlsform::xml::{Document, NodeId, parse};
use xlsform::xpath::{Expression, Fixed};

fn record() -> &'static (Document, NodeId) {
    static RECORD: OnceLock<(Document, NodeId)> = OnceLock::new();
    RECORD.get_or_init(|| {
        let text = "<data id=\"f\"><age>41</age><when>2024-02-29T10:00:00.000+01:00</when>\
                    <place>51.5 -0.12 10 5</place><list>a b c</list><r><n>1</n></r><r><n>2</n></r>\
                    <empty/></data>";
        let mut document = Document::new();
        let root = parse(&mut document, text).unwrap();
        let node = document.elements(root).next().unwrap();
        document.renumber();
        (document, node)
    })
}

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    let Ok(text) = std::str::from_utf8(data) else { return };
    let Ok(expression) = Expression::parse(text) else { return };
    let (document, node) = record();
    let _ = expression.dependencies(&["data".to_owned(), "age".to_owned()]);
    let _ = expression.text(document, *node, &Fixed::utc());
    let _ = expression.test(document, *node, &Fixed::utc());
});
