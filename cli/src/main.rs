//! The one executable. It only takes words from the command line to the rooms that do the work.

mod audit;
mod backup;
mod columns;
mod country;
mod data;
mod decrypt;
mod equipment;
mod estimate;
mod form;
mod get;
mod import;
mod model;
mod paper;
mod rounds;

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::{Result, bail};
use axum::http::Method;
use base::settings::LogFormat;
use base::{App, Languages, Settings, Site, Words};
use clap::{Args, Parser, Subcommand, ValueEnum};
use tracing_subscriber::EnvFilter;

/// Throughcare: what is known about drugs and health in prisons, country by country, each figure
/// with its source.
#[derive(Parser)]
#[command(version, arg_required_else_help = true, after_help = HELP)]
struct Line {
    /// Settings file [default: throughcare.toml where there is one]
    #[arg(long, global = true, value_name = "FILE")]
    settings: Option<PathBuf>,
    /// Database: sqlite:PATH or postgres://USER@HOST/NAME [default: sqlite:throughcare.db]
    #[arg(long, global = true, value_name = "URL")]
    database: Option<String>,
    #[command(subcommand)]
    command: Command,
}

const HELP: &str = "\
Begin here:
  throughcare demo                     load the figures and studies that come with the program
  throughcare serve                    then open http://127.0.0.1:8080
  throughcare brief MDA --pdf          Moldova's brief as a paper, MDA.pdf
  throughcare import unodc FILE --dry-run
                                       what a new UNODC workbook would change, row by row
  throughcare get '/region.csv?indicator=prison_rate'
                                       anything the pages show, as a file
  throughcare simulate MDA --scenario FILE --out run
                                       what a policy would change
  throughcare convert survey.xlsx -o survey.xml
                                       a questionnaire written in Excel as a form for ODK Collect

Every setting and its default: throughcare settings";

const SERVE_HELP: &str = "\
Examples:
  throughcare serve --demo                 with the figures that come with the program
  throughcare serve --listen 0.0.0.0:8080  for others in the network, too";

const BRIEF_HELP: &str = "\
Examples:
  throughcare brief MDA                         a paper, MDA.pdf
  throughcare brief MDA --html --lang fr        the page in French, MDA.html
  throughcare brief GBR-SCT --json -o scotland.json
                                                every figure with its source";

const GET_HELP: &str = "\
Examples:
  throughcare get /countries/MDA/figures.csv -o moldova.csv
  throughcare get '/region.xlsx?indicator=prison_rate' -o region.xlsx
  throughcare get '/api/facts?place=MDA&indicator=oat_people_prison'";

const RESTORE_HELP: &str = "\
Examples:
  throughcare restore friday.throughcare --database sqlite:again.db
  throughcare restore friday.throughcare --database postgres://anna@db/throughcare
                                          from one kind of database to the other";

const AUDIT_HELP: &str = "\
Examples:
  throughcare audit verify                        prints the end of the chain, such as 42:8c1f…
  throughcare audit verify --noted 42:8c1f…       holds the chain to an end that was written down";

#[derive(Subcommand)]
enum Audit {
    /// Hold every entry to its hash and its place; fails where one was changed, left out or moved
    Verify {
        /// An end of the chain that was written down before: NUMBER:HASH
        #[arg(long, value_name = "HEAD")]
        noted: Option<String>,
    },
}

