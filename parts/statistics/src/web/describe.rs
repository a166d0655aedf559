//! The page of a data set: what is in it, and how its sample was drawn, by a form that explains itself, checks itself against every
//! row, and says in words what it understood.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use base::access::{SignedIn, see_other};
use base::answer;
use base::audit::{self, Act};
use base::page::Head;
use base::{App, Fields, Reader, Refusal, Who};
use minijinja::context;
use serde_json::json;

use super::{ROLES, microdata, said, worked};
use crate::out::kept;
use crate::plan::{Described, DescribedStage, LONELY};
use crate::problem::{Problem, short};
use crate::shares::{self, Sight};
use crate::store::{self, DataSet};
use crate::{checks, sheet};

pub async fn page(
    State(site): State<App>,
    SignedIn(who): SignedIn,
    reader: Reader,
    Path(id): Path<String>,
) -> Result<Response, Refusal> {
    let set = shares::seen(&site, &who, &id).await?;
    let form = match set.design.is_empty() {
        true => Form::offered(&set),
        false => Form::of(&Described::read("design.toml", &set.design).unwrap_or_default(), true),
    };
    show(&site, &reader, &who, &set, form, StatusCode::OK).await
}

/// The description as `throughcare estimate` takes it.
pub async fn file(
    State(site): State<App>,
    SignedIn(who): SignedIn,
    Path(id): Path<String>,
) -> Result<Response, Refusal> {
    let set = shares::seen(&site, &who, &id).await?;
    if set.design.is_empty() {
        return Err(Refusal::conflict("not-described"));
    }
    let text = format!("# How the sample of this data set was drawn.\n{}", set.design);
    Ok(answer::file(text.into_bytes(), "application/toml", &format!("{id}-design.toml")))
}

/// Checks a description against the data; one that holds is kept.
pub async fn describe(
    State(site): State<App>,
    reader: Reader,
    SignedIn(who): SignedIn,
    Path(id): Path<String>,
    fields: Fields,
) -> Result<Response, Refusal> {
    let set = shares::seen(&site, &who, &id).await?;
    let form = Form::sent(&fields);
    let found = match &form.fault {
        Some(_) => None,
        None => microdata(&site, &set, form.described.clone()).await?.ok(),
    };
    if found.is_none() {
        return show(&site, &reader, &who, &set, form, StatusCode::UNPROCESSABLE_ENTITY).await;
    }
    keep(&site, &who.by(who.holds(ROLES)), &set, &form.described).await?;
    Ok(see_other(&format!("/statistics/data/{id}")))
}

/// Keeps a description that holds, with its entry in the chain.
pub async fn keep(
    site: &App,
    by: &audit::By,
    set: &DataSet,
    described: &Described,
) -> Result<(), Refusal> {
    let mut change = audit::begin(&site.storage).await?;
    let text = described.text();
    store::set_design(&mut change, &set.id, &text).await?;
    let detail = json!({ "design": text, "version": set.version });
    let act = Act { act: "data.described", kind: "data", record: &set.id, detail };
    audit::write(&mut change, by, act, site.now()).await?;
    change.commit().await?;
    Ok(())
}

/// The form as it is shown: what was kept, offered or typed.
struct Form {
    described: Described,
    /// Whether it is to be held against the data.
    is_checked: bool,
    is_offered: bool,
    /// The number of people, as typed.
    people: String,
    fault: Option<Problem>,
}

impl Form {
    fn of(described: &Described, is_checked: bool) -> Form {
        Form {
            people: described.people.map(|people| people.to_string()).unwrap_or_default(),
            described: described.clone(),
            is_checked,
            is_offered: false,
            fault: None,
        }
    }

    fn offered(set: &DataSet) -> Form {
        let offered = Described::read("", &set.offered).unwrap_or_default();
        let is_offered = offered != Described::default();
        Form { is_offered, ..Form::of(&offered, false) }
    }

    fn sent(fields: &Fields) -> Form {
        let given =
            |name: &str| Some(fields.one(name).to_owned()).filter(|value| !value.is_empty());
        let stage = |at: usize| DescribedStage {
            clusters: given(&format!("clusters-{at}")),
            strata: given(&format!("strata-{at}")),
            population: given(&format!("population-{at}")),
            fraction: None,
        };
        let mut stages: Vec<DescribedStage> = (1..=2).map(stage).collect();
        while stages.last().is_some_and(|stage| *stage == DescribedStage::default()) {
            stages.pop();
        }
        let people = fields.one("people").to_owned();
        let plain: String =
            people.chars().filter(|letter| !letter.is_whitespace() && *letter != ',').collect();
        let number = plain.parse::<f64>().ok().filter(|number| *number > 0.0 && number.is_finite());
        let fault = (!people.is_empty() && number.is_none())
            .then(|| Problem::of("", "people-number").with("value", short(&people)));
        let described = Described {
            weights: given("weights"),
            lonely: fields.one("lonely").to_owned(),
            numbers_restart: fields.one("restart") == "yes",
            people: number,
            stages,
            ..Described::default()
        };
        Form { people, fault, ..Form::of(&described, true) }
    }
}

