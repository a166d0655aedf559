//! Runs of the epidemic model from the command line: simulate, calibrate, and the standard policies of a brief.

use std::fs::{self, File, OpenOptions};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use anyhow::{Context, Result, anyhow, bail};
use base::{App, Settings, Words};
use clap::Args;
use epidemic::ensemble::DrawResult;
use epidemic::{Checkpoint, Country, Ensemble, Plan, checkpoint::checkpoint_record, databook};
use indicatif::{ProgressBar, ProgressStyle};
use scenarios::simulation::{self, Simulation};
use scenarios::{Model, budget, calibrating, fitted, policy, targets};

use crate::{columns, country, equipment, get, known_language, rounds};

pub const SIMULATE_HELP: &str = "\
Examples:
  throughcare simulate MDA --scenario oat.toml --out run
  throughcare simulate MDA --scenario oat.toml --scenario naloxone.toml --draws 500 --seed 7 --out run
  throughcare simulate MDA --draws 100 --out run           the country as it goes on, alone

A policy is a file:
  name = \"OAT in prison at 40 % by 2030\"
  [[intervention]]
  what = \"oat\"
  where = \"prison\"
  target = 0.4
  from = 2027
  to = 2030

The folder receives results.csv and results.parquet (every draw, year and place), summary.csv, elimination.csv (WHO's targets for
2030), certificate.json, the policies, and drawings as SVG and PNG. Same country, policies, draws and seed: same bytes, on any number of threads. Ctrl-C keeps the finished draws; the same
command goes on from them.";

pub const CALIBRATE_HELP: &str = "\
Examples:
  throughcare calibrate MDA --out data/runs      to be compiled into the next build
  throughcare calibrate MDA --out fit --plots fit/plots
  throughcare calibrate MDA --figure hcv_prevalence_prison --figure hiv_prevalence_prison/2026 --out fit
  throughcare calibrate MDA.toml --out fit       the country of a file

Writes MDA.calibration.json (how, and which targets are met) and MDA.draws.csv (the draws); with --plots also drawings as SVG and
PNG: each target against the fitted model, and each figure that was learnt before and after.

--figure holds the model also against a figure of this site, such as one that the programme measured and released itself: its
latest, or that of a year. It takes the place of a target of the same measure and year. The country's file with it is written
beside the draws as MDA.toml, since they belong to it. The page \"How well the model fits\" lists the figures there are.";

pub const POLICIES_HELP: &str = "\
Example:
  throughcare policies MDA --out data/runs       to be compiled into the next build

Writes MDA.policies.json, from which the country's brief tells what could be done, and MDA.budget.json, what a yearly amount
buys.";

#[derive(Args)]
pub struct Simulate {
    /// ISO 3166 code, such as MDA
    country: String,
    /// A policy's file; several are compared
    #[arg(long = "scenario", value_name = "FILE")]
    scenarios: Vec<PathBuf>,
    /// Sets of figures, each with its own fate
    #[arg(long, default_value_t = 100, value_parser = clap::value_parser!(u32).range(1..=100_000))]
    draws: u32,
    /// All chance follows from it
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Years to run, from the country's first
    #[arg(long, default_value_t = 29, value_parser = clap::value_parser!(u32).range(1..=80))]
    years: u32,
    /// Per cent of the people that are followed
    #[arg(long, default_value_t = 100.0, value_parser = per_cent)]
    people: f64,
    /// Draw from the country's file, although it has been calibrated
    #[arg(long)]
    from_file: bool,
    /// Folder for the results
    #[arg(long, value_name = "DIR")]
    out: PathBuf,
    /// Threads [default: one for each core]
    #[arg(long)]
    threads: Option<usize>,
    /// Language of summary and drawings, such as fr
    #[arg(long, default_value = "en")]
    lang: String,
}

#[derive(Args)]
pub struct Calibrate {
    /// ISO 3166 code, such as MDA, or a country's file
    pub country: String,
    /// Hold it also against a figure of this site, such as hcv_prevalence_prison or hcv_prevalence_prison/2026
    #[arg(long = "figure", value_name = "INDICATOR[/YEAR]")]
    pub figures: Vec<String>,
    /// Sets of figures to begin with; a quarter of that many are added each round
    #[arg(long, default_value_t = 600, value_parser = clap::value_parser!(u32).range(10..=100_000))]
    particles: u32,
    /// Rounds at most
    #[arg(long, default_value_t = 20)]
    rounds: usize,
    /// Draws to keep
    #[arg(long, default_value_t = 200, value_parser = clap::value_parser!(u32).range(1..=10_000))]
    keep: u32,
    /// Per cent of the people that each run follows
    #[arg(long, default_value_t = 30.0, value_parser = per_cent)]
    people: f64,
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Folder for the two files
    #[arg(long, value_name = "DIR", default_value = ".")]
    out: PathBuf,
    /// Folder for drawings of the fit [default: none are made]
    #[arg(long, value_name = "DIR")]
    plots: Option<PathBuf>,
    /// Language of the drawings, such as fr
    #[arg(long, default_value = "en")]
    lang: String,
    /// Threads [default: one for each core]
    #[arg(long)]
    threads: Option<usize>,
}

