//! A tree as XML text. Namespaces are declared where they are first needed.

use super::{Document, NodeId, NodeKind};

pub(super) fn write(document: &Document, id: NodeId) -> String {
    let mut out = String::new();
    let mut scope = vec![("xml".to_owned(), "http://www.w3.org/XML/1998/namespace".to_owned())];
    node(document, id, &mut scope, &mut out);
    out
}

fn node(document: &Document, id: NodeId, scope: &mut Vec<(String, String)>, out: &mut String) {
    match document.kind(id) {
        NodeKind::Root => {
            for child in document.children(id) {
                node(document, *child, scope, out);
            }
        }
        NodeKind::Element => element(document, id, scope, out),
        NodeKind::Text => escape(out, document.value(id), false),
        NodeKind::Comment => {
            out.push_str("<!--");
            out.push_str(document.value(id));
            out.push_str("-->");
        }
        NodeKind::Attribute | NodeKind::Instruction | NodeKind::Doctype => {}
    }
}

fn element(document: &Document, id: NodeId, scope: &mut Vec<(String, String)>, out: &mut String) {
    let depth = scope.len();
    let name = document.name(id).map(super::Name::qualified).unwrap_or_default();
    out.push('<');
    out.push_str(&name);
    let own = document.attributes(id).iter().copied();
    let (declarations, plain): (Vec<_>, Vec<_>) = own.partition(|id| {
        document.name(*id).is_some_and(|name| name.prefix == "xmlns" || name.qualified() == "xmlns")
    });
    for id in declarations {
        let name = document.name(id).map(super::Name::qualified).unwrap_or_default();
        let prefix = name.strip_prefix("xmlns").unwrap_or("").trim_start_matches(':').to_owned();
        scope.push((prefix, document.value(id).to_owned()));
        attribute(out, &name, document.value(id));
    }
    let needed = std::iter::once(id).chain(plain.iter().copied());
    for id in needed {
        let Some(name) = document.name(id) else { continue };
        let missing = !name.namespace.is_empty() && !name.prefix.is_empty();
        let known = scope.iter().rev().find(|(prefix, _)| *prefix == name.prefix);
        if missing && known.is_none_or(|(_, uri)| *uri != name.namespace) {
            scope.push((name.prefix.clone(), name.namespace.clone()));
            attribute(out, &format!("xmlns:{}", name.prefix), &name.namespace);
        }
    }
    for id in plain {
        let name = document.name(id).map(super::Name::qualified).unwrap_or_default();
        attribute(out, &name, document.value(id));
    }
    if document.children(id).is_empty() {
        out.push_str("/>");
    } else {
        out.push('>');
        for child in document.children(id) {
            node(document, *child, scope, out);
        }
        out.push_str("</");
        out.push_str(&name);
        out.push('>');
    }
    scope.truncate(depth);
}

fn attribute(out: &mut String, name: &str, value: &str) {
    out.push(' ');
    out.push_str(name);
    out.push_str("=\"");
    escape(out, value, true);
    out.push('"');
}

fn escape(out: &mut String, text: &str, attribute: bool) {
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' if attribute => out.push_str("&quot;"),
            '\t' | '\n' | '\r' if attribute => out.push_str(&format!("&#{};", c as u32)),
            '\r' => out.push_str("&#13;"),
            '\t' | '\n' => out.push(c),
            '\u{0}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => {}
            c => out.push(c),
        }
    }
}
