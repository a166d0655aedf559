//! Cost against people and against years, as a drawing: `cargo run --release -p throughcare-epidemic --example growth -- [most people] [file.svg]`.
//! CPU-seconds of one run of the whole model on Moldova's file; a slope of 1 is linear growth. Prints the figures as a table as well.
#![allow(clippy::print_stdout)]

mod shared;

use std::fmt::Write as _;
use std::fs;

use epidemic::region::MOST_PEOPLE;
use epidemic::{Country, Parameters, Seed, World};
use shared::{cpu_seconds, moldova};

const PEOPLE: [f64; 7] = [1_000.0, 3_690.0, 10_000.0, 36_900.0, 100_000.0, 300_000.0, 1_000_000.0];
const YEARS: [f64; 4] = [10.0, 20.0, 40.0, 80.0];

struct Line {
    name: &'static str,
    colour: &'static str,
    points: Vec<(f64, f64)>,
}

fn main() {
    let most: f64 = std::env::args().nth(1).and_then(|a| a.parse().ok()).unwrap_or(300_000.0);
    let country = moldova();
    let central = country.central();
    let people: Vec<f64> = PEOPLE.into_iter().filter(|&people| people <= most).collect();
    let one = |people: f64, years: f64| cost(&country, &of(&central, people), years);
    let lines = [
        Line {
            name: "one world",
            colour: "#1b5e8c",
            points: people.iter().map(|&n| (n, one(n, 20.0))).collect(),
        },
        Line {
            name: "worlds of at most 50,000",
            colour: "#b3541e",
            points: people
                .iter()
                .filter(|&&n| n > MOST_PEOPLE)
                .map(|&n| {
                    let worlds = (n / MOST_PEOPLE).ceil();
                    (n, (0..worlds as u64).map(|_| one(n / worlds, 20.0)).sum())
                })
                .collect(),
        },
    ];
    let years = [Line {
        name: "36,900 people",
        colour: "#1b5e8c",
        points: YEARS.iter().map(|&years| (years, one(36_900.0, years))).collect(),
    }];
    for line in lines.iter().chain(&years) {
        println!("{}: slope {:.3}", line.name, slope(&line.points));
        for (x, cpu) in &line.points {
            println!("{x:>12} {cpu:>9.3} CPU-s");
        }
    }
    let mut svg = String::from(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 760 330\" font-family=\"sans-serif\" font-size=\"12\" role=\"img\" aria-labelledby=\"t d\">\n\
         <title id=\"t\">CPU-seconds against people and against years</title>\n<rect width=\"760\" height=\"330\" fill=\"#fff\"/>\n",
    );
    let _ = writeln!(
        svg,
        "<desc id=\"d\">Both axes are logarithmic, the grey line is exact proportion. Slopes: {:.2} for people in one world, {:.2} for years.</desc>",
        slope(&lines[0].points),
        slope(&years[0].points)
    );
    panel(&mut svg, 60.0, "people who inject (20 years)", &lines);
    panel(&mut svg, 430.0, "years", &years);
    svg.push_str("</svg>\n");
    let file = std::env::args().nth(2).unwrap_or_else(|| {
        format!("{}/../../docs/images/epidemic-growth.svg", env!("CARGO_MANIFEST_DIR"))
    });
    match fs::write(&file, svg) {
        Ok(()) => println!("{file} is written"),
        Err(error) => println!("{file}: {error}"),
    }
}

fn of(p: &Parameters, people: f64) -> Parameters {
    p.sampled(people / p.people_current)
}

/// The least of two runs: what else the machine does only adds.
fn cost(country: &Country, p: &Parameters, years: f64) -> f64 {
    let run = |seed: u64| {
        let begun = cpu_seconds();
        // Small runs are repeated until the clock can tell them.
        let mut runs = 0.0;
        while runs == 0.0 || (runs < 50.0 && cpu_seconds() - begun < 0.2) {
            World::new(p, &country.prisons, Seed(seed), years).run_until(years);
            runs += 1.0;
        }
        (cpu_seconds() - begun) / runs
    };
    run(1).min(run(2))
}

/// Of the logarithms, by least squares.
fn slope(points: &[(f64, f64)]) -> f64 {
    let n = points.len() as f64;
    let logs: Vec<(f64, f64)> = points.iter().map(|(x, y)| (x.ln(), y.ln())).collect();
    let (mx, my) =
        (logs.iter().map(|p| p.0).sum::<f64>() / n, logs.iter().map(|p| p.1).sum::<f64>() / n);
    let both: f64 = logs.iter().map(|(x, y)| (x - mx) * (y - my)).sum();
    both / logs.iter().map(|(x, _)| (x - mx) * (x - mx)).sum::<f64>()
}