#[derive(Subcommand)]
enum Command {
    /// Serve the site until stopped (Ctrl-C finishes open answers first)
    #[command(after_help = SERVE_HELP)]
    Serve {
        /// Address and port, such as 127.0.0.1:8080
        #[arg(long)]
        listen: Option<String>,
        /// Load the shipped figures first, as `throughcare demo` does
        #[arg(long)]
        demo: bool,
    },
    /// Load the figures, effects and sources that come with the program; twice adds nothing
    #[command(after_help = "Example:\n  throughcare demo")]
    Demo,
    /// A country's brief as PDF, HTML or JSON
    #[command(after_help = BRIEF_HELP)]
    Brief(Brief),
    /// Read a publisher's file into the figures
    #[command(after_help = import::HELP)]
    Import {
        /// Whose file it is
        kind: import::Source,
        /// The file as downloaded (for UNAIDS also the folder of tables)
        file: PathBuf,
        /// Only say what would be added, changed and refused
        #[arg(long)]
        dry_run: bool,
    },
    /// Write the empty template for national figures (XLSX with instructions, or CSV)
    #[command(after_help = "Example:\n  throughcare template --output figures.xlsx --lang fr")]
    Template {
        /// Where to write it; the ending decides: .xlsx or .csv
        #[arg(short, long, default_value = "national-figures.xlsx")]
        output: PathBuf,
        /// Language of its instructions, such as fr
        #[arg(long, default_value = "en")]
        lang: String,
    },
    /// Anything the site shows, by its address: pages, CSV, XLSX, JSON, PDF, SVG
    #[command(after_help = GET_HELP)]
    Get {
        /// Such as /countries/MDA.json or /region.csv?indicator=prison_rate
        address: String,
        /// Where to write it [default: standard output]
        #[arg(short, long)]
        output: Option<PathBuf>,
    },
    /// Compile a questionnaire written as XLSForm into an XForm, and say what is wrong with it, by row
    #[command(after_help = form::CONVERT_HELP)]
    Convert {
        /// The workbook: .xlsx, .xls, .ods, .csv or .md
        workbook: PathBuf,
        /// Where to write the XForm [default: standard output]
        #[arg(short, long)]
        output: Option<PathBuf>,
        /// Where to write the list of questions, as CSV
        #[arg(long, value_name = "FILE")]
        questions: Option<PathBuf>,
        /// Where to write the external choices (itemsets.csv), where the form has some
        #[arg(long, value_name = "FILE")]
        item_sets: Option<PathBuf>,
    },
    /// Fill an XForm with answers and write the record, checked as every record is that arrives
    #[command(after_help = form::FILL_HELP)]
    Fill {
        /// The XForm, or the workbook that it is made of
        form: PathBuf,
        /// Answers as JSON: paths or names with their values
        answers: PathBuf,
        /// Where to write the record [default: standard output]
        #[arg(short, long)]
        output: Option<PathBuf>,
        /// A folder with the lists that the form asks for (cities.csv)
        #[arg(long, value_name = "FOLDER")]
        files: Option<PathBuf>,
        /// Seed of chance: the same seed gives the same record
        #[arg(long)]
        seed: Option<u64>,
    },
    /// Print a questionnaire to be filled in with a pen: boxes, lines, skips in words, as PDF
    #[command(after_help = paper::HELP)]
    PrintForm(paper::PrintForm),
    /// Open encrypted records with the private key, on your own machine
    #[command(after_help = decrypt::HELP)]
    Decrypt(decrypt::Decrypt),
    /// Rounds of questionnaires: which there are, how far each is, their answers as files
    #[command(after_help = rounds::HELP)]
    Rounds {
        #[command(subcommand)]
        what: rounds::Line,
    },
    /// Data sets of interviews: take files and closed rounds, correct, share, delete
    #[command(after_help = data::HELP)]
    Data {
        #[command(subcommand)]
        what: data::Line,
    },
    /// Run a country's model: what policies would change, with intervals, tables and drawings
    #[command(after_help = model::SIMULATE_HELP)]
    Simulate(model::Simulate),
    /// Fit a country's model to its published figures
    #[command(after_help = model::CALIBRATE_HELP)]
    Calibrate(model::Calibrate),
    /// Compute the standard policies that a country's brief tells of
    #[command(after_help = model::POLICIES_HELP)]
    Policies(model::Policies),
    /// A country's numbers: make its file, check it, out as an Excel databook and back
    #[command(after_help = country::HELP)]
    Country {
        #[command(subcommand)]
        what: country::Line,
    },
    /// Figures from interviews: weighted, with intervals, safe to publish
    #[command(after_help = estimate::HELP)]
    Estimate(estimate::Estimate),
    /// Read interviews of any kind: as CSV, with their codebook and what the file says of its sample
    #[command(after_help = estimate::READ_HELP)]
    Interviews(estimate::Interviews),
    /// Write the synthetic interviews that the pages are shown with
    #[command(after_help = "Example:\n  throughcare synthetic > interviews.csv")]
    Synthetic {
        /// The round: 1 (2023) or 2 (2026)
        #[arg(long, default_value_t = 1, value_parser = clap::value_parser!(u8).range(1..=2))]
        round: u8,
    },
    /// Everything as one file, while the site goes on
    #[command(after_help = "Example:\n  throughcare backup friday.throughcare")]
    Backup {
        /// The file to write; one that is there is never overwritten
        file: PathBuf,
    },
    /// Put a backup into an empty database, of either kind
    #[command(after_help = RESTORE_HELP)]
    Restore {
        /// A file that `throughcare backup` wrote
        file: PathBuf,
    },
    /// Whether a backup, or else the database, is whole
    #[command(
        after_help = "Examples:\n  throughcare check                        the database\n  throughcare check friday.throughcare     a backup"
    )]
    Check {
        /// A backup; without one the database is checked
        file: Option<PathBuf>,
    },
    /// The chain of what was done: whether it is whole
    #[command(after_help = AUDIT_HELP)]
    Audit {
        #[command(subcommand)]
        what: Audit,
    },
    /// A link that lets somebody with an account in once: the way back for who lost everything
    #[command(after_help = "Example:\n  throughcare let-in anna@example.org")]
    LetIn {
        /// The person's e-mail address
        email: String,
    },
    /// Every address that the site answers, and who may use it
    #[command(after_help = "Example:\n  throughcare routes")]
    Routes,
    /// Every setting with its present value
    #[command(
        after_help = "Example:\n  throughcare settings > throughcare.toml     a file to begin with"
    )]
    Settings,
}

