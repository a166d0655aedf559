//! Words in a drawing: how wide they are, how they break, and how they are made safe.
//! Widths are those of Noto Sans; a fallback font differs by some per cent, which the callers' margins absorb.

use crate::advance::RUNS;

/// The width of `text` in pixels at `size` pixels, regular weight.
///
/// ```
/// let narrow = chart::text::width("illicit", 13.0);
/// let wide = chart::text::width("ՄԱՄՈՒԼ", 13.0);
/// assert!(narrow < wide);
/// ```
pub fn width(text: &str, size: f64) -> f64 {
    text.chars().map(|c| advance(c) as f64).sum::<f64>() * size / 100.0
}

/// Bold Noto Sans runs 5 % wider than regular (measured over Latin letters and digits); the
/// semi-bold that drawings ask for a little less.
pub(crate) const BOLD: f64 = 1.05;

/// Hundredths of an em; letters outside the table count as an average one, marks that join the
/// letter before them as nothing, and ideographs as a full square.
fn advance(c: char) -> u32 {
    let point = c as u32;
    for run in &RUNS {
        if let Some(found) = point.checked_sub(run.first).and_then(|i| run.advances.get(i as usize))
        {
            return *found as u32;
        }
    }
    match point {
        0..0x20 | 0x300..0x370 | 0x200b..0x2010 | 0xfe00..0xfe10 => 0,
        0x2e80.. => 100,
        _ => 60,
    }
}

/// Breaks `text` at spaces and after hyphens into lines no wider than `room`, at most `lines` of
/// them; what does not fit ends in "…".
pub fn wrap(text: &str, room: f64, size: f64, lines: usize) -> Vec<String> {
    let mut done: Vec<String> = Vec::new();
    let mut line = String::new();
    for word in text.split_whitespace() {
        let longer = if line.is_empty() { word.to_string() } else { format!("{line} {word}") };
        if line.is_empty() || width(&longer, size) <= room {
            line = longer;
            continue;
        }
        done.push(std::mem::replace(&mut line, word.to_string()));
    }
    if !line.is_empty() {
        done.push(line);
    }
    let lines = lines.max(1);
    if done.len() > lines {
        let rest = done.split_off(lines - 1).join(" ");
        done.push(rest);
    }
    done.into_iter().map(|line| fit(&line, room, size)).collect()
}

/// `text` if it fits into `room`, else as much of it as fits before "…".
pub fn fit(text: &str, room: f64, size: f64) -> String {
    if width(text, size) <= room {
        return text.to_string();
    }
    let mut kept = String::new();
    let mut used = width("…", size);
    for c in text.chars() {
        used += width(c.encode_utf8(&mut [0; 4]), size);
        if used > room {
            break;
        }
        kept.push(c);
    }
    format!("{}…", kept.trim_end())
}

/// Makes text safe for XML content and double-quoted attributes; characters that XML 1.0 cannot
/// hold are left out.
///
/// ```
/// assert_eq!(chart::text::escape("<a & \"b\">\u{0}"), "&lt;a &amp; &quot;b&quot;&gt;");
/// ```
pub fn escape(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\t' | '\n' => safe.push(' '),
            '\u{0}'..'\u{20}' | '\u{7f}'..='\u{9f}' | '\u{fffe}' | '\u{ffff}' => {}
            c => safe.push(c),
        }
    }
    safe
}

/// An address that may be followed: http, https, mailto, or within the site. Anything else
/// (`javascript:`, `data:`) is refused, since a drawing may carry links that came from a file.
pub fn link(href: &str) -> Option<&str> {
    let href = href.trim();
    let scheme = href
        .split_once(':')
        .map(|(before, _)| before)
        .filter(|before| !before.contains(['/', '?', '#']));
    match scheme.map(str::to_ascii_lowercase).as_deref() {
        None if href.is_empty() => None,
        None | Some("http" | "https" | "mailto") => Some(href),
        Some(_) => None,
    }
}

/// An id that is valid in HTML, CSS and `url(#…)`: letters, digits, `-` and `_`, a letter first.
pub(crate) fn id(raw: &str) -> String {
    let tail: String =
        raw.chars().map(|c| if c.is_ascii_alphanumeric() || c == '_' { c } else { '-' }).collect();
    match tail.chars().next() {
        Some(c) if c.is_ascii_alphabetic() => tail,
        _ => format!("chart-{tail}"),
    }
}
