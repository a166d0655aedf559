//! Every drawing with realistic figures, as SVG files and one page in light and dark.
//! `cargo run -p throughcare-chart --example gallery -- OUTDIR [client/dist/outlines.json]`

mod figures;

use chart::*;
use figures::*;
use std::error::Error;
use std::path::Path;

fn main() -> Result<(), Box<dyn Error>> {
    let out = std::env::args().nth(1).ok_or("name the folder to write to: gallery OUTDIR")?;
    let out = Path::new(&out);
    std::fs::create_dir_all(out)?;
    let outlines = match std::env::args().nth(2) {
        Some(file) => read_outlines(&std::fs::read_to_string(file)?)?,
        None => hexagons(),
    };
    let mut sections = String::new();
    for width in [1000.0, 360.0] {
        for theme in ["light", "dark"] {
            sections.push_str(&format!("<section class=\"{theme}\" style=\"width:{width}px\">"));
            for (name, svg) in drawings(width, theme, &outlines) {
                sections.push_str(&format!("<figure>{svg}</figure>"));
                if theme == "light" {
                    std::fs::write(out.join(format!("{name}-{width}.svg")), svg)?;
                }
            }
            sections.push_str("</section>");
        }
    }
    std::fs::write(out.join("index.html"), page(&sections))?;
    Ok(())
}

fn page(sections: &str) -> String {
    format!(
        "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>Drawings</title><style>\
         body{{margin:0;font-family:'Noto Sans',system-ui,sans-serif}}\
         section{{padding:20px;box-sizing:content-box}}figure{{margin:0 0 44px}}\
         svg.chart{{display:block;width:100%;height:auto}}.dark{{background:#15191b;color:#e8ecec}}\
         .point:focus-visible{{outline:2px solid #0f6b6b;outline-offset:2px}}\n{}</style>{sections}</html>",
        hue::dark_rules(".dark")
    )
}

fn whole(value: f64) -> String {
    let digits = format!("{:.0}", value.abs());
    let mut grouped = String::new();
    for (i, c) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i) % 3 == 0 {
            grouped.push(',');
        }
        grouped.push(c);
    }
    if value < 0.0 { format!("−{grouped}") } else { grouped }
}

fn percent(value: f64) -> String {
    if value < 10.0 && value.fract() != 0.0 {
        format!("{value:.1} %")
    } else {
        format!("{value:.0} %")
    }
}

fn ratio(value: f64) -> String {
    match value {
        v if v >= 10.0 => format!("{v:.0}"),
        v if v.fract() == 0.0 => format!("{v:.0}"),
        v if v >= 1.0 => format!("{v:.1}"),
        v => format!("{v:.2}"),
    }
}

fn drawings(width: f64, theme: &str, outlines: &Outlines) -> Vec<(&'static str, String)> {
    let id = |name: &str| format!("{name}-{theme}-{width}");
    let draw = |name: &'static str,
                title: &str,
                subtitle: &str,
                source: &str,
                number: &dyn Fn(f64) -> String,
                drawing: &dyn Fn(&Frame) -> String| {
        let id = id(name);
        let frame = Frame {
            width,
            heading: Some(Heading { subtitle, source }),
            ..Frame::new(&id, title, number)
        };
        (name, drawing(&frame))
    };
    vec![
        draw(
            "trend",
            "Fewer people are held in Moldova’s prisons since 2016",
            "People in prison per 100,000 inhabitants, Moldova and the median of the Council of Europe’s area",
            "Source: UNODC Crime Trends Survey 2023; hollow: counted on another date than in other years.",
            &whole,
            &|f| trend().draw(f),
        ),
        draw(
            "coverage",
            "Treatment inside stays far behind treatment outside",
            "People receiving opioid agonist treatment, share of those who need it",
            "Source: UNAIDS 2019. Bands: 95 % intervals.",
            &percent,
            &|f| coverage().draw(f),
        ),
        draw(
            "dots",
            "HIV is several times more common in prison than outside in every country that measured both",
            "HIV prevalence, adults in prison and outside, latest year",
            "Source: UNAIDS 2019.",
            &percent,
            &|f| dots(Axis::Log).draw(f),
        ),
        draw(
            "dots-linear",
            "Occupancy is highest in the south",
            "People held per 100 places, 2021",
            "Source: Council of Europe, SPACE I 2021.",
            &whole,
            &|f| occupancy().draw(f),
        ),
        draw(
            "ratio",
            "A person who uses drugs gets less care in prison than outside in three of five services",
            "Coverage in prison divided by coverage outside, Moldova",
            "Source: own calculation from UNAIDS 2019; intervals by Fieller’s method.",
            &ratio,
            &|f| equivalence().draw(f),
        ),
        draw(
            "forest",
            "Agonist treatment in prison saves lives",
            "Hazard or rate ratio of death and infection, treated against untreated",
            "Source: as named in each row.",
            &ratio,
            &|f| effects().draw(f),
        ),
        draw(
            "forest-linear",
            "Retention after release varies widely",
            "People still in treatment three months after release",
            "Source: as named in each row.",
            &percent,
            &|f| retention().draw(f),
        ),
        draw(
            "bars",
            "Theft and drug-law offences fill the prisons",
            "People serving a sentence by main offence, 2021",
            "Source: SPACE I 2021.",
            &whole,
            &|f| offences().draw(f),
        ),
        draw(
            "change",
            "Prisons emptied in most countries in 2020",
            "Change in people held, January to September 2020, with 95 % interval",
            "Source: SPACE I 2020.",
            &|v| if v < 0.0 { format!("−{:.0} %", -v) } else { format!("{v:.0} %") },
            &|f| change().draw(f),
        ),
        draw(
            "multiples",
            "Imprisonment fell in half of the region",
            "People in prison per 100,000 inhabitants, one scale",
            "Source: UNODC 2023.",
            &whole,
            &|f| multiples().draw(f),
        ),
        draw(
            "mix",
            "One in five people in prison is not sentenced",
            "People held by legal status, 31 January 2021",
            "Source: SPACE I 2021.",
            &percent,
            &|f| mix().draw(f),
        ),
        draw(
            "map",
            "HIV in prison is highest in the north-east",
            "HIV prevalence among people in prison, latest year 2014–2018",
            "Source: UNAIDS 2019.",
            &percent,
            &|f| map(outlines).draw(f),
        ),
        ("sparkline", Sparkline { series: falling(3), ..Sparkline::default() }.draw()),
    ]
}
