//! Data sets from the command line: what the pages do with them, by whoever runs the site.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result, anyhow, bail};
use base::audit::By;
use base::{App, Refusal};
use clap::Subcommand;
use serde_json::json;
use statistics::keeping::{self, Typed, Untaken};
use statistics::shares::{self, With};
use statistics::store::{self, DataSet};

use crate::get;

pub const HELP: &str = "\
Examples:
  throughcare data list
  throughcare data add interviews.sav --title 'Prisons, spring' --period 2026-05
  throughcare data correct 1a2b3c4d5e6f corrected.sav --because 'one prison was keyed twice'
  throughcare data rounds
  throughcare data take 1a2b3c4d
  throughcare data share 1a2b3c4d5e6f --email ana@example.org
  throughcare data delete 1a2b3c4d5e6f --sure

A data set that comes this way is seen by data stewards and administrators until it is shared.";

#[derive(Subcommand)]
pub enum Line {
    /// Every data set: id, version, interviews, kind, period, title
    List {
        #[arg(long)]
        json: bool,
    },
    /// Take a file of interviews: CSV, XLSX, SPSS, Stata, Parquet
    Add {
        file: PathBuf,
        #[arg(long)]
        title: String,
        #[arg(long)]
        codebook: Option<PathBuf>,
        /// When people were asked: 2026, 2026-05 or 2026-05-17
        #[arg(long, default_value = "")]
        period: String,
        #[arg(long, default_value = "")]
        about: String,
        /// The id of another round of the same survey
        #[arg(long, default_value = "")]
        round_of: String,
        /// Made by a program: it speaks of nobody
        #[arg(long)]
        synthetic: bool,
    },
    /// Put a corrected file in the place of a data set's interviews; the earlier version is kept
    Correct {
        data: String,
        file: PathBuf,
        /// What it changes
        #[arg(long)]
        because: String,
        #[arg(long)]
        codebook: Option<PathBuf>,
    },
    /// The versions of a data set, and what each changed
    Versions {
        data: String,
        #[arg(long)]
        json: bool,
    },
    /// Closed rounds of questionnaires that can be taken as interviews
    Rounds,
    /// Take a closed round as interviews
    Take {
        /// Its id, as `throughcare data rounds` shows it
        round: String,
    },
    /// Share a data set with a person or a group, or no longer
    Share {
        data: String,
        /// The address of an account
        #[arg(long, conflicts_with = "group", required_unless_present = "group")]
        email: Option<String>,
        /// The id of a group
        #[arg(long)]
        group: Option<String>,
        /// No longer
        #[arg(long)]
        end: bool,
    },
    /// Delete the interviews and every earlier version for good; what was published stays
    Delete {
        data: String,
        /// Say that it is meant
        #[arg(long)]
        sure: bool,
    },
}

