//! Places that were answered, as GeoJSON (RFC 7946) for a map: each with the answers beside it. Of anonymous rounds there
//! is none: a place together with a few answers names a person, and a coarser one still does where prisons are few.

use base::Refusal;
use serde_json::{Map, Value, json};

use super::typed::{self, Cell, Field, Type};
use super::{Data, Table};

/// Places of all tables; refused for an anonymous round.
pub fn write(data: &Data, language: Option<&str>) -> Result<Value, Refusal> {
    if data.design.anonymous {
        return Err(Refusal::conflict("no-places-of-anonymous"));
    }
    let features = data.tables.iter().flat_map(|table| of_table(table, language));
    Ok(json!({ "type": "FeatureCollection", "features": features.collect::<Vec<_>>() }))
}

/// Whether any question asks for a place.
pub fn has_places(tables: &[Table]) -> bool {
    tables.iter().flat_map(|table| &table.columns).any(|column| kind(&column.data_type).is_some())
}

fn kind(data_type: &str) -> Option<&'static str> {
    match data_type {
        "geopoint" => Some("Point"),
        "geotrace" => Some("LineString"),
        "geoshape" => Some("Polygon"),
        _ => None,
    }
}

fn of_table(table: &Table, language: Option<&str>) -> Vec<Value> {
    let fields = typed::fields(table, true);
    let mut found = Vec::new();
    for row in 0..table.rows {
        for column in table.columns.iter() {
            let Some(kind) = kind(&column.data_type) else { continue };
            let value = column.values.get(row).and_then(|it| it.as_deref());
            let Some(geometry) = value.and_then(|value| geometry(kind, value)) else { continue };
            let mut properties = Map::new();
            properties.insert("_table".into(), json!(table.name));
            properties.insert("_question".into(), json!(column.key));
            properties
                .extend(fields.iter().map(|it| (it.name.clone(), property(it, row, language))));
            found
                .push(json!({ "type": "Feature", "geometry": geometry, "properties": properties }));
        }
    }
    found
}

fn property(field: &Field, row: usize, language: Option<&str>) -> Value {
    match field.cell(row) {
        Cell::Nothing => Value::Null,
        Cell::Whole(number) => json!(number),
        Cell::Number(number) => json!(number),
        Cell::Day(days) => json!(typed::day_text(days)),
        Cell::Moment(at) => json!(typed::moment_text(at)),
        Cell::Time(at) => json!(typed::time_text(at)),
        Cell::Flag(chosen) => json!(chosen),
        Cell::Text(text) => match language {
            Some(language) if field.of != Type::Flag => json!(field.worded(&text, language)),
            _ => json!(text),
        },
    }
}

/// `47.01 28.86 0 5; …` as a geometry: longitude first, rings closed and counter-clockwise.
fn geometry(kind: &str, text: &str) -> Option<Value> {
    let points: Option<Vec<Vec<f64>>> =
        text.split(';').filter(|it| !it.trim().is_empty()).map(point).collect();
    let mut points = points?;
    let coordinates = match kind {
        "Point" => json!(points.first()?),
        "LineString" if points.len() >= 2 => json!(points),
        "Polygon" if points.len() >= 3 => {
            if points.first() != points.last() {
                points.push(points[0].clone());
            }
            if points.len() < 4 {
                return None;
            }
            if signed_area(&points) < 0.0 {
                points.reverse();
            }
            json!([points])
        }
        _ => return None,
    };
    Some(json!({ "type": kind, "coordinates": coordinates }))
}

/// Longitude, latitude, and the height where it is not zero, which stands for "none".
fn point(text: &str) -> Option<Vec<f64>> {
    let numbers: Vec<f64> = text.split_whitespace().map_while(|it| it.parse().ok()).collect();
    let (latitude, longitude) = (*numbers.first()?, *numbers.get(1)?);
    if !(-90.0..=90.0).contains(&latitude) || !(-180.0..=180.0).contains(&longitude) {
        return None;
    }
    let mut point = vec![longitude, latitude];
    point.extend(numbers.get(2).filter(|height| **height != 0.0));
    Some(point)
}

/// Twice the area of a ring, positive where it runs counter-clockwise (the shoelace formula).
fn signed_area(ring: &[Vec<f64>]) -> f64 {
    ring.windows(2).map(|pair| pair[0][0] * pair[1][1] - pair[1][0] * pair[0][1]).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn geometries_are_those_of_the_standard() {
        let of = |kind, text| geometry(kind, text).map(|it| it["coordinates"].to_string());
        assert_eq!(of("Point", "47.01 28.86 0 5").as_deref(), Some("[28.86,47.01]"));
        assert_eq!(of("Point", "47.01 28.86 12.5 5").as_deref(), Some("[28.86,47.01,12.5]"));
        assert_eq!(of("LineString", "1 2 0 0; 3 4 0 0").as_deref(), Some("[[2.0,1.0],[4.0,3.0]]"));
        // Clockwise and open; it comes back closed and turned.
        let ring = of("Polygon", "0 0;1 0;1 1").expect("a ring");
        assert_eq!(ring, "[[[0.0,0.0],[1.0,1.0],[0.0,1.0],[0.0,0.0]]]");
        assert_eq!(of("Point", "91 0"), None);
        assert_eq!(of("Point", "here"), None);
        assert_eq!(of("LineString", "1 2"), None);
        assert_eq!(of("Polygon", "1 2;3 4;1 2"), None);
    }
}
