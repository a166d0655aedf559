//! The data sets as catalogues of other sites read them: DCAT-AP 3.0 (SEMIC 2024) as JSON-LD and as Turtle, and schema.org's Dataset for
//! search engines. One list of statements makes both texts, so that they cannot differ.

use std::fmt::Write;

use serde_json::{Map, Value, json};

/// Prefixes, as both texts name them.
const PREFIXES: [(&str, &str); 6] = [
    ("dcat", "http://www.w3.org/ns/dcat#"),
    ("dct", "http://purl.org/dc/terms/"),
    ("foaf", "http://xmlns.com/foaf/0.1/"),
    ("vcard", "http://www.w3.org/2006/vcard/ns#"),
    ("xsd", "http://www.w3.org/2001/XMLSchema#"),
    ("rdfs", "http://www.w3.org/2000/01/rdf-schema#"),
];

/// Authority tables of the Publications Office of the European Union, which DCAT-AP asks for.
const AUTHORITY: &str = "http://publications.europa.eu/resource/authority";

/// A data set with what is out of it.
#[derive(Clone, Debug, Default)]
pub struct Entry {
    /// The address of its page.
    pub address: String,
    pub title: String,
    pub description: String,
    /// Language of the texts, two letters.
    pub language: String,
    pub publisher: String,
    pub creators: Vec<String>,
    pub contact: String,
    pub licence: Option<String>,
    pub citation: String,
    pub version: String,
    /// First and last day, or year.
    pub from: String,
    pub until: String,
    pub issued: String,
    pub modified: String,
    /// ISO 3166-1 alpha-3.
    pub places: Vec<String>,
    pub keywords: Vec<String>,
    pub methods: String,
    /// The address and title of the series it is a round of.
    pub series: Option<(String, String)>,
    pub files: Vec<File>,
}

/// A file that anyone can take.
#[derive(Clone, Debug, Default)]
pub struct File {
    pub title: String,
    /// The page it is on.
    pub page: String,
    pub address: String,
    pub format: Format,
    pub issued: String,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Format {
    #[default]
    Csv,
    Json,
    Xml,
}

impl Format {
    /// Media type, and the word of the authority table of file types.
    fn words(self) -> (&'static str, &'static str) {
        match self {
            Format::Csv => ("text/csv", "CSV"),
            Format::Json => ("application/json", "JSON"),
            Format::Xml => ("application/xml", "XML"),
        }
    }
}

#[derive(Clone, Debug)]
enum Term {
    Iri(String),
    Text(String),
    /// In a language.
    Said(String, String),
    /// Of a type of XML Schema.
    Typed(String, &'static str),
}

/// A thing, its types, and what is said of it.
struct Thing {
    iri: String,
    types: Vec<&'static str>,
    says: Vec<(&'static str, Term)>,
}

impl Thing {
    fn new(iri: impl Into<String>, types: &[&'static str]) -> Thing {
        Thing { iri: iri.into(), types: types.to_vec(), says: Vec::new() }
    }

    fn say(&mut self, predicate: &'static str, term: Term) {
        let is_empty = match &term {
            Term::Iri(text) | Term::Text(text) | Term::Said(text, _) | Term::Typed(text, _) => {
                text.is_empty()
            }
        };
        if !is_empty {
            self.says.push((predicate, term));
        }
    }
}

/// The catalogue of a site.
pub struct Catalogue {
    things: Vec<Thing>,
}

impl Catalogue {
    /// `address` is the site's; texts are in `language`.
    pub fn new(
        address: &str,
        title: &str,
        description: &str,
        language: &str,
        entries: &[Entry],
    ) -> Catalogue {
        let root = format!("{address}/statistics/catalogue");
        let mut catalogue = Thing::new(&root, &["dcat:Catalog"]);
        catalogue.say("dct:title", Term::Said(title.into(), language.into()));
        catalogue.say("dct:description", Term::Said(description.into(), language.into()));
        catalogue.say("dct:publisher", Term::Iri(format!("{root}#publisher")));
        catalogue.say("foaf:homepage", Term::Iri(format!("{address}/statistics/sets")));
        catalogue.say("dct:language", Term::Iri(language_of(language)));
        let modified = entries.iter().map(|entry| entry.modified.as_str()).max().unwrap_or("");
        catalogue.say("dct:modified", dated(modified));
        catalogue.say("dcat:themeTaxonomy", Term::Iri(format!("{AUTHORITY}/data-theme")));
        for entry in entries {
            catalogue.say("dcat:dataset", Term::Iri(dataset_iri(entry)));
        }
        let mut publisher = Thing::new(format!("{root}#publisher"), &["foaf:Agent"]);
        publisher.say("foaf:name", Term::Said(title.into(), language.into()));
        let mut things = vec![catalogue, publisher];
        let mut series: Vec<&(String, String)> =
            entries.iter().filter_map(|entry| entry.series.as_ref()).collect();
        series.sort();
        // One thing has one title: that of its first round.
        series.dedup_by_key(|(iri, _)| iri.as_str());
        for (iri, title) in series {
            let mut thing = Thing::new(iri, &["dcat:DatasetSeries"]);
            thing.say("dct:title", Term::Said(title.clone(), language.into()));
            thing.say("dct:description", Term::Said(title.clone(), language.into()));
            things.push(thing);
        }
        entries.iter().for_each(|entry| describe(entry, &mut things));
        Catalogue { things }
    }

