//! A drawing as a file of its own: its title above, its source below. On a page both stand beside
//! the drawing; a file that is taken away must carry them.

use std::fmt::Write;

use minijinja::HtmlEscape;

use crate::document::Drawing;

/// Units of the drawing from the edge to the text.
const MARGIN: f64 = 16.0;

/// A kind of text.
struct Type {
    size: f64,
    weight: u32,
    colour: &'static str,
}

const TITLE: Type = Type { size: 18.0, weight: 600, colour: "#1c2326" };
const SUBTITLE: Type = Type { size: 13.0, weight: 400, colour: "#5b6669" };
const SOURCE: Type = Type { size: 11.0, weight: 400, colour: "#5b6669" };

/// The SVG with title, subtitle, note and sources; the drawing itself where its size is not known.
/// `source` is the word for "Source".
pub fn plate(drawing: &Drawing, source: &str) -> String {
    let Some((width, height)) = size(&drawing.svg) else { return drawing.svg.clone() };
    let labels: Vec<&str> = drawing.sources.iter().map(|mark| mark.label.as_str()).collect();
    let cited = (!labels.is_empty()).then(|| format!("{source}: {}", labels.join(", ")));
    let below: Vec<String> = cited.into_iter().chain(drawing.note.clone()).collect();
    let below = below.join(" · ");
    let mut text = String::new();
    let mut y = MARGIN;
    y = lines(&mut text, y, width, &drawing.title, &TITLE);
    y = lines(&mut text, y, width, &drawing.subtitle, &SUBTITLE);
    let top = y + MARGIN / 2.0;
    let end = lines(&mut text, top + height + MARGIN / 2.0, width, &below, &SOURCE) + MARGIN;
    let whole = width + 2.0 * MARGIN;
    let inner = drawing.svg.replacen(
        "<svg ",
        &format!("<svg x=\"{MARGIN}\" y=\"{top}\" width=\"{width}\" height=\"{height}\" "),
        1,
    );
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {whole} {end}\" width=\"{whole}\" height=\"{end}\" font-family=\"Noto Sans, system-ui, sans-serif\"><rect width=\"100%\" height=\"100%\" fill=\"#ffffff\"/>{text}{inner}</svg>"
    )
}

/// Sets `words` from `y` down, broken to `width`; gives where the next text may begin.
fn lines(out: &mut String, mut y: f64, width: f64, words: &str, kind: &Type) -> f64 {
    // A letter is about half as wide as it is high; lines are broken early, for the wider scripts.
    let most = (width / (kind.size * 0.56)) as usize;
    for line in broken(words, most) {
        y += kind.size * 1.3;
        let _ = write!(
            out,
            "<text x=\"{MARGIN}\" y=\"{:.1}\" font-size=\"{}\" font-weight=\"{}\" fill=\"{}\">{}</text>",
            y - kind.size * 0.3,
            kind.size,
            kind.weight,
            kind.colour,
            HtmlEscape(&line)
        );
    }
    y
}

fn broken(words: &str, most: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    // At spaces only: a no-break space keeps a number with its unit.
    for word in words.split(' ').filter(|word| !word.is_empty()) {
        match lines.last_mut() {
            Some(line) if line.chars().count() + 1 + word.chars().count() <= most => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines
}

/// Width and height, as the `viewBox` says.
fn size(svg: &str) -> Option<(f64, f64)> {
    let from = svg.find("viewBox=\"")? + "viewBox=\"".len();
    let numbers = svg[from..].split('"').next()?;
    let numbers: Vec<f64> = numbers.split(' ').map(str::parse).collect::<Result<_, _>>().ok()?;
    match numbers[..] {
        [_, _, width, height] => Some((width, height)),
        _ => None,
    }
}