#[derive(Args)]
struct Brief {
    /// ISO 3166 code, such as MDA, or a name, such as Moldova
    country: String,
    /// A paper (the default)
    #[arg(long, group = "form")]
    pdf: bool,
    /// The page
    #[arg(long, group = "form")]
    html: bool,
    /// Every figure with its source, for programs
    #[arg(long, group = "form")]
    json: bool,
    /// Language, such as fr
    #[arg(long, default_value = "en")]
    lang: String,
    /// Where to write it [default: MDA.pdf, MDA.html; JSON to standard output]
    #[arg(short, long)]
    output: Option<PathBuf>,
}

#[derive(Clone, Copy, ValueEnum)]
enum Form {
    Pdf,
    Html,
    Json,
}

impl Brief {
    fn form(&self) -> Form {
        match (self.html, self.json) {
            (true, _) => Form::Html,
            (_, true) => Form::Json,
            _ => Form::Pdf,
        }
    }
}

fn main() -> ExitCode {
    let line = Line::parse();
    let runtime = match tokio::runtime::Builder::new_multi_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => {
            eprintln!("throughcare: no threads can be started: {error}");
            return ExitCode::FAILURE;
        }
    };
    match runtime.block_on(run(line)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("throughcare: {error:#}");
            ExitCode::FAILURE
        }
    }
}

async fn run(line: Line) -> Result<()> {
    let mut settings = Settings::read(line.settings.as_deref())?;
    if let Some(url) = line.database {
        settings.database_url = url;
    }
    if let Command::Serve { listen: Some(listen), .. } = &line.command {
        settings.listen.clone_from(listen);
    }
    log_as(&settings);
    match line.command {
        Command::Serve { demo, .. } => serve(settings, demo).await,
        Command::Demo => with_site(settings, demo).await,
        Command::Brief(brief) => {
            with_site(settings, async |site| get::brief(site, &brief).await).await
        }
        Command::Import { kind, file, dry_run } => {
            with_site(settings, async |site| import::import(site, kind, &file, dry_run).await).await
        }
        Command::Template { output, lang } => import::template(&settings, &output, &lang),
        Command::Get { address, output } => {
            with_site(settings, async |site| get::get(site, &address, output.as_deref()).await)
                .await
        }
        Command::Convert { workbook, output, questions, item_sets } => {
            form::convert(&workbook, output.as_deref(), questions.as_deref(), item_sets.as_deref())
        }
        Command::Fill { form, answers, output, files, seed } => {
            form::fill(&form, &answers, output.as_deref(), files.as_deref(), seed)
        }
        Command::PrintForm(line) => paper::print(&line),
        Command::Decrypt(line) => decrypt::decrypt(settings, line).await,
        Command::Rounds { what } => {
            with_site(settings, async |site| rounds::rounds(site, what).await).await
        }
        Command::Data { what } => {
            with_site(settings, async |site| data::data(site, what).await).await
        }
        Command::Simulate(line) => model::simulate(&settings, line).await,
        Command::Calibrate(line) if line.figures.is_empty() => {
            let country = country::named(&line.country)?;
            model::calibrate(&settings, line, country).await
        }
        Command::Calibrate(line) => {
            let held = async |site: &App| model::held_against(site, &line).await;
            let country = with_site(settings.clone(), held).await?;
            model::calibrate(&settings, line, country).await
        }
        Command::Policies(line) => model::policies(line).await,
        Command::Country { what } => country::country(what),
        Command::Estimate(line) => estimate::estimate(&settings, line),
        Command::Interviews(line) => estimate::interviews(&settings, &line),
        Command::Synthetic { round } => {
            let round = &statistics::synthetic::ROUNDS[usize::from(round) - 1];
            get::print(&statistics::synthetic::interviews_of(round))
        }
        Command::Backup { file } => {
            with_site(settings, async |site| backup::backup(site, &file, now()).await).await
        }
        Command::Restore { file } => backup::restore(&settings, &file).await,
        Command::Check { file: Some(file) } => backup::check_file(&file),
        Command::Check { file: None } => with_site(settings, backup::check_database).await,
        Command::Audit { what: Audit::Verify { noted } } => {
            with_site(settings, async |site| audit::verify(site, noted.as_deref()).await).await
        }
        Command::LetIn { email } => {
            with_site(settings, async |site| {
                get::print(&format!("{}\n", members::link_for(site, &email, now()).await?))
            })
            .await
        }
        Command::Routes => {
            get::print(&routes())?;
            Ok(())
        }
        Command::Settings => {
            if settings.hide_password() {
                eprintln!("Passwords are not shown; in a file, write them instead of ***.");
            }
            get::print(&toml::to_string_pretty(&settings)?)
        }
    }
}

