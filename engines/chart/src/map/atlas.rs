//! The outlines of all places as one file gives them, so that every map of a site is drawn on the same ground.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::{Kind, Outline, Outlines};

/// Outlines, and where the square of each place stands, also of those without an outline.
#[derive(Clone, Debug, Default)]
pub struct Atlas {
    pub outlines: Outlines,
    /// By code, in the map's coordinates.
    pub positions: BTreeMap<String, (f64, f64)>,
}

#[derive(Deserialize)]
struct File {
    width: f64,
    height: f64,
    places: Vec<Row>,
}

#[derive(Deserialize)]
struct Row {
    code: String,
    #[serde(default)]
    path: String,
    x: f64,
    y: f64,
    #[serde(default)]
    small: bool,
    #[serde(default)]
    context: bool,
}

impl Atlas {
    /// Reads `{"width": …, "height": …, "places": [{"code", "path", "x", "y", "small", "context"}]}`; what is wrong is said.
    ///
    /// ```
    /// let file = br#"{"width": 10, "height": 10, "places": [{"code": "MDA", "path": "M0 0h5v5z", "x": 2, "y": 2}]}"#;
    /// let atlas = chart::Atlas::read(file).unwrap();
    /// assert_eq!(atlas.outlines.shapes[0].code, "MDA");
    /// assert!(chart::Atlas::read(b"{}").is_err());
    /// ```
    pub fn read(json: &[u8]) -> Result<Atlas, String> {
        let file: File = serde_json::from_slice(json).map_err(|error| error.to_string())?;
        let positions = file.places.iter().map(|row| (row.code.clone(), (row.x, row.y))).collect();
        let shapes =
            file.places.into_iter().filter(|row| !row.path.is_empty()).map(|row| Outline {
                kind: match (row.context, row.small) {
                    (true, _) => Kind::Context,
                    (_, true) => Kind::Small,
                    _ => Kind::Land,
                },
                code: row.code,
                path: row.path,
                centroid: (row.x, row.y),
            });
        let outlines = Outlines { size: (file.width, file.height), shapes: shapes.collect() };
        Ok(Atlas { outlines, positions })
    }
}
