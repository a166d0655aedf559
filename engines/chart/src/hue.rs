//! The colours of every drawing: the paper colour written into the SVG, and the class by which a page overrides it.
//! Prison is deep teal and community is ochre everywhere; the scales are safe for colour-blind eyes and keep their order in grey print.

/// What a series, bar or point speaks of; it decides colour, marker and dash together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Hue {
    /// Prison: deep teal, filled circle, solid line.
    Inside,
    /// Community: ochre, open diamond, dashed line.
    Outside,
    /// Neither, or general: ink grey, filled square, solid line.
    #[default]
    Neutral,
    /// One of [`ACCENT`], counted round; markers and dashes differ as well.
    Accent(u8),
}

/// One named colour: on paper and light pages, and on dark pages.
///
/// In a drawing the name appears in classes: `c-NAME` fills, `l-NAME` strokes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Colour {
    pub name: &'static str,
    pub light: &'static str,
    pub dark: &'static str,
}

const fn colour(name: &'static str, light: &'static str, dark: &'static str) -> Colour {
    Colour { name, light, dark }
}

/// Text and strong lines.
pub const INK: Colour = colour("ink", "#1c2426", "#e8ecec");
/// Axis numbers, notes, sources: 4.5:1 or better on [`PAPER`].
pub const MUTED: Colour = colour("muted", "#5b6669", "#a3afb1");
/// Gridlines and leader lines.
pub const GRID: Colour = colour("grid", "#dde2e2", "#384246");
/// The ground of the drawing, and text on full colour.
pub const PAPER: Colour = colour("paper", "#ffffff", "#15191b");
/// Prison.
pub const INSIDE: Colour = colour("inside", "#0f6b6b", "#4fbcb6");
/// Community.
pub const OUTSIDE: Colour = colour("outside", "#a35f00", "#e3a54a");
/// Neither prison nor community.
pub const NEUTRAL: Colour = colour("neutral", "#566166", "#aab5b8");
/// Land and shapes of which nothing is known, under the hatching.
pub const VOID: Colour = colour("void", "#f1f3f3", "#23292c");

/// Colours for series that are neither inside nor outside, after Okabe and Ito 2008 ("Color
/// Universal Design"), darkened until text in them can be read on paper (4.5:1).
pub const ACCENT: [Colour; 5] = [
    colour("accent-0", "#2f5d9b", "#7fabe6"),
    colour("accent-1", "#8a4a7d", "#d293c5"),
    colour("accent-2", "#4c6b1f", "#a5c46a"),
    colour("accent-3", "#a3452c", "#ee9478"),
    colour("accent-4", "#5a5a5a", "#b9b9b9"),
];

/// Seven steps of one hue from little to much; on dark pages little is dark, so that much still stands out.
pub const SEQUENTIAL: [Colour; 7] = [
    colour("seq-0", "#e3f1ef", "#1d3436"),
    colour("seq-1", "#c1e0dc", "#1f474a"),
    colour("seq-2", "#97cac5", "#235d5f"),
    colour("seq-3", "#66afaa", "#2f7877"),
    colour("seq-4", "#37908d", "#439792"),
    colour("seq-5", "#146f6f", "#6bb9b1"),
    colour("seq-6", "#07484a", "#a7ddd5"),
];

/// Seven steps from much less (ochre) through equal (grey) to much more (teal).
pub const DIVERGING: [Colour; 7] = [
    colour("div-0", "#8a4b00", "#f0b35b"),
    colour("div-1", "#c4873a", "#b9802f"),
    colour("div-2", "#e6c591", "#77552a"),
    colour("div-3", "#eceeee", "#3a4144"),
    colour("div-4", "#9fcfca", "#2d6664"),
    colour("div-5", "#3d9490", "#3f9993"),
    colour("div-6", "#07595a", "#84d3ca"),
];

/// Every colour that can occur in a drawing, in one order, for authors of stylesheets.
pub fn colours() -> Vec<Colour> {
    let mut all = vec![INK, MUTED, GRID, PAPER, INSIDE, OUTSIDE, NEUTRAL, VOID];
    all.extend(ACCENT);
    all.extend(SEQUENTIAL);
    all.extend(DIVERGING);
    all
}

/// The rules that show drawings in dark colours wherever `selector` holds.
///
/// ```
/// let css = chart::hue::dark_rules("[data-theme=dark]");
/// assert!(css.contains("[data-theme=dark] .c-inside{fill:#4fbcb6}"));
/// assert!(css.contains("[data-theme=dark] .l-inside{stroke:#4fbcb6}"));
/// ```
pub fn dark_rules(selector: &str) -> String {
    rules(selector, |colour| colour.dark)
}

/// The rules that show drawings in paper colours wherever `selector` holds: for a light theme
/// chosen by hand on a dark system, and for print.
pub fn light_rules(selector: &str) -> String {
    rules(selector, |colour| colour.light)
}

fn rules(selector: &str, shade: fn(&Colour) -> &'static str) -> String {
    let mut css = String::new();
    for colour in colours() {
        let (name, value) = (colour.name, shade(&colour));
        css.push_str(&format!(
            "{selector} .c-{name}{{fill:{value}}}\n{selector} .l-{name}{{stroke:{value}}}\n"
        ));
    }
    css
}

/// The shape of a point, so that no reader needs the colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Shape {
    Circle,
    Diamond,
    Square,
    Triangle,
}

impl Hue {
    /// The colour of lines, marks and words of this hue.
    pub fn colour(self) -> Colour {
        match self {
            Hue::Inside => INSIDE,
            Hue::Outside => OUTSIDE,
            Hue::Neutral => NEUTRAL,
            Hue::Accent(n) => ACCENT[n as usize % ACCENT.len()],
        }
    }

    pub(crate) fn shape(self) -> Shape {
        match self {
            Hue::Inside => Shape::Circle,
            Hue::Outside => Shape::Diamond,
            Hue::Neutral => Shape::Square,
            Hue::Accent(n) => {
                [Shape::Triangle, Shape::Square, Shape::Diamond, Shape::Circle][n as usize % 4]
            }
        }
    }

    /// The community's diamond is open, so that grey print tells it from the filled circle.
    pub(crate) fn open(self) -> bool {
        self == Hue::Outside
    }

    pub(crate) fn dash(self) -> Option<&'static str> {
        match self {
            Hue::Outside => Some("6 3"),
            Hue::Accent(n) => [None, Some("2 3"), Some("9 3"), Some("9 3 2 3")][n as usize % 4],
            Hue::Inside | Hue::Neutral => None,
        }
    }
}