/// The field of the form that a problem is about; the first where it is about all.
fn field_of(described: &Described, problem: &Problem) -> String {
    let is = |name: &Option<String>| name.as_deref() == Some(problem.place.as_str());
    match problem.key {
        "people-number" => return "people".into(),
        "lonely-strata" | "lonely-word" => return "lonely".into(),
        "not-nested" | "more-units" => return "restart".into(),
        "population-too-small" | "more-strata" => return "population-1".into(),
        _ => {}
    }
    for (at, stage) in described.stages.iter().enumerate() {
        for (name, field) in [
            (&stage.clusters, "clusters"),
            (&stage.strata, "strata"),
            (&stage.population, "population"),
        ] {
            if is(name) {
                return format!("{field}-{}", at + 1);
            }
        }
    }
    "weights".into()
}

/// A column as the form and the list show it.
type Listed = (String, String, usize);

async fn show(
    site: &App,
    reader: &Reader,
    who: &Who,
    set: &DataSet,
    form: Form,
    status: StatusCode,
) -> Result<Response, Refusal> {
    let interviews = store::interviews_of(&site.storage.pool, &set.id).await?;
    let of = set.clone();
    let columns = worked(move || {
        let (sheet, codes) = kept(&of, &interviews)?;
        let column = |column: &sheet::Column| {
            (column.name.clone(), codes.label(&column.name).to_owned(), column.texts.len())
        };
        let columns: Vec<Listed> = sheet.columns.iter().map(column).collect();
        Ok::<_, Vec<Problem>>((columns, sheet.rows.len()))
    });
    let (columns, rows) =
        columns.await?.map_err(|problems| Refusal::broken(said(reader, &problems)))?;
    let (mut understood, mut look, mut found) = (Vec::new(), Vec::new(), Vec::new());
    if let Some(fault) = &form.fault {
        found.push(fault.clone());
    } else if form.is_checked {
        match microdata(site, set, form.described.clone()).await? {
            Ok(data) => {
                let of = &data.described;
                for check in checks::understood(of, &data.sheet, &data.codes, &data.design) {
                    if check.look { &mut look } else { &mut understood }
                        .push(check.say(&reader.words));
                }
            }
            Err(problems) => found = problems,
        }
    }
    let described = &form.described;
    let problems: Vec<_> = found
        .iter()
        .map(|problem| (field_of(described, problem), problem.say(&reader.words)))
        .collect();
    let stages: Vec<_> = (0..2)
        .map(|at| {
            let stage = described.stages.get(at).cloned().unwrap_or_default();
            context! { number => at + 1, clusters => stage.clusters, strata => stage.strata, population => stage.population }
        })
        .collect();
    let ways: Vec<_> = LONELY
        .iter()
        .map(|(word, _)| {
            let chosen =
                described.lonely == *word || described.lonely.is_empty() && *word == "fail";
            (*word, reader.say(&format!("lonely-{word}-said")), chosen)
        })
        .collect();
    let sight = Sight::of(site, who).await?;
    let rounds = store::rounds_of(&site.storage.pool, &set.series).await?;
    let rounds: Vec<_> = rounds
        .iter()
        .filter(|round| round.id != set.id && sight.sees(round))
        .map(|round| {
            (format!("/statistics/data/{}", round.id), round.title.clone(), round.period.clone())
        })
        .collect();
    let head = Head::titled(set.title.clone())
        .under(reader.say("statistics"), "/statistics")
        .under(reader.say("data-sets"), "/statistics/data");
    let ready = form.is_checked && found.is_empty();
    let notes: Vec<String> = set.notes.lines().map(str::to_owned).collect();
    let values = context! {
        id => set.id.clone(), about => set.about.clone(), synthetic => set.synthetic, period => set.period.clone(), edition => set.version,
        kind => reader.say(&format!("kind-{}", set.kind)), rounds, notes, rows, columns, stages, ways_of => ways,
        understood, look, problems, ready, offered => form.is_offered, described => !set.design.is_empty(), may_change => sight.may_change(set),
        weights => described.weights.clone(), restart => described.numbers_restart, people => form.people,
    };
    let mut page = answer::page(site, reader, "statistics/data.html", head, values)?;
    *page.status_mut() = status;
    Ok(page)
}
