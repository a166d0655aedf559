//! Places that report figures: ISO 3166 countries, the parts of a country that report on their
//! own, and every spelling by which the publishers name them. Matching ignores case, accents and
//! punctuation, and never takes a part for the whole.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use base::Refusal;
use serde::{Deserialize, Deserializer};
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// One place that reports.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Place {
    /// ISO 3166-1 alpha-3 (`MDA`), or country and part for a jurisdiction (`GBR-SCT`).
    pub code: String,
    pub kind: PlaceKind,
    /// The country a jurisdiction belongs to.
    pub parent: Option<String>,
    /// ISO 3166-1 alpha-2; none for a jurisdiction. Kosovo* has the user-assigned `XK`.
    pub iso2: Option<String>,
    pub name_en: String,
    pub name_fr: String,
    /// The name at home, in each official language, joined by ` / `; empty outside the area.
    pub name_local: String,
    /// Day of accession to the Council of Europe, `YYYY-MM-DD`.
    pub member_since: Option<String>,
    /// Day on which membership ceased.
    pub member_until: Option<String>,
    pub region: Region,
    /// In the area whose figures ship with the product: members of the Council of Europe past
    /// and present, territories in Europe, Belarus, Kazakhstan and Kosovo*.
    #[serde(deserialize_with = "yes_no")]
    pub area: bool,
    /// Eastern Europe and the Balkans, where the programme works.
    #[serde(deserialize_with = "yes_no")]
    pub focus: bool,
    /// Key of a note that must stand wherever the name does, worded under `footnote-…`.
    pub footnote: Option<String>,
}

impl Place {
    /// The name in a language of the interface; English where there is none.
    pub fn name(&self, language: &str) -> &str {
        if language.starts_with("fr") { &self.name_fr } else { &self.name_en }
    }

    /// The name without its country's: "Scotland" for "United Kingdom: Scotland"; for a label on a map.
    pub fn short_name(&self, language: &str) -> &str {
        let name = self.name(language);
        name.split_once(':').map_or(name, |(_, own)| own.trim_start())
    }

    /// Whether the place is a member of the Council of Europe today, as far as this list knows.
    pub fn council_of_europe(&self) -> bool {
        self.member_since.is_some() && self.member_until.is_none()
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PlaceKind {
    Country,
    /// A part of a country with a prison administration that reports on its own.
    Jurisdiction,
    /// A territory or an entity that is not a part of any country in this list.
    Entity,
}

/// Where a place is listed and drawn; the programme's grouping, not the United Nations'.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Region {
    EasternEurope,
    SouthEastEurope,
    Caucasus,
    CentralEurope,
    NorthernEurope,
    WesternEurope,
    SouthernEurope,
    CentralAsia,
    Other,
}

impl Region {
    pub const ALL: [Region; 9] = [
        Region::EasternEurope,
        Region::SouthEastEurope,
        Region::Caucasus,
        Region::CentralEurope,
        Region::NorthernEurope,
        Region::WesternEurope,
        Region::SouthernEurope,
        Region::CentralAsia,
        Region::Other,
    ];

    /// The word used in data files; `region-<id>` is its Fluent key.
    pub fn id(self) -> &'static str {
        match self {
            Region::EasternEurope => "eastern-europe",
            Region::SouthEastEurope => "south-east-europe",
            Region::Caucasus => "caucasus",
            Region::CentralEurope => "central-europe",
            Region::NorthernEurope => "northern-europe",
            Region::WesternEurope => "western-europe",
            Region::SouthernEurope => "southern-europe",
            Region::CentralAsia => "central-asia",
            Region::Other => "other",
        }
    }
}

/// What a name in a publisher's file turned out to be.
#[derive(Debug, Clone, PartialEq)]
pub enum Named<'a> {
    Place(&'a Place),
    /// The world, a region, or a group of countries: read over, and counted as such.
    Aggregate,
    /// Nothing known by this name; see [`Places::near`].
    Unknown,
}

/// All places and all their names.
pub struct Places {
    list: Vec<Place>,
    by_code: BTreeMap<String, usize>,
    /// Folded name → index, or `None` for an aggregate.
    by_name: BTreeMap<String, Option<usize>>,
}

/// The list shipped in `data/places.csv` with the spellings of `data/place_names.csv`.
pub fn places() -> &'static Places {
    static PLACES: OnceLock<Places> = OnceLock::new();
    PLACES.get_or_init(|| {
        Places::parse(
            include_str!("../../../data/places.csv"),
            include_str!("../../../data/place_names.csv"),
        )
    })
}

/// The place that an address names by its code. Refused with the names that come near it.
pub fn asked(code: &str) -> Result<&'static Place, Refusal> {
    places().get(code).ok_or_else(|| {
        let near = places().near(code).join(", ");
        let near = if near.is_empty() { "none".to_owned() } else { near };
        let mut refusal = Refusal::not_found("no-country", code);
        refusal.args.push(("near", near.into()));
        refusal
    })
}

impl Places {
    /// Every place, ordered by code.
    pub fn all(&self) -> &[Place] {
        &self.list
    }

