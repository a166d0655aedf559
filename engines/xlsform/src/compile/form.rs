//! The compiled form as the rest of the house sees it: its names, its languages, its questions
//! and its XML.

use super::element::{Kind, Tree};
use super::itext::Itext;
use super::names::is_element_name;
use super::paths::Paths;
use super::translations::by_language;
use super::unworded::{Unworded, unworded};
use super::value::{Map, Value};
use super::write::Node;
use super::{body, model};
use crate::Problem;
use crate::workbook::Workbook;

/// A questionnaire that has been compiled without errors.
#[derive(Debug, Clone)]
pub struct Form {
    id: String,
    title: String,
    version: Option<String>,
    default_language: String,
    languages: Vec<String>,
    questions: Vec<Question>,
    unworded: Vec<Unworded>,
    xml: String,
    item_sets: Option<String>,
}

/// One question, group or repeat, for a codebook or a table of contents.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Question {
    /// Path of its node: `/data/person/age`.
    pub path: String,
    pub name: String,
    /// Question type as the standard names it; `group` and `repeat` for containers.
    pub type_name: String,
    /// Labels by language, in the order of the columns.
    pub labels: Vec<(String, String)>,
    /// List, file or reference that choices come from.
    pub list: Option<String>,
    /// Row of the survey sheet; none for nodes the compiler adds.
    pub row: Option<u32>,
}

impl Form {
    pub(crate) fn new(mut tree: Tree, workbook: &Workbook) -> Result<Self, Problem> {
        body::mark_searches(&mut tree)?;
        let paths = Paths::new(&tree);
        let itext = Itext::of(&tree, &paths)?;
        let mut html = Node::new("h:html");
        for (name, uri) in NAMESPACES {
            html.set(name, uri);
        }
        for (prefix, uri) in namespaces(&tree) {
            html.set(format!("xmlns:{prefix}"), uri);
        }
        let head = Node::new("h:head")
            .child(title(&tree.settings.title))
            .child(model::model(&tree, &paths, &itext)?);
        let html = html.child(head).child(body::body(&tree, &paths)?);
        let settings = &tree.settings;
        Ok(Self {
            id: settings.id.clone(),
            title: settings.title.clone(),
            version: settings.values.get("version").map(Value::display),
            default_language: settings.default_language.clone(),
            unworded: unworded(&tree, &itext.languages()),
            languages: itext.languages(),
            questions: questions(&tree, &paths),
            xml: html.document(),
            item_sets: item_sets(workbook),
        })
    }

    /// Identifies the form to clients and servers (`form_id`).
    pub fn id(&self) -> &str {
        &self.id
    }

    pub fn title(&self) -> &str {
        &self.title
    }

    pub fn version(&self) -> Option<&str> {
        self.version.as_deref()
    }

    pub fn default_language(&self) -> &str {
        &self.default_language
    }

    /// Languages of the itext, in the order in which the workbook brings them up. Empty for
    /// a form in one language that has no media.
    pub fn languages(&self) -> &[String] {
        &self.languages
    }

    /// Questions and groups in the order of the questionnaire.
    pub fn questions(&self) -> &[Question] {
        &self.questions
    }

    /// What lacks a label in one of several languages.
    pub fn unworded(&self) -> &[Unworded] {
        &self.unworded
    }

    /// The XForm, as ODK clients read it.
    pub fn xml(&self) -> &str {
        &self.xml
    }

    /// The `itemsets.csv` that goes with a form that uses external choices.
    pub fn item_sets(&self) -> Option<&str> {
        self.item_sets.as_deref()
    }
}

const NAMESPACES: [(&str, &str); 7] = [
    ("xmlns", "http://www.w3.org/2002/xforms"),
    ("xmlns:h", "http://www.w3.org/1999/xhtml"),
    ("xmlns:ev", "http://www.w3.org/2001/xml-events"),
    ("xmlns:xsd", "http://www.w3.org/2001/XMLSchema"),
    ("xmlns:jr", "http://openrosa.org/javarosa"),
    ("xmlns:orx", "http://openrosa.org/xforms"),
    ("xmlns:odk", "http://www.opendatakit.org/xforms"),
];

