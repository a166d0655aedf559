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

fn rounded(value: f64) -> f64 {
    (value * 100.0).round().abs() / 100.0
}