    /// The place with this code: ours (`GBR-SCT`), or ISO alpha-2 (`MD`). Case is ignored.
    pub fn get(&self, code: &str) -> Option<&Place> {
        self.by_code.get(&code.trim().to_ascii_uppercase()).map(|&i| &self.list[i])
    }

    /// The place with this name or code in any known spelling; none for an aggregate.
    pub fn find_name(&self, name: &str) -> Option<&Place> {
        match self.look_up(name) {
            Named::Place(place) => Some(place),
            _ => None,
        }
    }

    /// As [`Places::find_name`], but tells an aggregate from a name that is unknown.
    pub fn look_up(&self, name: &str) -> Named<'_> {
        let folded = fold(name);
        if let Some(found) = self.by_name.get(&folded) {
            return found.map_or(Named::Aggregate, |i| Named::Place(&self.list[i]));
        }
        match self.get(name) {
            Some(place) => Named::Place(place),
            None => Named::Unknown,
        }
    }

    /// Every spelling that leads to the place with this code, folded to plain letters.
    pub fn names_of(&self, code: &str) -> Vec<&str> {
        let of_code = self.by_code.get(code);
        self.by_name
            .iter()
            .filter(|(_, at)| at.as_ref() == of_code && of_code.is_some())
            .map(|(name, _)| name.as_str())
            .collect()
    }

    /// The parts of a country that report on their own, ordered by code.
    pub fn parts_of<'a>(&'a self, code: &'a str) -> impl Iterator<Item = &'a Place> {
        self.list.iter().filter(move |p| p.parent.as_deref() == Some(code))
    }

    /// Up to three English names that come near an unknown one, nearest first. Slow beside
    /// [`Places::look_up`]: every spelling of every place is compared.
    pub fn near(&self, name: &str) -> Vec<&str> {
        let folded = fold(name);
        let mut scored: Vec<(f64, &str)> = self
            .by_name
            .iter()
            .filter_map(|(name, place)| Some((name, &self.list[(*place)?])))
            .map(|(name, p)| (strsim::jaro_winkler(&folded, name), p.name_en.as_str()))
            .filter(|(score, _)| *score > 0.88)
            .collect();
        scored.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(b.1)));
        let mut names: Vec<&str> = Vec::new();
        for (_, name) in scored {
            if !names.contains(&name) {
                names.push(name);
            }
        }
        names.truncate(3);
        names
    }

    fn parse(places_csv: &str, names_csv: &str) -> Places {
        let list: Vec<Place> = csv::Reader::from_reader(places_csv.as_bytes())
            .deserialize()
            .collect::<Result<_, _>>()
            .expect("data/places.csv is compiled in and tested");
        let mut by_code = BTreeMap::new();
        let mut by_name = BTreeMap::new();
        for (i, place) in list.iter().enumerate() {
            by_code.insert(place.code.clone(), i);
            if let Some(iso2) = &place.iso2 {
                by_code.insert(iso2.clone(), i);
            }
            let local = place.name_local.split(" / ").filter(|n| !n.is_empty());
            for name in [place.name_en.as_str(), &place.name_fr].into_iter().chain(local) {
                by_name.insert(fold(name), Some(i));
            }
        }
        for row in csv::Reader::from_reader(names_csv.as_bytes()).into_records() {
            let row = row.expect("data/place_names.csv is compiled in and tested");
            let place = (&row[1] != "-").then(|| by_code[&row[1]]);
            by_name.insert(fold(&row[0]), place);
        }
        Places { list, by_code, by_name }
    }
}

/// A name reduced to what is compared: lower case, no accents, no punctuation, no leading "the".
pub fn fold(name: &str) -> String {
    let mut plain = String::with_capacity(name.len());
    for c in name.nfkd().filter(|&c| !is_combining_mark(c)).flat_map(char::to_lowercase) {
        match c {
            'ø' => plain.push('o'),
            'đ' => plain.push('d'),
            'ł' => plain.push('l'),
            'ı' => plain.push('i'),
            'æ' => plain.push_str("ae"),
            'ß' => plain.push_str("ss"),
            '&' => plain.push_str(" and "),
            // An apostrophe joins: "People's" and "Peoples" are one word.
            // A quotation mark stands for it where a table was not escaped.
            '\'' | '’' | 'ʼ' | '"' => {}
            c if c.is_alphanumeric() => plain.push(c),
            _ => plain.push(' '),
        }
    }
    let words: Vec<&str> = plain.split_whitespace().collect();
    let words = if words.len() > 1 && words[0] == "the" { &words[1..] } else { &words[..] };
    words.join(" ")
}

/// "yes" or "no", as the shipped tables write it.
pub(crate) fn yes_no<'de, D: Deserializer<'de>>(input: D) -> Result<bool, D::Error> {
    match String::deserialize(input)?.as_str() {
        "yes" => Ok(true),
        "no" => Ok(false),
        other => Err(serde::de::Error::custom(format!("expected yes or no, found “{other}”"))),
    }
}