    /// One data set alone.
    pub fn of_one(entry: &Entry) -> Catalogue {
        let mut things = Vec::new();
        describe(entry, &mut things);
        Catalogue { things }
    }

    /// JSON-LD 1.1, flat.
    pub fn json_ld(&self) -> Value {
        let context: Map<String, Value> = PREFIXES
            .iter()
            .map(|(prefix, iri)| ((*prefix).to_owned(), Value::from(*iri)))
            .collect();
        let graph: Vec<Value> = self
            .things
            .iter()
            .map(|thing| {
                let mut node = Map::new();
                node.insert("@id".into(), thing.iri.as_str().into());
                node.insert("@type".into(), json!(thing.types));
                for (predicate, term) in &thing.says {
                    let value = match term {
                        Term::Iri(iri) => json!({ "@id": iri }),
                        Term::Text(text) => json!({ "@value": text }),
                        Term::Said(text, language) => {
                            json!({ "@value": text, "@language": language })
                        }
                        Term::Typed(text, kind) => json!({ "@value": text, "@type": kind }),
                    };
                    let all = node.entry(*predicate).or_insert_with(|| json!([]));
                    if let Value::Array(all) = all {
                        all.push(value);
                    }
                }
                Value::Object(node)
            })
            .collect();
        json!({ "@context": context, "@graph": graph })
    }

