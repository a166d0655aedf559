//! What may be the name of an XML element or attribute.

/// The first character of an XML name (<https://www.w3.org/TR/xml-names/#NT-NCName>).
pub(crate) fn starts_name(c: char) -> bool {
    matches!(c,
        'A'..='Z' | '_' | 'a'..='z' | '\u{c0}'..='\u{d6}' | '\u{d8}'..='\u{f6}'
        | '\u{f8}'..='\u{2ff}' | '\u{370}'..='\u{37d}' | '\u{37f}'..='\u{1fff}'
        | '\u{200c}'..='\u{200d}' | '\u{2070}'..='\u{218f}' | '\u{2c00}'..='\u{2fef}'
        | '\u{3001}'..='\u{d7ff}' | '\u{f900}'..='\u{fdcf}' | '\u{fdf0}'..='\u{fffd}'
        | '\u{10000}'..='\u{effff}')
}

/// Any further character of an XML name.
pub(crate) fn continues_name(c: char) -> bool {
    starts_name(c)
        || matches!(c, '-' | '.' | '0'..='9' | '\u{b7}' | '\u{300}'..='\u{36f}' | '\u{203f}'..='\u{2040}')
}

/// The length in bytes of the name that `text` begins with; 0 when it begins with none.
pub(crate) fn name_length(text: &str) -> usize {
    if !text.starts_with(starts_name) {
        return 0;
    }
    text.find(|c| !continues_name(c)).unwrap_or(text.len())
}

/// Like [`name_length`], with one prefix allowed: `jr:count`.
pub(crate) fn prefixed_name_length(text: &str) -> usize {
    let first = name_length(text);
    if first > 0
        && let Some(rest) = text[first..].strip_prefix(':')
    {
        let second = name_length(rest);
        if second > 0 {
            return first + 1 + second;
        }
    }
    first
}

/// Whether the text can be the name of an XML element, with or without a prefix.
pub(crate) fn is_element_name(text: &str) -> bool {
    !text.is_empty() && prefixed_name_length(text) == text.len()
}