pub async fn data(site: &App, what: Line) -> Result<()> {
    let words = site.languages.default();
    let by = By::operator();
    let worded = |refusal: Refusal| {
        let (what, next) = refusal.sentences(words);
        anyhow!("{what} {next}")
    };
    let untaken = |untaken: Untaken| match untaken {
        Untaken::Refused(refusal) => worded(refusal),
        Untaken::Here(set) => {
            anyhow!(
                "these interviews, or most of them, are here already, as {} “{}”",
                set.id,
                set.title
            )
        }
        Untaken::Wrong(problems) => {
            let said: Vec<String> = problems.iter().map(|problem| problem.say(words)).collect();
            anyhow!(said.join("\n"))
        }
    };
    match what {
        Line::List { json } => {
            let all = store::data_sets(&site.storage.pool).await?;
            get::print(&if json { pretty(&all)? } else { listed(&all) })
        }
        Line::Add { file, title, codebook, period, about, round_of, synthetic } => {
            if !round_of.is_empty() {
                known(site, &round_of).await?;
            }
            let typed = Typed { title, about, period, round_of, synthetic };
            let (interviews, codebook) = (Some(bytes(&file)?), opened(codebook.as_deref())?);
            let made = keeping::take_file(site, words, &by, &typed, interviews, codebook).await;
            told(&made.map_err(untaken)?)
        }
        Line::Correct { data, file, because, codebook } => {
            let set = known(site, &data).await?;
            let (interviews, codebook) = (Some(bytes(&file)?), opened(codebook.as_deref())?);
            let made =
                keeping::correct(site, words, &by, set, interviews, codebook, because.trim()).await;
            told(&made.map_err(untaken)?)
        }
        Line::Versions { data, json } => {
            let set = known(site, &data).await?;
            let earlier = store::versions_of(&site.storage.pool, &data).await?;
            let earlier = earlier.iter().map(|it| (it.version, it.replaced_because.as_str()));
            if json {
                let earlier: Vec<_> = earlier
                    .map(|(version, because)| json!({ "version": version, "because": because }))
                    .collect();
                let all = json!({ "version": set.version, "earlier": earlier });
                return get::print(&(serde_json::to_string_pretty(&all)? + "\n"));
            }
            let mut out = format!("version {} holds\n", set.version);
            for (version, because) in earlier {
                out += &format!("version {version} was replaced: {because}\n");
            }
            get::print(&out)
        }
        Line::Rounds => {
            let mut out = String::new();
            for round in instruments::closed_rounds(site).await.map_err(worded)? {
                let taken = store::data_set_of_round(&site.storage.pool, &round.id).await?;
                let taken = taken.map_or(String::new(), |set| format!("  (taken as {})", set.id));
                out += &format!("{:<10} {}{taken}\n", round.id, round.title);
            }
            get::print(&out)
        }
        Line::Take { round } => {
            let made = keeping::take_round(site, words, &by, &round).await;
            told(&made.map_err(untaken)?)
        }
        Line::Share { data, email, group, end } => {
            let set = known(site, &data).await?;
            let with = match (email, group) {
                (Some(email), _) => {
                    let found = members::account_of(site, &email).await.map_err(worded)?;
                    With::Person(found.with_context(|| format!("nobody has the address {email}"))?)
                }
                (None, group) => {
                    let group = group.unwrap_or_default();
                    let all = members::groups_named(site, false).await.map_err(worded)?;
                    if !end && !all.iter().any(|(id, _)| *id == group) {
                        let ids: Vec<String> = all.into_iter().map(|(id, _)| id).collect();
                        bail!("there is no group {group}; there are {}", ids.join(", "));
                    }
                    With::Group(group)
                }
            };
            shares::set(site, &by, &set.id, &with, !end).await.map_err(worded)
        }
        Line::Delete { data, sure } => {
            let set = known(site, &data).await?;
            if !sure {
                bail!("“{}” would be deleted for good; say --sure", set.title);
            }
            keeping::delete(site, &by, &set).await.map_err(worded)?;
            get::print(&format!("deleted {}\n", set.id))
        }
    }
}

async fn known(site: &App, id: &str) -> Result<DataSet> {
    let found = store::data_set_with(&site.storage.pool, id).await?;
    found.with_context(|| format!("there is no data set {id}; `throughcare data list` names all"))
}

fn bytes(path: &Path) -> Result<Vec<u8>> {
    std::fs::read(path).with_context(|| path.display().to_string())
}

fn opened(path: Option<&Path>) -> Result<Option<Vec<u8>>> {
    path.map(bytes).transpose()
}

fn told(set: &DataSet) -> Result<()> {
    let notes = if set.notes.is_empty() { String::new() } else { format!("{}\n", set.notes) };
    get::print(&format!(
        "{} version {}, {} interviews\n{notes}",
        set.id, set.version, set.interview_count
    ))
}

fn listed(all: &[DataSet]) -> String {
    let mut out = format!(
        "{:<13} {:>7} {:>10}  {:<8} {:<10} {}\n",
        "id", "version", "interviews", "kind", "period", "title"
    );
    for set in all {
        out += &format!(
            "{:<13} {:>7} {:>10}  {:<8} {:<10} {}\n",
            set.id, set.version, set.interview_count, set.kind, set.period, set.title
        );
    }
    out
}

fn pretty(all: &[DataSet]) -> Result<String> {
    let all: Vec<_> = all
        .iter()
        .map(|set| {
            json!({
                "id": set.id, "title": set.title, "version": set.version, "interviews": set.interview_count, "kind": set.kind,
                "period": set.period, "series": set.series, "synthetic": set.synthetic, "described": !set.design.is_empty(), "round": set.round,
            })
        })
        .collect();
    Ok(serde_json::to_string_pretty(&all)? + "\n")
}
