//! Asks for what is done each morning. The same question twice is one job, so that any number of
//! processes may ask, and one that was started late asks once.

use std::time::Duration;

use base::App;
use serde_json::json;

/// Between looks at the clock.
const LOOK: Duration = Duration::from_secs(60);
/// Mornings begin at 05:00 UTC: before office hours from Lisbon to Baku, and after midnight in all.
const MORNING_SECONDS: i64 = 5 * 3600;
const DAY_SECONDS: i64 = 24 * 3600;

/// Goes on until it is stopped.
pub async fn keep(site: App) {
    let mut asked = i64::MIN;
    loop {
        let now = site.now();
        let today = (now - MORNING_SECONDS).div_euclid(DAY_SECONDS);
        if today != asked && ask(&site, today, now).await {
            asked = today;
        }
        tokio::time::sleep(LOOK).await;
    }
}

/// Asks each part's daily jobs for this day, counted from 1 January 1970; `false` where the queue does not answer.
async fn ask(site: &App, day: i64, now: i64) -> bool {
    let Ok(date) = jiff::Timestamp::from_second(day * DAY_SECONDS) else { return true };
    let input = json!({ "day": date.strftime("%Y-%m-%d").to_string() });
    let mut all = true;
    for kind in site.parts.iter().flat_map(|part| part.daily) {
        all &= site.ask(kind, &input, None, now).await.is_ok();
    }
    all
}
