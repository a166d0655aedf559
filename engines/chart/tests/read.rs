//! Reads a drawing back as any reader of SVG would, and finds where its words stand.

use roxmltree::{Document, Node};

/// The drawing as XML; panics with the place of the fault when it is not well formed.
pub fn parse(svg: &str) -> Document<'_> {
    Document::parse(svg).unwrap_or_else(|fault| panic!("{fault} in {svg}"))
}

/// A word's box on the drawing.
#[derive(Debug)]
pub struct Words {
    pub text: String,
    pub left: f64,
    pub right: f64,
    pub top: f64,
    pub bottom: f64,
}

impl Words {
    /// Whether the two lie on each other by more than a pixel.
    pub fn meets(&self, other: &Words) -> bool {
        self.left + 1.0 < other.right
            && other.left + 1.0 < self.right
            && self.top + 1.0 < other.bottom
            && other.top + 1.0 < self.bottom
    }
}

/// Every `<text>`, its box reckoned from the width of Noto Sans and a line's usual rise and fall.
pub fn words(svg: &str) -> Vec<Words> {
    let document = parse(svg);
    let texts = document.descendants().filter(|node| node.has_tag_name("text"));
    texts.map(|node| boxed(&node)).collect()
}

fn boxed(node: &Node) -> Words {
    let number = |name: &str| node.attribute(name).and_then(|v| v.parse::<f64>().ok());
    let pieces = node.descendants().filter(|piece| piece.is_text());
    let text: String = pieces.filter_map(|piece| piece.text()).collect();
    let size = number("font-size").unwrap_or(13.0);
    let bold = if node.attribute("font-weight").is_some() { 1.05 } else { 1.0 };
    let width = chart::text::width(&text, size) * bold;
    let (x, y) = (number("x").expect("x"), number("y").expect("y"));
    let left = match node.attribute("text-anchor") {
        Some("middle") => x - width / 2.0,
        Some("end") => x - width,
        _ => x,
    };
    Words { text, left, right: left + width, top: y - size * 0.78, bottom: y + size * 0.2 }
}

/// The first pair of words that hide each other.
pub fn clash(svg: &str) -> Option<String> {
    let words = words(svg);
    for (i, one) in words.iter().enumerate() {
        if let Some(other) = words[..i].iter().find(|other| other.meets(one)) {
            return Some(format!("“{}” and “{}”: {one:?}, {other:?}", one.text, other.text));
        }
    }
    None
}

/// The first words that leave the drawing to the side.
pub fn cut(svg: &str, width: f64) -> Option<String> {
    let words = words(svg).into_iter().find(|w| w.left < -1.0 || w.right > width + 1.0)?;
    Some(format!("“{}”: {words:?}", words.text))
}

/// The values of every attribute that holds numbers.
pub fn coordinates(svg: &str) -> Vec<String> {
    let names = ["x", "y", "width", "height", "d", "viewBox", "transform", "stroke-width"];
    let document = parse(svg);
    document
        .descendants()
        .flat_map(|node| node.attributes().collect::<Vec<_>>())
        .filter(|attribute| names.contains(&attribute.name()))
        .map(|attribute| attribute.value().to_string())
        .collect()
}