/// Whether a form with these settings declares a prefix.
pub(crate) fn declares(settings: &Map, prefix: &str) -> bool {
    prefix == "xml"
        || is_declared_always(prefix)
        || own_namespaces(settings).0.iter().any(|(own, _)| own == prefix)
}

fn is_declared_always(prefix: &str) -> bool {
    NAMESPACES.iter().any(|(known, _)| known.strip_prefix("xmlns:") == Some(prefix))
}

/// `namespaces` of the settings sheet, `esri="http://esri.com/xforms"`, as prefix and address; and what of it is neither.
pub(crate) fn own_namespaces(settings: &Map) -> (Vec<(String, String)>, Vec<String>) {
    let text = settings.get("namespaces").map(Value::display).unwrap_or_default();
    let (mut found, mut unusable) = (Vec::<(String, String)>::new(), Vec::new());
    for part in text.split_whitespace() {
        let (prefix, uri) = part.split_once('=').unwrap_or_default();
        let uri = uri.replace(['"', '\''], "");
        let is_prefix =
            is_element_name(prefix) && !prefix.contains(':') && !["xml", "xmlns"].contains(&prefix);
        if !is_prefix || uri.is_empty() || uri.contains('=') {
            unusable.push(part.to_owned());
        } else if let Some((_, old)) = found.iter_mut().find(|(other, _)| other == prefix) {
            *old = uri;
        } else if !is_declared_always(prefix) {
            found.push((prefix.to_owned(), uri));
        }
    }
    (found, unusable)
}

/// Those that the form declares, and that of entities.
fn namespaces(tree: &Tree) -> Vec<(String, String)> {
    let mut all = own_namespaces(&tree.settings.values).0;
    if tree.entity_version.is_some() {
        all.retain(|(prefix, _)| prefix != "entities");
        let uri = "http://www.opendatakit.org/xforms/entities";
        all.push(("entities".to_owned(), uri.to_owned()));
    }
    all
}

fn title(text: &str) -> Node {
    Node::new("h:title").text(text)
}

fn questions(tree: &Tree, paths: &Paths) -> Vec<Question> {
    let language = tree.settings.default_language.as_str();
    let ids = tree.descendants(Tree::ROOT).into_iter().skip(1);
    ids.filter(|id| matches!(tree.get(*id).kind, Kind::Group | Kind::Repeat | Kind::Question))
        .map(|id| {
            let element = tree.get(id);
            let labels = element.label.as_ref().map(|label| by_language(label, language));
            let owned = |(language, text): (&str, &str)| (language.to_owned(), text.to_owned());
            Question {
                path: paths.of(id).to_owned(),
                name: element.name.clone(),
                type_name: element.type_name.clone(),
                labels: labels.unwrap_or_default().into_iter().map(owned).collect(),
                list: element.itemset.clone(),
                row: element.row,
            }
        })
        .collect()
}

/// The external_choices sheet as CSV with every cell quoted.
fn item_sets(workbook: &Workbook) -> Option<String> {
    let sheet = workbook.sheet("external_choices").filter(|sheet| !sheet.rows.is_empty())?;
    let mut writer =
        csv::WriterBuilder::new().quote_style(csv::QuoteStyle::Always).from_writer(Vec::new());
    writer.write_record(&sheet.header).ok()?;
    for row in &sheet.rows {
        let cell = |name: &String| {
            row.iter().find(|(header, _)| header == name).map_or("", |(_, value)| value)
        };
        writer.write_record(sheet.header.iter().map(cell)).ok()?;
    }
    String::from_utf8(writer.into_inner().ok()?).ok()
}
