//! Citations in the style of the American Medical Association (a Vancouver style), in English and
//! French. The style and its terms come with `hayagriva`; a citation is set once, at reading.

use std::collections::BTreeMap;

use hayagriva::archive::{ArchivedStyle, locales};
use hayagriva::citationberg::{
    FontStyle, FontWeight, IndependentStyle, Locale, LocaleCode, Style, VerticalAlign,
};
use hayagriva::{
    BibliographyDriver, BibliographyRequest, BufWriteFormat, CitationItem, CitationRequest,
    ElemChild, ElemChildren, Entry, Formatted,
};

/// One citation, as plain text and as HTML that is safe to put into a page.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Citation {
    /// For paper, files and titles.
    pub text: String,
    /// With italics and links; everything else is escaped.
    pub html: String,
}

/// The languages that citations are set in, with the locale of the style for each.
const LANGUAGES: [(&str, &str); 2] = [("en", "en-US"), ("fr", "fr-FR")];

/// The citations of all entries by key, and within it by language.
pub(crate) fn cite_all<'a>(
    entries: impl Iterator<Item = &'a Entry> + Clone,
) -> BTreeMap<String, BTreeMap<&'static str, Citation>> {
    let style = style();
    let locales = locales();
    let mut citations: BTreeMap<String, BTreeMap<&'static str, Citation>> = BTreeMap::new();
    for (language, locale) in LANGUAGES {
        for (key, citation) in cite_in(locale, entries.clone(), &style, &locales) {
            citations.entry(key).or_default().insert(language, citation);
        }
    }
    citations
}

/// A citation of a source that has no bibliographic record: its parts in a row, then the address.
pub(crate) fn plain_citations<'a>(
    parts: impl Iterator<Item = &'a str>,
    link: Option<&str>,
) -> BTreeMap<&'static str, Citation> {
    let mut text = String::new();
    for part in parts {
        let stop = if part.ends_with(['.', '?', '!']) { " " } else { ". " };
        text.push_str(part);
        text.push_str(stop);
    }
    let mut html = String::new();
    escape(text.trim_end(), &mut html);
    if let Some(link) = link {
        text.push_str(link);
        let mut address = String::new();
        escape(link, &mut address);
        html.push_str(&format!(" <a href=\"{address}\">{address}</a>"));
    }
    let citation = Citation { text: text.trim_end().to_owned(), html };
    LANGUAGES.iter().map(|(language, _)| (*language, citation.clone())).collect()
}

/// The AMA style: of those the library sets completely, it keeps issue and DOI. (Tried: its NLM
/// style leaves the authors out, the Elsevier and Springer ones the issue.)
fn style() -> IndependentStyle {
    match ArchivedStyle::AmericanMedicalAssociation.get() {
        Style::Independent(style) => style,
        // The archive is compiled in, so this is a fact of the library, not of any input.
        Style::Dependent(_) => unreachable!("the archived AMA style is independent"),
    }
}

fn cite_in<'a>(
    locale: &str,
    entries: impl Iterator<Item = &'a Entry>,
    style: &IndependentStyle,
    locales: &[Locale],
) -> Vec<(String, Citation)> {
    let locale = LocaleCode(locale.to_owned());
    let mut driver = BibliographyDriver::new();
    for entry in entries {
        let items = vec![CitationItem::with_entry(entry)];
        driver.citation(CitationRequest::new(items, style, Some(locale.clone()), locales, None));
    }
    let rendered = driver.finish(BibliographyRequest::new(style, Some(locale), locales));
    rendered
        .bibliography
        .map_or_else(Vec::new, |bibliography| bibliography.items)
        .into_iter()
        .map(|item| (item.key, citation(&item.content)))
        .collect()
}

fn citation(content: &ElemChildren) -> Citation {
    let mut text = String::new();
    // Writing to a string does not fail.
    let _ = content.write_buf(&mut text, BufWriteFormat::Plain);
    let mut html = String::new();
    write_html(content, &mut html);
    Citation { text: one_stop(&text), html: one_stop(&html) }
}

/// The style sets a full stop after a title even where the title ends in a question mark.
fn one_stop(citation: &str) -> String {
    citation.trim().replace("?. ", "? ")
}

/// Our own walk, since the library's HTML does not escape what it writes.
fn write_html(children: &ElemChildren, html: &mut String) {
    for child in &children.0 {
        match child {
            ElemChild::Text(text) => write_formatted(text, html),
            ElemChild::Elem(elem) => write_html(&elem.children, html),
            ElemChild::Markup(markup) => escape(markup, html),
            ElemChild::Link { text, url }
                if url.starts_with("https://") || url.starts_with("http://") =>
            {
                html.push_str("<a href=\"");
                escape(url, html);
                html.push_str("\">");
                write_formatted(text, html);
                html.push_str("</a>");
            }
            ElemChild::Link { text, .. } => write_formatted(text, html),
            ElemChild::Transparent { .. } => {}
        }
    }
}

fn write_formatted(text: &Formatted, html: &mut String) {
    let formatting = &text.formatting;
    let tags = [
        (formatting.font_style == FontStyle::Italic, "i"),
        (formatting.font_weight == FontWeight::Bold, "b"),
        (formatting.vertical_align == VerticalAlign::Sup, "sup"),
        (formatting.vertical_align == VerticalAlign::Sub, "sub"),
    ];
    let open = || tags.iter().filter(|(on, _)| *on).map(|(_, tag)| tag);
    for tag in open() {
        html.push_str(&format!("<{tag}>"));
    }
    escape(&text.text, html);
    for tag in open().rev() {
        html.push_str(&format!("</{tag}>"));
    }
}

fn escape(text: &str, html: &mut String) {
    for c in text.chars() {
        match c {
            '&' => html.push_str("&amp;"),
            '<' => html.push_str("&lt;"),
            '>' => html.push_str("&gt;"),
            '"' => html.push_str("&quot;"),
            '\'' => html.push_str("&#39;"),
            c => html.push(c),
        }
    }
}