    /// RDF 1.1 Turtle.
    pub fn turtle(&self) -> String {
        let mut out = String::new();
        for (prefix, iri) in PREFIXES {
            let _ = writeln!(out, "@prefix {prefix}: <{iri}> .");
        }
        for thing in &self.things {
            let _ = write!(out, "\n{}\n    a {}", iri(&thing.iri), thing.types.join(", "));
            for (predicate, term) in &thing.says {
                let object = match term {
                    Term::Iri(text) => iri(text),
                    Term::Text(text) => literal(text),
                    Term::Said(text, language) => format!("{}@{language}", literal(text)),
                    Term::Typed(text, kind) => format!("{}^^{kind}", literal(text)),
                };
                let _ = write!(out, " ;\n    {predicate} {object}");
            }
            out.push_str(" .\n");
        }
        out
    }
}

fn dataset_iri(entry: &Entry) -> String {
    format!("{}#dataset", entry.address)
}

fn describe(entry: &Entry, things: &mut Vec<Thing>) {
    let said = |text: &str| Term::Said(text.into(), entry.language.clone());
    let mut dataset = Thing::new(dataset_iri(entry), &["dcat:Dataset"]);
    dataset.say("dct:identifier", Term::Text(entry.address.clone()));
    dataset.say("dct:title", said(&entry.title));
    dataset.say("dct:description", said(&entry.description));
    dataset.say("dcat:landingPage", Term::Iri(entry.address.clone()));
    dataset.say("dcat:version", Term::Text(entry.version.clone()));
    dataset.say("dct:issued", dated(&entry.issued));
    dataset.say("dct:modified", dated(&entry.modified));
    dataset.say("dct:language", Term::Iri(language_of(&entry.language)));
    dataset.say("dct:accessRights", Term::Iri(format!("{AUTHORITY}/access-right/PUBLIC")));
    for theme in ["HEAL", "JUST"] {
        dataset.say("dcat:theme", Term::Iri(format!("{AUTHORITY}/data-theme/{theme}")));
    }
    for keyword in &entry.keywords {
        dataset.say("dcat:keyword", said(keyword));
    }
    for place in &entry.places {
        dataset.say("dct:spatial", Term::Iri(format!("{AUTHORITY}/country/{place}")));
    }
    dataset.say("dct:bibliographicCitation", Term::Text(entry.citation.clone()));
    if let Some((series, _)) = &entry.series {
        dataset.say("dcat:inSeries", Term::Iri(series.clone()));
    }
    let at = |name: &str| format!("{}#{name}", entry.address);
    let mut parts = Vec::new();
    if !entry.publisher.is_empty() {
        dataset.say("dct:publisher", Term::Iri(at("publisher")));
        let mut agent = Thing::new(at("publisher"), &["foaf:Agent"]);
        agent.say("foaf:name", said(&entry.publisher));
        parts.push(agent);
    }
    for (number, creator) in entry.creators.iter().enumerate() {
        let iri = at(&format!("creator-{}", number + 1));
        dataset.say("dct:creator", Term::Iri(iri.clone()));
        let mut agent = Thing::new(iri, &["foaf:Agent"]);
        agent.say("foaf:name", said(creator));
        parts.push(agent);
    }
    if !entry.contact.is_empty() {
        dataset.say("dcat:contactPoint", Term::Iri(at("contact")));
        let mut contact = Thing::new(at("contact"), &["vcard:Kind"]);
        let name = if entry.publisher.is_empty() { &entry.title } else { &entry.publisher };
        contact.say("vcard:fn", said(name));
        match entry.contact.contains('@') && !entry.contact.contains(char::is_whitespace) {
            true => contact.say("vcard:hasEmail", Term::Iri(format!("mailto:{}", entry.contact))),
            false => contact.say("vcard:note", said(&entry.contact)),
        }
        parts.push(contact);
    }
    if !entry.from.is_empty() || !entry.until.is_empty() {
        dataset.say("dct:temporal", Term::Iri(at("time")));
        let mut time = Thing::new(at("time"), &["dct:PeriodOfTime"]);
        time.say("dcat:startDate", dated(&entry.from));
        time.say("dcat:endDate", dated(&entry.until));
        parts.push(time);
    }
    if !entry.methods.is_empty() {
        dataset.say("dct:provenance", Term::Iri(at("provenance")));
        let mut how = Thing::new(at("provenance"), &["dct:ProvenanceStatement"]);
        how.say("rdfs:label", said(&entry.methods));
        parts.push(how);
    }
    for file in &entry.files {
        let (media, kind) = file.format.words();
        dataset.say("dcat:distribution", Term::Iri(format!("{}#file", file.address)));
        let mut thing = Thing::new(format!("{}#file", file.address), &["dcat:Distribution"]);
        thing.say("dct:title", said(&file.title));
        thing.say("dcat:accessURL", Term::Iri(file.page.clone()));
        thing.say("dcat:downloadURL", Term::Iri(file.address.clone()));
        thing.say(
            "dcat:mediaType",
            Term::Iri(format!("https://www.iana.org/assignments/media-types/{media}")),
        );
        thing.say("dct:format", Term::Iri(format!("{AUTHORITY}/file-type/{kind}")));
        thing.say("dct:issued", dated(&file.issued));
        if let Some(licence) = &entry.licence {
            thing.say("dct:license", Term::Iri(licence.clone()));
        }
        parts.push(thing);
    }
    things.push(dataset);
    things.extend(parts);
}

/// schema.org's Dataset (version 28), as search engines for data read it.
pub fn schema_org(entry: &Entry, catalogue: &str) -> Value {
    let files: Vec<Value> = entry
        .files
        .iter()
        .map(|file| {
            json!({ "@type": "DataDownload", "name": file.title, "contentUrl": file.address, "encodingFormat": file.format.words().0 })
        })
        .collect();
    let mut dataset = json!({
        "@context": "https://schema.org/",
        "@type": "Dataset",
        "@id": dataset_iri(entry),
        "name": entry.title,
        // Between 50 and 5,000 letters, says the largest of those search engines.
        "description": entry.description.chars().take(5_000).collect::<String>(),
        "url": entry.address,
        "identifier": entry.address,
        "version": entry.version,
        "inLanguage": entry.language,
        "keywords": entry.keywords,
        "citation": entry.citation,
        "isAccessibleForFree": true,
        "dateModified": entry.modified,
        "datePublished": entry.issued,
        "distribution": files,
        "includedInDataCatalog": { "@type": "DataCatalog", "url": catalogue },
        "spatialCoverage": entry.places,
    });
    let time = match (entry.from.is_empty(), entry.until.is_empty()) {
        (true, true) => String::new(),
        (false, true) => format!("{}/..", entry.from),
        (true, false) => format!("../{}", entry.until),
        (false, false) if entry.from == entry.until => entry.from.clone(),
        (false, false) => format!("{}/{}", entry.from, entry.until),
    };
    for (name, value) in [
        ("temporalCoverage", time),
        ("license", entry.licence.clone().unwrap_or_default()),
        ("measurementTechnique", entry.methods.clone()),
    ] {
        if !value.is_empty() {
            dataset[name] = value.into();
        }
    }
    if !entry.publisher.is_empty() {
        dataset["publisher"] = json!({ "@type": "Organization", "name": entry.publisher });
    }
    if !entry.creators.is_empty() {
        let creators = entry.creators.iter().map(|name| json!({ "@type": "Person", "name": name }));
        dataset["creator"] = creators.collect();
    } else if !entry.publisher.is_empty() {
        dataset["creator"] = json!({ "@type": "Organization", "name": entry.publisher });
    }
    dataset
}

/// A day, a month or a year, each by its own type of XML Schema.
fn dated(text: &str) -> Term {
    let kind = match text.len() {
        4 => "xsd:gYear",
        7 => "xsd:gYearMonth",
        _ => "xsd:date",
    };
    Term::Typed(text.into(), kind)
}

fn language_of(tag: &str) -> String {
    let code = match tag.split('-').next().unwrap_or(tag) {
        "en" => "ENG",
        "fr" => "FRA",
        "uk" => "UKR",
        "ro" => "RON",
        "ru" => "RUS",
        "sr" => "SRP",
        "sq" => "SQI",
        "mk" => "MKD",
        "ka" => "KAT",
        "hy" => "HYE",
        "de" => "DEU",
        _ => "MUL",
    };
    format!("{AUTHORITY}/language/{code}")
}

/// `<…>`, with what no IRI may hold written in percent.
fn iri(text: &str) -> String {
    let mut out = String::from("<");
    for c in text.chars() {
        match c {
            '<' | '>' | '"' | '{' | '}' | '|' | '^' | '`' | '\\' | '\0'..=' ' => {
                let _ = write!(out, "%{:02X}", c as u32);
            }
            c => out.push(c),
        }
    }
    out.push('>');
    out
}

fn literal(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            c if c.is_control() => {
                let _ = write!(out, "\\u{:04X}", c as u32);
            }
            c => out.push(c),
        }
    }
    out.push('"');
    out
}
