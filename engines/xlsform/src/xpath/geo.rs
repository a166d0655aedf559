//! Distances and areas on a sphere of the Earth's equatorial radius, as ODK clients compute them.

/// Metres.
const RADIUS: f64 = 6_378_100.0;

/// Latitude and longitude in radians, from `lat lon altitude accuracy`.
fn point(text: &str) -> Option<(f64, f64)> {
    let mut parts = text.trim().split(' ').map(str::trim);
    let number = |text: &str| text.parse::<f64>().ok();
    let latitude = number(parts.next()?).filter(|degrees| (-90.0..=90.0).contains(degrees))?;
    let longitude = number(parts.next()?).filter(|degrees| (-180.0..=180.0).contains(degrees))?;
    if let Some(altitude) = parts.next() {
        number(altitude)?;
    }
    if let Some(accuracy) = parts.next() {
        number(accuracy).filter(|metres| *metres >= 0.0)?;
    }
    Some((latitude.to_radians(), longitude.to_radians()))
}

fn points(texts: &[String]) -> Option<Vec<(f64, f64)>> {
    texts.iter().map(|text| point(text)).collect()
}

/// Length of a line in metres, to the centimetre; NaN when a point is none.
pub(crate) fn distance(texts: &[String]) -> f64 {
    let Some(points) = points(texts) else { return f64::NAN };
    let legs = points.windows(2).map(|pair| {
        let ((lat1, lon1), (lat2, lon2)) = (pair[0], pair[1]);
        let cosine = lat1.sin() * lat2.sin() + lat1.cos() * lat2.cos() * (lon1 - lon2).cos();
        cosine.min(1.0).acos() * RADIUS
    });
    rounded(legs.sum())
}

/// Area of a polygon in square metres, to a hundredth. Chamberlain and Duquette 2007, JPL 07-3.
pub(crate) fn area(texts: &[String]) -> f64 {
    let Some(points) = points(texts) else { return f64::NAN };
    if points.len() < 3 {
        return 0.0;
    }
    let parts = (0..points.len()).map(|at| {
        let ((lat1, lon1), (lat2, lon2)) = (points[at], points[(at + 1) % points.len()]);
        (lon2 - lon1) * (2.0 + lat1.sin() + lat2.sin())
    });
    rounded(parts.sum::<f64>() * RADIUS * RADIUS / 2.0)
}

/// Whether a place lies inside a shape, on the plane of its degrees as ODK clients have it. A shape that is not
/// closed encloses nothing.
pub(crate) fn geofence(place: &str, shape: &str) -> bool {
    let (Some((latitude, longitude)), Some(shape)) = (point(place), line(shape)) else {
        return false;
    };
    if shape.len() < 2 || shape.first() != shape.last() {
        return false;
    }
    let crossed = shape.windows(2).filter(|pair| {
        let ((lat1, lon1), (lat2, lon2)) = (pair[0], pair[1]);
        (lat2 > latitude) != (lat1 > latitude)
            && longitude < (lon1 - lon2) * (latitude - lat2) / (lat1 - lat2) + lon2
    });
    crossed.count() % 2 == 1
}

/// Whether a line crosses or touches itself; neighbouring legs share their point, and so do the ends of a ring.
pub(crate) fn intersects(text: &str) -> bool {
    let Some(points) = line(text) else { return false };
    let legs = points.windows(2).collect::<Vec<_>>();
    let ring = points.first() == points.last();
    (0..legs.len()).any(|first| {
        (first + 2..legs.len()).any(|second| {
            let ends = ring && first == 0 && second + 1 == legs.len();
            !ends && cross(legs[first], legs[second])
        })
    })
}

type Point = (f64, f64);

fn cross(one: &[Point], other: &[Point]) -> bool {
    let side = |a: Point, b: Point, c: Point| {
        let area = (b.1 - a.1) * (c.0 - a.0) - (b.0 - a.0) * (c.1 - a.1);
        if area == 0.0 { 0 } else { area.signum() as i32 }
    };
    let between = |a: Point, b: Point, c: Point| {
        c.0 >= a.0.min(b.0) && c.0 <= a.0.max(b.0) && c.1 >= a.1.min(b.1) && c.1 <= a.1.max(b.1)
    };
    let (a, b, c, d) = (one[0], one[1], other[0], other[1]);
    let sides = [side(a, b, c), side(a, b, d), side(c, d, a), side(c, d, b)];
    (sides[0] != sides[1] && sides[2] != sides[3])
        || (sides[0] == 0 && between(a, b, c))
        || (sides[1] == 0 && between(a, b, d))
        || (sides[2] == 0 && between(c, d, a))
        || (sides[3] == 0 && between(c, d, b))
}

fn line(text: &str) -> Option<Vec<Point>> {
    let text = text.trim().trim_end_matches(';');
    text.split(';').map(point).collect()
}

fn rounded(value: f64) -> f64 {
    (value * 100.0).round().abs() / 100.0
}
