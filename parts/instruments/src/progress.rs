//! How far a round is: who was asked, who has begun, answered, was asked to correct or approved; by country, by prison,
//! by day. Of an anonymous round only what its links tell, and nothing by day while it is open.

use std::collections::BTreeMap;

use sqlx::{AnyPool, Row};

use crate::record::State;
use crate::round::Round;
use crate::{anonymous, day, record, respondents, round};

/// Counts of one group.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize)]
pub struct Counts {
    pub asked: usize,
    /// Began and has not sent; in an anonymous round nobody can tell.
    pub begun: usize,
    /// Answered; in an anonymous round, whose link was used.
    pub answered: usize,
    /// Answered, and was asked to correct.
    pub issues: usize,
    pub approved: usize,
    pub rejected: usize,
}

impl Counts {
    /// Answered of asked, in per cent.
    pub fn share(&self) -> Option<f64> {
        (self.asked > 0).then(|| self.answered as f64 * 100.0 / self.asked as f64)
    }

    fn add(&mut self, other: &Counts) {
        self.asked += other.asked;
        self.begun += other.begun;
        self.answered += other.answered;
        self.issues += other.issues;
        self.approved += other.approved;
        self.rejected += other.rejected;
    }
}

#[derive(Clone, Debug, Default)]
pub struct Progress {
    pub whole: Counts,
    /// By country; empty where none is known.
    pub countries: BTreeMap<String, Counts>,
    /// By country and prison, where the list named prisons.
    pub prisons: BTreeMap<(String, String), Counts>,
    /// Answers by day of arrival.
    pub days: BTreeMap<String, usize>,
}

/// How far a round is now.
pub async fn of(pool: &AnyPool, round: &Round) -> sqlx::Result<Progress> {
    let mut progress = Progress::default();
    let people = round::respondents(pool, &round.id).await?;
    let known = respondents::known(pool, &round.id).await?;
    let mut states: BTreeMap<i64, State> = BTreeMap::new();
    let mut begun: Vec<i64> = Vec::new();
    if round.anonymous {
        let answered = anonymous::count(pool, &round.id).await? as usize;
        if round.closed_at.is_some() {
            for answer in anonymous::all(pool, &round.id).await? {
                *progress.days.entry(answer.day).or_default() += 1;
            }
        }
        if !round.shared.is_empty() {
            progress.whole.answered = answered;
        }
    } else {
        let sql = "SELECT respondent, state, received_at FROM submissions WHERE round = $1 AND replaced_by = '' ORDER BY number";
        for row in sqlx::query(sql).bind(&round.id).fetch_all(pool).await? {
            let respondent: i64 = row.try_get(0)?;
            let state: String = row.try_get(1)?;
            let state = State::named(&state).unwrap_or(State::Received);
            *progress.days.entry(day::of(row.try_get(2)?)).or_default() += 1;
            if respondent == 0 {
                // From a device or a shared address: it counts, but stands beside no name.
                progress.whole.add(&of_state(state));
            } else {
                states.insert(respondent, state);
            }
        }
        let sql = "SELECT respondent FROM drafts WHERE round = $1 AND respondent <> 0";
        begun = sqlx::query_scalar(sql).bind(&round.id).fetch_all(pool).await?;
    }
    for who in &people {
        let mut counts = match states.get(&who.number) {
            Some(state) => of_state(*state),
            None => Counts { answered: usize::from(who.spent), ..Counts::default() },
        };
        counts.asked = 1;
        counts.begun = usize::from(!who.spent && begun.contains(&who.number));
        progress.whole.add(&counts);
        progress.countries.entry(who.country.clone()).or_default().add(&counts);
        let prison = known.value(who.number, "prison");
        if !prison.is_empty() {
            let key = (who.country.clone(), prison.to_owned());
            progress.prisons.entry(key).or_default().add(&counts);
        }
    }
    Ok(progress)
}

fn of_state(state: State) -> Counts {
    Counts {
        answered: 1,
        issues: usize::from(state == State::Issues),
        approved: usize::from(state == State::Approved),
        rejected: usize::from(state == State::Rejected),
        ..Counts::default()
    }
}

/// Answers that a round holds, without looking at who gave them.
pub async fn answered(pool: &AnyPool, round: &Round) -> sqlx::Result<i64> {
    match round.anonymous {
        true => anonymous::count(pool, &round.id).await,
        false => record::count(pool, &round.id).await,
    }
}