async fn open(settings: Settings) -> Result<App> {
    Site::open(settings, web::PARTS, equipment::EQUIPMENT).await
}

/// Opens the site, does the work, and closes the database, so that afterwards its one file holds
/// everything and may be copied.
async fn with_site<T>(settings: Settings, work: impl AsyncFnOnce(&App) -> Result<T>) -> Result<T> {
    let site = open(settings).await?;
    let done = work(&site).await;
    site.storage.pool.close().await;
    done
}

async fn serve(settings: Settings, with_demo: bool) -> Result<()> {
    let started = std::time::Instant::now();
    let site = open(settings).await?;
    if with_demo {
        demo(&site).await?;
    }
    let first_link = members::first_link(&site, now()).await?;
    let listener = web::serve::listen(&site).await?;
    let address = listener.local_addr()?;
    eprintln!(
        "Throughcare is at http://{address} (ready after {} ms; Ctrl-C stops it)",
        started.elapsed().as_millis()
    );
    if let Some(path) = first_link {
        let here = match &site.settings.public_url {
            Some(_) => site.settings.public_url(),
            None => format!("http://{address}"),
        };
        eprintln!(
            "Nobody runs this site yet. Who opens this link becomes its administrator (once, within four days):\n  {here}{path}"
        );
    }
    web::serve::serve(site, listener, stopped()).await
}

async fn demo(site: &App) -> Result<()> {
    let started = std::time::Instant::now();
    let loaded = web::import::load_shipped(site, now()).await?;
    statistics::load(site, site.languages.default()).await?;
    eprintln!(
        "Shipped figures: {} added, {} changed, {} as they were; {} sources and effects new or changed, {} rows of bodies and members added; {} questionnaires ({} ms)",
        loaded.added,
        loaded.changed,
        loaded.same,
        loaded.evidence,
        loaded.bodies,
        loaded.instruments,
        started.elapsed().as_millis()
    );
    Ok(())
}

/// Ends at Ctrl-C or when the system asks the process to stop.
async fn stopped() {
    let interrupted = tokio::signal::ctrl_c();
    let mut terminated =
        match tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
            Ok(signal) => signal,
            Err(_) => {
                let _ = interrupted.await;
                return;
            }
        };
    tokio::select! {
        _ = interrupted => {}
        _ = terminated.recv() => {}
    }
}

fn routes() -> String {
    let mut routes: Vec<_> = web::PARTS.iter().flat_map(|part| (part.routes)()).collect();
    routes.sort_by_key(|route| (route.path, route.method == Method::POST));
    routes
        .iter()
        .map(|route| format!("{:<44} {:<5} {}\n", route.path, route.method, route.may.words()))
        .collect()
}

fn log_as(settings: &Settings) {
    let filter = EnvFilter::try_new(&settings.log).unwrap_or_else(|_| EnvFilter::new("info"));
    let lines = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr);
    match settings.log_format {
        LogFormat::Text => lines.init(),
        LogFormat::Json => lines.json().init(),
    }
}

fn now() -> i64 {
    jiff::Timestamp::now().as_second()
}

/// The words of a language, for commands that take one: fails naming those that there are.
fn known_language<'a>(languages: &'a Languages, tag: &str) -> Result<&'a Words> {
    if let Some(words) = languages.get(tag) {
        return Ok(words);
    }
    let known: Vec<&str> = languages.all().iter().map(|words| words.language.tag()).collect();
    bail!(
        "there is no language {tag:?}; there are: {}. Another is added as a folder of files: languages/{tag}/",
        known.join(", ")
    )
}
