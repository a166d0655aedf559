//! What a form asks, in the order in which it asks: for whoever lays the questions out on pages or
//! writes the answers into a table.

use super::Filling;
use super::xform::{Control, XForm, path_of};
use crate::xml::NodeId;

/// A question, a group or a repeat as the body of the form has it. Groups come before what is in them.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Asked<'a> {
    /// Names from the root: `["data", "person", "age"]`.
    pub path: &'a [String],
    /// The control: `input`, `select1`, `select`, `rank`, `range`, `upload`, `trigger`, `group`, `repeat` …
    pub control: &'a str,
    /// How the answer is stored: `string`, `int`, `date` …
    pub data_type: &'a str,
    pub appearance: &'a [String],
    /// Least and greatest answer of a range.
    pub bounds: Option<(f64, f64)>,
    /// Distance between the answers of a range.
    pub step: Option<f64>,
    /// What kind of file an upload takes: `image/*`.
    pub media: Option<&'a str>,
    /// Which files in particular, as its author wrote it (`body::accept`): `.pdf,.jpg`.
    pub accept: Option<&'a str>,
    /// Whether the form itself says how many instances the repeat has.
    pub counted: bool,
}

impl Filling {
    /// What is asked at a node.
    pub fn asked(&self, node: NodeId) -> Option<Asked<'_>> {
        let control = self.form.control(&path_of(&self.document, node))?;
        Some(self.form.asked(control))
    }
}

impl XForm {
    /// Everything that is shown, in order.
    pub fn outline(&self) -> impl Iterator<Item = Asked<'_>> {
        self.controls.iter().map(|control| self.asked(control))
    }

    /// The names of all nodes that hold a calculation and are shown nowhere, in the order of the form.
    pub fn calculated(&self) -> Vec<&[String]> {
        let mut found: Vec<&[String]> = self
            .binds
            .iter()
            .filter(|bind| bind.calculate.is_some() && self.control(&bind.path).is_none())
            .map(|bind| bind.path.as_slice())
            .collect();
        found.sort();
        found
    }

    fn asked<'a>(&'a self, control: &'a Control) -> Asked<'a> {
        let counted = self.repeats.iter().any(|it| it.path == control.path && it.count.is_some());
        Asked {
            path: &control.path,
            control: &control.kind,
            data_type: self.bind(&control.path).map_or("string", |bind| &bind.data_type),
            appearance: &control.appearance,
            bounds: control.bounds,
            step: control.step,
            media: control.media.as_deref(),
            accept: control.accept.as_deref(),
            counted,
        }
    }
}