#[derive(Args)]
pub struct Policies {
    /// ISO 3166 code, such as MDA
    country: String,
    #[arg(long, default_value_t = 100, value_parser = clap::value_parser!(u32).range(1..=10_000))]
    draws: u32,
    /// Per cent of the people that are followed
    #[arg(long, default_value_t = 100.0, value_parser = per_cent)]
    people: f64,
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Folder for the file
    #[arg(long, value_name = "DIR", default_value = ".")]
    out: PathBuf,
    /// Threads [default: one for each core]
    #[arg(long)]
    threads: Option<usize>,
}

fn per_cent(text: &str) -> Result<f64, String> {
    let read = text.parse::<f64>().ok().filter(|value| *value > 0.0 && *value <= 100.0);
    read.ok_or_else(|| format!("{text:?} is not a number above 0 and at most 100"))
}

pub async fn simulate(settings: &Settings, line: Simulate) -> Result<()> {
    let languages = web::languages(settings)?;
    let words = known_language(&languages, &line.lang)?;
    let model = known_model(&line.country)?;
    let mut files = Vec::new();
    for path in &line.scenarios {
        let text = fs::read_to_string(path)
            .with_context(|| format!("{} cannot be read; name a policy's file", path.display()))?;
        files.push((path.display().to_string(), text));
    }
    let how = simulation::Settings {
        draws: line.draws as usize,
        seed: line.seed,
        years: line.years as usize,
        people: line.people,
        from_file: line.from_file,
    };
    let simulation = match Simulation::new(model, &files, how) {
        Ok(simulation) => simulation,
        Err(problems) => {
            let lines: Vec<String> = problems.iter().map(ToString::to_string).collect();
            bail!("the policies cannot be used: {}", lines.join("; "));
        }
    };
    threads(line.threads)?;
    fs::create_dir_all(&line.out).with_context(|| {
        format!("{} cannot be made; name a folder that may be written", line.out.display())
    })?;
    let stop = stop_at_interrupt();
    let simulation = Arc::new(simulation);
    let (asked, out) = (simulation.clone(), line.out.clone());
    let ensemble = tokio::task::spawn_blocking(move || draw_on(&asked, &out, &stop)).await??;
    report(words, &simulation, &ensemble, &line.out)
}

/// Runs the draws that are not finished yet, each kept as soon as it is done.
fn draw_on(simulation: &Simulation, out: &Path, stop: &AtomicBool) -> Result<Ensemble> {
    let plan = simulation.plan();
    let path = out.join("finished.draws");
    let bytes = match fs::read(&path) {
        Ok(bytes) => bytes,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Vec::new(),
        Err(error) => {
            return Err(error).with_context(|| format!("{} cannot be read", path.display()));
        }
    };
    let checkpoint = Checkpoint::read(&plan, &bytes).map_err(|refused| {
        anyhow::anyhow!(
            "{} holds the draws of another run ({refused}); name another folder with --out, or delete that file",
            path.display()
        )
    })?;
    let kept = open_checkpoint(&plan, &checkpoint, &bytes, &path)?;
    let bar = bar(plan.draws.len() as u64, "draws");
    bar.set_position(checkpoint.finished() as u64);
    if checkpoint.finished() > 0 {
        eprintln!("Going on from {} finished draws.", checkpoint.finished());
    }
    let kept = Mutex::new((kept, None));
    let ensemble = plan.resume(checkpoint, &|draw: &DrawResult| {
        let mut kept = kept.lock().unwrap_or_else(PoisonError::into_inner);
        if let Err(error) = kept.0.write_all(&checkpoint_record(draw)) {
            kept.1 = Some(error);
        }
        bar.inc(1);
        kept.1.is_none() && !stop.load(Ordering::Relaxed)
    });
    bar.finish_and_clear();
    let (_, failed) = kept.into_inner().unwrap_or_else(PoisonError::into_inner);
    if let Some(error) = failed {
        return Err(error)
            .with_context(|| format!("{} cannot be written; is there room?", path.display()));
    }
    if ensemble.complete {
        fs::remove_file(&path).with_context(|| format!("{} cannot be removed", path.display()))?;
    }
    Ok(ensemble)
}

