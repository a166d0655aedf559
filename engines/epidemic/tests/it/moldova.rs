//! The shipped country files, as a researcher finds them.

use std::fs;
use std::path::Path;

use epidemic::{Country, Effects, Problem};

fn data(path: &str) -> Option<String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../data");
    fs::read_to_string(root.join(path)).ok()
}

pub fn effects() -> Effects {
    Effects::read(&data("effects.csv").unwrap()).unwrap()
}

pub fn read(name: &str, file: &dyn Fn(&str) -> Option<String>) -> (Option<Country>, Vec<Problem>) {
    Country::read(name, file, &effects())
}

pub fn moldova() -> Country {
    let (country, problems) = read("MDA.toml", &|name| data(&format!("countries/{name}")));
    assert_eq!(problems, vec![]);
    country.unwrap()
}

pub fn text(name: &str) -> String {
    data(&format!("countries/{name}")).unwrap()
}
