//! A document made of figures: what a brief says, before it is a page, a paper or JSON.
//!
//! Parts give panels; the site joins them into one document; the page's template, the paper's
//! template and the API each set the same document. Every figure carries where it comes from.

use std::collections::BTreeMap;

use serde::Serialize;
use utoipa::ToSchema;

use crate::language::Words;
use crate::site::Sheet;
use crate::table::Table;

/// A whole document, worded in one language.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Document {
    pub id: String,
    /// Language tag of all text in it.
    pub language: String,
    /// What kind of document: "Country brief".
    pub kind: String,
    pub title: String,
    /// The title in the place's own languages, where that is another.
    pub local_title: Option<String>,
    pub subtitle: String,
    /// A remark that must stand wherever the title does.
    pub footnote: Option<String>,
    /// The message of page one, most important first.
    pub findings: Vec<Finding>,
    pub sections: Vec<Section>,
    /// The sources of all figures, in the order of their numbers.
    pub sources: Vec<Citation>,
    pub made: Made,
}

/// When and from what the document was made.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Made {
    /// The day (ISO 8601) of the last change to the figures.
    pub figures_of: String,
    /// The number of that change.
    pub revision: i64,
    /// The program's version.
    pub version: String,
    /// Where the page stands.
    pub address: String,
}

/// One sentence that the figures say.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Finding {
    /// How much it matters to the reader, 0 to 1; orders page one.
    pub weight: f64,
    pub text: String,
    /// The section that shows it.
    pub section: String,
    /// The figures it rests on may not be compared (flagged): said beside it.
    pub caution: Option<String>,
}

/// What one part adds to a document.
#[derive(Clone, Debug, Default)]
pub struct Panel {
    pub findings: Vec<Finding>,
    pub sections: Vec<Section>,
}

#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Section {
    /// Place in the document: 10 situation, 20 infection, 30 care, 40 equivalence, 50 trafficking,
    /// 60 what works, 70 what could be done, 80 what is not known.
    #[serde(skip)]
    pub order: u32,
    pub id: String,
    pub title: String,
    pub lead: Option<String>,
    pub blocks: Vec<Block>,
}

#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Block {
    Text { text: String },
    Note { text: String },
    Figures { title: Option<String>, figures: Vec<Figure> },
    Drawing { drawing: Drawing },
    Table { table: Table },
    Pairs { pairs: Vec<Pair> },
    Gaps { gaps: Vec<Gap> },
}

/// One figure as it is shown: known with all that makes it trustworthy, or missing with the reason.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Figure {
    pub label: String,
    /// What is measured: numerator over denominator, in words.
    pub definition: Option<String>,
    /// The indicator's own page.
    pub href: Option<String>,
    pub hue: Hue,
    pub known: Option<Known>,
    /// Why there is no figure.
    pub missing: Option<String>,
}

#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Known {
    pub number: f64,
    /// The number as the reader's language writes it, rounded to what its doubt allows.
    pub text: String,
    pub unit: String,
    pub low: Option<f64>,
    pub high: Option<f64>,
    /// "2.9–4.8", or the words for "none given".
    pub interval: String,
    /// The year, or the day of a count.
    pub period: String,
    /// Which people, where not all: "women".
    pub group: Option<String>,
    pub source: SourceMark,
    /// Sheet, table, page or row in the source; for a computed figure, how it was computed.
    pub locator: String,
    pub flag: Option<FlagMark>,
    pub note: Option<String>,
    /// The record's own page, with what it replaced.
    pub href: Option<String>,
    /// What other sources say of the same year: "Eurostat 6,990".
    pub others: Vec<String>,
}

/// A doubt about a figure.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct FlagMark {
    pub code: String,
    pub label: String,
    pub reason: String,
    /// Whether ranks, ratios and charts may rest on it all the same.
    pub usable: bool,
}

/// A pointer to a source; the site fills label and number when it joins the document.
#[derive(Clone, Debug, Default, Serialize, ToSchema)]
pub struct SourceMark {
    pub id: String,
    /// "UNAIDS 2019".
    pub label: String,
    /// The number of its citation in this document.
    pub number: usize,
}

impl SourceMark {
    pub fn of(id: &str) -> SourceMark {
        SourceMark { id: id.into(), label: id.into(), number: 0 }
    }
}

/// Prison and community keep their two colours everywhere.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum Hue {
    Inside,
    Outside,
    #[default]
    Neutral,
}

/// A chart or map: the finding as its title, the drawing, and the table behind it.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Drawing {
    pub id: String,
    pub title: String,
    pub subtitle: String,
    /// The text alternative.
    pub alt: String,
    /// SVG text, for page and paper.
    pub svg: String,
    /// A narrower setting of the same drawing, for phones and for two columns.
    pub narrow: Option<String>,
    pub table: Table,
    pub note: Option<String>,
    pub sources: Vec<SourceMark>,
}

