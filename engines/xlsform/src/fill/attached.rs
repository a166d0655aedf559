//! Attached files as lists of items: the columns of a CSV, the features of a GeoJSON, an XML as it is.

use serde_json::{Map, Value};

use super::xform::FormError;
use crate::xml::{self, Document, NodeId};

/// Reads a file into the document; the root that it gets.
pub(super) fn read(document: &mut Document, source: &str, text: &str) -> Result<NodeId, FormError> {
    let wrong = |message: String| FormError { message: format!("{source}: {message}") };
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    if source.ends_with(".xml") {
        return xml::parse(document, text).map_err(|error| wrong(error.to_string()));
    }
    let root = document.add_root();
    let list = document.append_element(root, "root");
    if source.ends_with(".geojson") {
        features(document, list, text).map_err(wrong)?;
    } else {
        rows(document, list, text).map_err(wrong)?;
    }
    Ok(root)
}

fn rows(document: &mut Document, list: NodeId, text: &str) -> Result<(), String> {
    let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(text.as_bytes());
    let header = reader.headers().map_err(|error| error.to_string())?.clone();
    for record in reader.records() {
        let record = record.map_err(|error| error.to_string())?;
        let item = document.append_element(list, "item");
        for (name, cell) in header.iter().zip(&record) {
            column(document, item, name.trim(), cell);
        }
    }
    Ok(())
}

fn column(document: &mut Document, item: NodeId, name: &str, text: &str) {
    let column = document.append_element(item, name);
    document.set_text(column, text);
}

/// Each feature is an item: its geometry as ODK writes places, its `id`, its properties.
/// <https://docs.getodk.org/form-datasets/#building-selects-from-geojson-files>
fn features(document: &mut Document, list: NodeId, text: &str) -> Result<(), String> {
    let file: Value = serde_json::from_str(text).map_err(|error| error.to_string())?;
    if file["type"] != "FeatureCollection" {
        return Err("the file is no GeoJSON FeatureCollection".to_owned());
    }
    let Some(features) = file["features"].as_array() else {
        return Err("the collection has no 'features'".to_owned());
    };
    for (at, feature) in features.iter().enumerate() {
        let wrong = |what: &str| format!("feature {}: {what}", at + 1);
        if feature["type"] != "Feature" {
            return Err(wrong("its 'type' is not 'Feature'"));
        }
        let geometry = geometry(&feature["geometry"]).map_err(|what| wrong(&what))?;
        let item = document.append_element(list, "item");
        column(document, item, "geometry", &geometry);
        let none = Map::new();
        let properties = feature["properties"].as_object().unwrap_or(&none);
        if let Some(id) = feature.get("id").or_else(|| properties.get("id")) {
            column(document, item, "id", &plain(id));
        }
        for (name, value) in properties.iter().filter(|(name, _)| *name != "id") {
            column(document, item, name, &plain(value));
        }
    }
    Ok(())
}

fn plain(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Number(number) => {
            number.as_f64().map_or_else(|| number.to_string(), crate::xpath::number_text)
        }
        other => other.to_string(),
    }
}

/// A point, or the points of a line or of a polygon's outer ring.
fn geometry(geometry: &Value) -> Result<String, String> {
    let points = match geometry["type"].as_str() {
        Some("Point") => vec![&geometry["coordinates"]],
        Some("LineString") => geometry["coordinates"].as_array().into_iter().flatten().collect(),
        Some("Polygon") => {
            let rings = geometry["coordinates"].as_array();
            if rings.is_some_and(|rings| rings.len() > 1) {
                return Err("a polygon with holes cannot be an answer".to_owned());
            }
            let ring = rings.and_then(|rings| rings.first()).and_then(Value::as_array);
            ring.into_iter().flatten().collect()
        }
        Some(other) => {
            return Err(format!("only points, lines and polygons are places, not '{other}'"));
        }
        None => return Err("it has no geometry".to_owned()),
    };
    let place = |point: &&Value| {
        let number = |at: usize| point[at].as_f64();
        let (Some(longitude), Some(latitude)) = (number(0), number(1)) else {
            return Err("a coordinate is no pair of longitude and latitude".to_owned());
        };
        let text = crate::xpath::number_text;
        Ok(format!("{} {} {} 0", text(latitude), text(longitude), text(number(2).unwrap_or(0.0))))
    };
    let places = points.iter().map(place).collect::<Result<Vec<_>, _>>()?;
    Ok(places.join("; "))
}
