//! Drawings: SVG text checked before it goes on paper, and drawn as PNG for slides and letters.
//! Links to other files in an SVG are never followed.

use std::sync::Arc;

use resvg::tiny_skia::{Color, Pixmap, Transform};
use resvg::usvg::{Group, ImageHrefResolver, Node, Options, Tree};

use crate::{Fonts, PrintError, fonts};

/// Memory for one picture is 4 bytes for each pixel: this many are 256 MB.
const MOST_PIXELS: u64 = 64_000_000;

/// Draws an SVG on white, `width_px` pixels wide and as high as its proportions ask.
///
/// Fails on text that is not SVG, on a picture without width or of more than 64 million pixels, and
/// on characters that no font has.
pub fn png(svg: &str, width_px: u32, fonts: &Fonts) -> Result<Vec<u8>, PrintError> {
    let refuse = |message: String| PrintError::Drawing { name: "for the PNG".into(), message };
    let tree = read("for the PNG", svg, fonts)?;
    let scale = width_px as f32 / tree.size().width();
    let height_px = (tree.size().height() * scale).ceil().max(1.0) as u32;
    if u64::from(width_px) * u64::from(height_px) > MOST_PIXELS {
        return Err(refuse(format!(
            "{width_px} × {height_px} pixels are more than {MOST_PIXELS}: ask for a smaller width"
        )));
    }
    let mut picture = Pixmap::new(width_px, height_px)
        .ok_or_else(|| refuse(format!("a width of {width_px} pixels leaves nothing to draw on")))?;
    picture.fill(Color::WHITE);
    resvg::render(&tree, Transform::from_scale(scale, scale), &mut picture.as_mut());
    picture.encode_png().map_err(|error| refuse(error.to_string()))
}

/// Whether a drawing can be set: SVG that parses, with a glyph for every letter.
pub(crate) fn check(name: &str, svg: &str, fonts: &Fonts) -> Result<(), PrintError> {
    read(name, svg, fonts).map(drop)
}

fn read(name: &str, svg: &str, fonts: &Fonts) -> Result<Tree, PrintError> {
    let options = Options {
        font_family: "Noto Sans".into(),
        fontdb: Arc::clone(&fonts.database),
        resources_dir: None,
        image_href_resolver: ImageHrefResolver {
            resolve_data: ImageHrefResolver::default_data_resolver(),
            resolve_string: Box::new(|_, _| None),
        },
        ..Options::default()
    };
    let tree = Tree::from_str(svg, &options)
        .map_err(|error| PrintError::Drawing { name: name.into(), message: error.to_string() })?;
    let mut text = String::new();
    letters(tree.root(), &mut text);
    let missing = fonts.missing(&text);
    if !missing.is_empty() {
        let missing: Vec<_> = missing.into_iter().map(fonts::name).collect();
        return Err(PrintError::MissingGlyph {
            shown_in: format!("the drawing {name}"),
            missing: missing.join(", "),
        });
    }
    Ok(tree)
}

fn letters(group: &Group, out: &mut String) {
    for node in group.children() {
        match node {
            Node::Group(group) => letters(group, out),
            Node::Text(text) => text.chunks().iter().for_each(|chunk| out.push_str(chunk.text())),
            _ => {}
        }
    }
}