/// One service inside and outside, and the ratio of the two.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Pair {
    pub id: String,
    pub service: String,
    pub inside: Figure,
    pub outside: Figure,
    pub ratio: Figure,
    /// What the ratio says, in one sentence.
    pub says: String,
    /// What it rests on: which years, which assumption.
    pub rests_on: String,
    /// The question that would fill the gap.
    pub question: Option<String>,
}

/// Something that is not known.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Gap {
    pub rank: usize,
    pub what: String,
    pub why: String,
    pub question: Option<String>,
    pub href: Option<String>,
}

/// A source as it is cited.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Citation {
    pub id: String,
    pub number: usize,
    pub label: String,
    /// Plain text.
    pub text: String,
    pub licence: String,
    pub link: Option<String>,
    pub read: Option<String>,
    pub href: String,
}

impl Citation {
    /// A source of which only the id is known.
    pub fn bare(id: &str) -> Citation {
        Citation {
            id: id.into(),
            number: 0,
            label: id.into(),
            text: id.into(),
            licence: String::new(),
            link: None,
            read: None,
            href: format!("/sources/{id}"),
        }
    }
}

impl Document {
    /// The ids of all sources, in the order in which figures name them.
    pub fn source_ids(&mut self) -> Vec<String> {
        let mut order: Vec<String> = Vec::new();
        self.each_source(&mut |mark| {
            if !mark.id.is_empty() && !order.contains(&mark.id) {
                order.push(mark.id.clone());
            }
        });
        order
    }

    /// Puts the citations into the document: at its end, and label and number at each mark.
    pub fn cite(&mut self, citations: Vec<Citation>) {
        let by_id: BTreeMap<&str, &Citation> =
            citations.iter().map(|c| (c.id.as_str(), c)).collect();
        self.each_source(&mut |mark| {
            if let Some(citation) = by_id.get(mark.id.as_str()) {
                mark.label.clone_from(&citation.label);
                mark.number = citation.number;
            }
        });
        self.sources = citations;
    }

    fn each_source(&mut self, visit: &mut impl FnMut(&mut SourceMark)) {
        for block in self.sections.iter_mut().flat_map(|section| &mut section.blocks) {
            match block {
                Block::Figures { figures, .. } => {
                    figures.iter_mut().for_each(|f| of_figure(f, visit))
                }
                Block::Drawing { drawing } => drawing.sources.iter_mut().for_each(&mut *visit),
                Block::Pairs { pairs } => {
                    for pair in pairs {
                        of_figure(&mut pair.inside, visit);
                        of_figure(&mut pair.outside, visit);
                        of_figure(&mut pair.ratio, visit);
                    }
                }
                Block::Table { table } => table.sources.iter_mut().for_each(&mut *visit),
                Block::Text { .. } | Block::Note { .. } | Block::Gaps { .. } => {}
            }
        }
    }

    /// The document as the typesetter takes it.
    pub fn sheet(mut self, words: &Words) -> Sheet {
        let mut drawings = Vec::new();
        for block in self.sections.iter_mut().flat_map(|section| &mut section.blocks) {
            if let Block::Drawing { drawing } = block {
                drawings.push((format!("{}.svg", drawing.id), std::mem::take(&mut drawing.svg)));
                drawing.narrow = None;
            }
        }
        let mut data = serde_json::json!({ "document": &self });
        for (name, key) in PAPER_WORDS {
            data["words"][name] = words.say(key).into();
        }
        Sheet {
            template: include_str!("../pages/document.typ"),
            data,
            drawings,
            title: format!("{} · {}", self.title, self.kind),
            language: self.language,
            day: self.made.figures_of,
        }
    }

    /// The drawing with this id.
    pub fn drawing(&self, id: &str) -> Option<&Drawing> {
        self.sections.iter().flat_map(|section| &section.blocks).find_map(|block| match block {
            Block::Drawing { drawing } if drawing.id == id => Some(drawing),
            _ => None,
        })
    }
}

/// The words that the paper's template sets itself.
const PAPER_WORDS: [(&str, &str); 19] = [
    ("findings", "paper-findings"),
    ("sources", "sources"),
    ("source", "source"),
    ("value", "value"),
    ("interval", "interval"),
    ("period", "period"),
    ("figure", "figure"),
    ("drawing", "paper-drawing"),
    ("table", "paper-table"),
    ("inside", "inside"),
    ("outside", "outside"),
    ("ratio", "inside-over-outside"),
    ("question", "question-to-ask"),
    ("page", "paper-page"),
    ("version", "paper-version"),
    ("figures_of", "paper-figures-of"),
    ("not_official", "not-official"),
    ("read", "paper-read"),
    ("care", "paper-care"),
];

fn of_figure(figure: &mut Figure, visit: &mut impl FnMut(&mut SourceMark)) {
    if let Some(known) = &mut figure.known {
        visit(&mut known.source);
    }
}