/// One drawing on logarithmic axes: marks at every power of ten, a grey line of exact proportion through the first line's middle.
fn panel(svg: &mut String, left: f64, label: &str, lines: &[Line]) {
    const WIDTH: f64 = 300.0;
    const TOP: f64 = 40.0;
    const HEIGHT: f64 = 230.0;
    let all = || lines.iter().flat_map(|line| &line.points);
    let ends = |value: fn(&(f64, f64)) -> f64| {
        let low = all().map(value).fold(f64::INFINITY, f64::min);
        let high = all().map(value).fold(0.0, f64::max);
        ((low * 0.8).log10(), (high * 1.25).log10())
    };
    let ((x0, x1), (y0, y1)) = (ends(|p| p.0), ends(|p| p.1));
    let x = |value: f64| left + WIDTH * (value.log10() - x0) / (x1 - x0);
    let y = |value: f64| TOP + HEIGHT * (1.0 - (value.log10() - y0) / (y1 - y0));
    let marks = |low: f64, high: f64| -> Vec<f64> {
        let steps: &[f64] = if high - low < 2.0 { &[1.0, 2.0, 5.0] } else { &[1.0] };
        (low.floor() as i32..=high.ceil() as i32)
            .flat_map(|power| steps.iter().map(move |step| step * 10_f64.powi(power)))
            .filter(|mark| (low..=high).contains(&mark.log10()))
            .collect()
    };
    for mark in marks(x0, x1) {
        let _ = writeln!(
            svg,
            "<line x1=\"{0:.1}\" x2=\"{0:.1}\" y1=\"{TOP}\" y2=\"{1}\" stroke=\"#ddd\"/><text x=\"{0:.1}\" y=\"{2}\" text-anchor=\"middle\">{3}</text>",
            x(mark),
            TOP + HEIGHT,
            TOP + HEIGHT + 18.0,
            grouped(mark)
        );
    }
    for mark in marks(y0, y1) {
        let _ = writeln!(
            svg,
            "<line x1=\"{left}\" x2=\"{1}\" y1=\"{0:.1}\" y2=\"{0:.1}\" stroke=\"#ddd\"/><text x=\"{2}\" y=\"{3:.1}\" text-anchor=\"end\">{mark}</text>",
            y(mark),
            left + WIDTH,
            left - 6.0,
            y(mark) + 4.0
        );
    }
    if let Some(line) = lines.first() {
        let (mx, my) = line.points[line.points.len() / 2];
        let (from, to) = (line.points[0].0, line.points[line.points.len() - 1].0);
        let at = |value: f64| y(my * value / mx);
        let _ = writeln!(
            svg,
            "<line x1=\"{:.1}\" y1=\"{:.1}\" x2=\"{:.1}\" y2=\"{:.1}\" stroke=\"#999\" stroke-dasharray=\"5 4\"/>",
            x(from),
            at(from),
            x(to),
            at(to)
        );
    }
    for (row, line) in lines.iter().enumerate() {
        let path: Vec<String> =
            line.points.iter().map(|&(px, py)| format!("{:.1},{:.1}", x(px), y(py))).collect();
        let _ = writeln!(
            svg,
            "<polyline points=\"{}\" fill=\"none\" stroke=\"{}\" stroke-width=\"2\"/>",
            path.join(" "),
            line.colour
        );
        for &(px, py) in &line.points {
            let _ = writeln!(
                svg,
                "<circle cx=\"{:.1}\" cy=\"{:.1}\" r=\"3.5\" fill=\"{}\"/>",
                x(px),
                y(py),
                line.colour
            );
        }
        let _ = writeln!(
            svg,
            "<text x=\"{}\" y=\"{}\" fill=\"{}\">{}</text>",
            left + 8.0,
            TOP + 16.0 + 16.0 * row as f64,
            line.colour,
            line.name
        );
    }
    let _ = writeln!(
        svg,
        "<text x=\"{left}\" y=\"24\" font-weight=\"bold\">CPU-seconds of one run</text>"
    );
    let _ = writeln!(
        svg,
        "<text x=\"{}\" y=\"{}\" text-anchor=\"middle\">{label}</text>",
        left + WIDTH / 2.0,
        TOP + HEIGHT + 40.0
    );
}

fn grouped(value: f64) -> String {
    let digits = format!("{value}");
    let mut text = String::new();
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}