/// The file of finished draws, cut to what is whole in it, or begun.
fn open_checkpoint(
    plan: &Plan,
    checkpoint: &Checkpoint,
    bytes: &[u8],
    path: &Path,
) -> Result<File> {
    let hint = || {
        format!(
            "{} cannot be written; check that its folder may be written and has room",
            path.display()
        )
    };
    if bytes.is_empty() || checkpoint.whole_bytes == 0 {
        let mut file = File::create(path).with_context(hint)?;
        file.write_all(&plan.checkpoint_head()).with_context(hint)?;
        return Ok(file);
    }
    let file = OpenOptions::new().append(true).open(path).with_context(hint)?;
    file.set_len(checkpoint.whole_bytes as u64).with_context(hint)?;
    Ok(file)
}

fn report(words: &Words, simulation: &Simulation, ensemble: &Ensemble, out: &Path) -> Result<()> {
    if ensemble.draws.is_empty() {
        bail!("stopped before the first draw was finished; nothing was written");
    }
    for (name, bytes) in simulation::files(words, simulation, ensemble) {
        let path = out.join(&name);
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder)
                .with_context(|| format!("{} cannot be made", folder.display()))?;
        }
        match name.strip_suffix(".svg") {
            Some(stem) => draw(out, stem, &String::from_utf8_lossy(&bytes))?,
            None => get::save(&bytes, &path)?,
        }
    }
    let notes = [
        ("country", simulation.country.code.clone()),
        ("seed", simulation.seed.to_string()),
        ("hash", simulation.plan().hash().to_string()),
        ("version", epidemic::inputs::version()),
        ("complete", ensemble.complete.to_string()),
    ];
    get::save(&columns::parquet(ensemble, &notes)?, &out.join("results.parquet"))?;
    get::print(&simulation::text(words, ensemble, &simulation.country.currency))?;
    let assumed = simulation.country.assumed().count();
    let all = simulation.country.given.len();
    let figures = if simulation.calibrated {
        "fitted to the country's published figures"
    } else {
        "drawn from the country's file, not fitted"
    };
    eprintln!(
        "\n{assumed} of {all} figures rest on no published source; {figures}. Results: {}",
        out.display()
    );
    if !ensemble.complete {
        eprintln!(
            "Stopped after {} of {} draws; the same command goes on from here.",
            ensemble.draws.len(),
            simulation.draws.len()
        );
    }
    Ok(())
}

/// A drawing as SVG and as PNG.
fn draw(folder: &Path, stem: &str, svg: &str) -> Result<()> {
    get::save(svg.as_bytes(), &folder.join(format!("{stem}.svg")))?;
    if let Some(raster) = equipment::EQUIPMENT.raster {
        get::save(&raster(svg, PNG_PIXELS)?, &folder.join(format!("{stem}.png")))?;
    }
    Ok(())
}

const PNG_PIXELS: u32 = 1600;
const BUDGET_DRAWS: usize = 40;
const BUDGET_PEOPLE: f64 = 10.0;

/// The country with the figures of the site that it shall also be held against.
pub async fn held_against(site: &App, line: &Calibrate) -> Result<Country> {
    let country = country::named(&line.country)?;
    let held = targets::held_against(site, &country, &line.figures).await;
    held.map_err(|refusal| rounds::worded(site, &refusal))?.map_err(|unknown| anyhow!("{unknown}"))
}

pub async fn calibrate(settings: &Settings, line: Calibrate, country: Country) -> Result<()> {
    let languages = web::languages(settings)?;
    let words = known_language(&languages, &line.lang)?;
    threads(line.threads)?;
    let how = calibrating::Settings {
        particles: line.particles as usize,
        rounds: line.rounds,
        keep: line.keep as usize,
        people: line.people,
        seed: line.seed,
    };
    let stop = stop_at_interrupt();
    let bar = ProgressBar::new_spinner().with_style(ProgressStyle::with_template(
        "{spinner} {pos} sets of figures tried, {elapsed}",
    )?);
    bar.enable_steady_tick(std::time::Duration::from_millis(200));
    let shown = bar.clone();
    let fitted = country.clone();
    let run = move || {
        calibrating::calibrate(&fitted, how, &|tried| {
            shown.set_position(tried as u64);
            !stop.load(Ordering::Relaxed)
        })
    };
    let posterior = tokio::task::spawn_blocking(run).await?.map_err(anyhow::Error::msg)?;
    bar.finish_and_clear();
    let report = calibrating::report(&country, how, &posterior, &today());
    let mut text = format!(
        "{}: {} sets of figures in {} rounds, worth {} equal ones\n",
        country.name, report.particles, report.rounds, report.effective
    );
    for fit in &report.fits {
        text += &format!(
            "  {:<28} {}  published {:>9.3} ({:.3} to {:.3})  model {:>9.3} ({:.3} to {:.3}){}\n",
            fit.measure,
            fit.year,
            fit.value,
            fit.low,
            fit.high,
            fit.found,
            fit.found_low,
            fit.found_high,
            if fit.met { "" } else { "  NOT MET" }
        );
    }
    get::print(&text)?;
    let json = serde_json::to_string_pretty(&report)? + "\n";
    keep(&line.out, &format!("{}.calibration.json", country.code), json.as_bytes())?;
    keep(&line.out, &format!("{}.draws.csv", country.code), posterior.csv().as_bytes())?;
    if !line.figures.is_empty() {
        // The draws belong to these figures: without them in its file the site would not use them.
        let text = databook::file_text(&country, country::effects()?);
        keep(&line.out, &format!("{}.toml", country.code), text.as_bytes())?;
    }
    let Some(plots) = &line.plots else { return Ok(()) };
    fs::create_dir_all(plots)
        .with_context(|| format!("{} cannot be made; name another folder", plots.display()))?;
    let draws = posterior.draws();
    let drawings = fitted::drawings(words, &country, &report.fits, &report.learnt, &draws);
    for (name, svg) in drawings {
        draw(plots, &name, &svg)?;
    }
    Ok(())
}

