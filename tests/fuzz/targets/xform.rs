//! An XForm from a stranger: it is refused, or it can be opened, answered, written and read again.
#![no_main]

use std::sync::Arc;

use xlsform::fill::{Attachments, Filling, Start, XForm};

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    let Ok(text) = std::str::from_utf8(data) else { return };
    let Ok(form) = XForm::read(text, &Attachments::new()) else { return };
    let form = Arc::new(form);
    let start = Start {
        now: jiff::Timestamp::UNIX_EPOCH,
        zone: jiff::tz::TimeZone::UTC,
        seed: 1,
        language: None,
    };
    let Ok(mut filling) = Filling::new(Arc::clone(&form), start.clone()) else { return };
    let paths = form.outline().take(8).map(|asked| asked.path.to_vec()).collect::<Vec<_>>();
    for path in paths {
        filling.add_repeat(&format!("/{}", path.join("/")));
        for node in filling.nodes(None, &path).into_iter().take(2) {
            filling.set(node, "1");
            let _ = (filling.label(node), filling.choices(node), filling.state(node));
        }
    }
    let _ = filling.violations();
    let record = filling.submission();
    if !record.is_empty() {
        Filling::resume(form, &record, start).expect("a record that was written can be read");
    }
});
