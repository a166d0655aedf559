//! What the crate hands out: kinds, sizes, and nothing that was not meant to be served. The sizes
//! are promises to a reader on a slow line.

use client::{asset, outlines, paper_fonts, version};
use serde_json::Value;

#[test]
fn files_come_with_their_kind_and_a_stable_tag() {
    let css = asset("throughcare.css").expect("the stylesheet");
    assert_eq!(css.mime, "text/css; charset=utf-8");
    assert_eq!(asset("throughcare.js").unwrap().mime, "text/javascript; charset=utf-8");
    assert_eq!(asset("outlines.json").unwrap().mime, "application/json; charset=utf-8");
    assert_eq!(asset("fonts/web/noto-sans-latin-400-normal.woff2").unwrap().mime, "font/woff2");
    assert_eq!((css.etag.len(), &css.etag[..1]), (34, "\""));
    assert_eq!(asset("throughcare.css"), Some(css));
    assert_eq!(version().len(), 16);
}

#[test]
fn only_what_was_meant_is_served() {
    for path in [
        "",
        "/",
        "fonts",
        "fonts/web/",
        "../Cargo.toml",
        "fonts/../../Cargo.toml",
        "..\\Cargo.toml",
        "/etc/passwd",
        "fonts/paper/NotoSerif_400Regular.ttf",
        "fonts/./paper/NotoSerif_400Regular.ttf",
        "throughcare.css\0",
    ] {
        assert_eq!(asset(path), None, "{path:?}");
    }
}

#[test]
fn every_font_of_the_stylesheet_exists_and_none_is_loaded_by_latin_text_alone() {
    let css = String::from_utf8(asset("throughcare.css").unwrap().bytes.into_owned()).unwrap();
    let faces: Vec<_> = css.split("@font-face").skip(1).collect();
    assert_eq!(faces.len(), 14);
    for face in faces {
        let file = face.split("url(").nth(1).unwrap().split(')').next().unwrap();
        assert_eq!(&asset(file).expect(file).bytes[..4], b"wOF2");
        assert!(face.contains("unicode-range") && face.contains("font-display:swap"), "{face}");
    }
    // The system's face comes first, so none of them is fetched where it has the letters.
    assert!(css.contains("--sans: system-ui, \"Noto Sans\"") || css.contains("--sans:system-ui,"));
}

#[test]
fn the_script_stays_small() {
    // Search, filters, light and dark, and the levers of a model under the hand: no more than this.
    assert!(asset("throughcare.js").unwrap().bytes.len() < 10_000);
    assert!(asset("outlines.json").unwrap().bytes.len() < 120_000);
}

#[test]
fn the_page_without_a_network_is_light_and_its_engine_apart() {
    let names = ["offline/offline.js", "offline/worker.js"];
    let sizes = names.map(|name| asset(name).expect(name).bytes.len());
    assert!(sizes[0] < 110_000 && sizes[1] < 10_000, "{sizes:?}");
    // The worker knows every file by name, and each of them is there.
    let worker = String::from_utf8(asset("offline/worker.js").unwrap().bytes.into_owned()).unwrap();
    let named: Vec<_> =
        worker.split("\"/static/").skip(1).map(|rest| rest.split('"').next().unwrap()).collect();
    assert!(named.len() >= 5, "{named:?}");
    for name in named.iter().filter(|name| !name.is_empty()) {
        assert!(asset(name).is_some_and(|it| it.bytes.len() < 900_000), "{name}");
    }
}

#[test]
fn paper_fonts_are_truetype() {
    let fonts = paper_fonts();
    assert_eq!(fonts.len(), 15);
    assert!(fonts.iter().all(|font| font[..4] == [0, 1, 0, 0]));
}

#[test]
fn the_map_holds_every_place_inside_its_frame() {
    let map: Value = serde_json::from_str(&outlines()).unwrap();
    let (width, height) = (map["width"].as_f64().unwrap(), map["height"].as_f64().unwrap());
    let places = map["places"].as_array().unwrap();
    let find = |code: &str| places.iter().find(|place| place["code"] == code).expect(code);
    let reporting: Vec<_> = places.iter().filter(|place| place["context"] == false).collect();
    // 46 members, Russia, Belarus, the Holy See and Kosovo; five administrations within a state.
    assert_eq!(reporting.len(), 50 + 5);
    for place in reporting {
        let (x, y) = (place["x"].as_f64().unwrap(), place["y"].as_f64().unwrap());
        assert!(x > 0.0 && x < width && y > 0.0 && y < height, "{place}");
        assert!(place["small"] == true || !place["path"].as_str().unwrap().is_empty(), "{place}");
    }
    for code in ["AND", "LIE", "LUX", "MCO", "MLT", "SMR", "VAT", "GBR-SCT", "BIH-SRP", "ESP-CT"] {
        assert_eq!(find(code)["small"], true, "{code}");
    }
    assert_eq!(find("MDA")["small"], false);
    // North is up and east is right.
    assert!(find("NOR")["y"].as_f64() < find("ITA")["y"].as_f64());
    assert!(find("PRT")["x"].as_f64() < find("AZE")["x"].as_f64());
}