pub async fn policies(line: Policies) -> Result<()> {
    let model = known_model(&line.country)?;
    threads(line.threads)?;
    let stop = stop_at_interrupt();
    let bar = bar(line.draws.into(), "draws");
    let shown = bar.clone();
    let asked = stop.clone();
    let how = policy::Settings {
        draws: line.draws as usize,
        people: line.people,
        seed: line.seed,
        day: today(),
    };
    let run = move || {
        let policies = policy::compute(model, &how, &|done| {
            shown.set_position(done as u64);
            !asked.load(Ordering::Relaxed)
        })?;
        shown.finish_and_clear();
        eprintln!("What a yearly amount buys: some hundred mixes…");
        // Its mixes are many and only compared with each other: the explorer's sample is enough.
        let sample = policy::Settings { draws: BUDGET_DRAWS, people: BUDGET_PEOPLE, ..how };
        let budget = budget::compute(model, &sample, &|| !stop.load(Ordering::Relaxed))?;
        Some((policies, budget))
    };
    let found = tokio::task::spawn_blocking(run).await?;
    let Some((policies, budget)) = found else { bail!("stopped; nothing was written") };
    let json = serde_json::to_string(&policies)? + "\n";
    keep(&line.out, &format!("{}.policies.json", line.country), json.as_bytes())?;
    let json = serde_json::to_string(&budget)? + "\n";
    keep(&line.out, &format!("{}.budget.json", line.country), json.as_bytes())
}

fn keep(folder: &Path, name: &str, bytes: &[u8]) -> Result<()> {
    fs::create_dir_all(folder).with_context(|| format!("{} cannot be made", folder.display()))?;
    let path = folder.join(name);
    get::save(bytes, &path)?;
    eprintln!("{} ({} kB)", path.display(), bytes.len().div_ceil(1024));
    Ok(())
}

fn known_model(code: &str) -> Result<&'static Model> {
    if let Some(model) = scenarios::model(code) {
        return Ok(model);
    }
    let known: Vec<&str> = scenarios::models().keys().map(String::as_str).collect();
    bail!("there is no model of {code:?}; there are: {}", known.join(", "))
}

fn bar(all: u64, what: &str) -> ProgressBar {
    let template = format!("{{bar:30}} {{pos}} of {{len}} {what}, {{elapsed}}, some {{eta}} left");
    let style =
        ProgressStyle::with_template(&template).unwrap_or_else(|_| ProgressStyle::default_bar());
    ProgressBar::new(all).with_style(style)
}

fn threads(count: Option<usize>) -> Result<()> {
    if let Some(count) = count {
        rayon::ThreadPoolBuilder::new().num_threads(count.max(1)).build_global()?;
    }
    Ok(())
}

/// Set at the first Ctrl-C; a second one ends the program at once.
fn stop_at_interrupt() -> Arc<AtomicBool> {
    let stop = Arc::new(AtomicBool::new(false));
    let set = stop.clone();
    tokio::spawn(async move {
        if tokio::signal::ctrl_c().await.is_ok() {
            eprintln!("Stopping after the draws that are under way (Ctrl-C again: at once).");
            set.store(true, Ordering::Relaxed);
        }
        if tokio::signal::ctrl_c().await.is_ok() {
            std::process::exit(130);
        }
    });
    stop
}

fn today() -> String {
    jiff::Timestamp::now().strftime("%Y-%m-%d").to_string()
}
