//! Calendars read back by a parser that is not ours; letters and digests as they would be sent.

use std::io::BufReader;
use std::sync::Mutex;

use axum::http::StatusCode;
use base::site::{Equipment, Letter};
use base::testing::{TestSite, databases};
use base::work::{Pace, Workers};
use base::{App, Settings};
use ical::IcalParser;
use ical::parser::Component;
use ical::parser::ical::component::{IcalCalendar, IcalEvent};
use serde_json::json;

use crate::{BEGIN, NOW, PARTS, acts, administrator, invited, now};

fn read(text: &str) -> IcalCalendar {
    for line in text.split("\r\n") {
        assert!(line.len() <= 75, "a line of {} octets: {line}", line.len());
    }
    assert!(!text.replace("\r\n", "").contains('\n'), "every line ends with CR LF");
    let mut calendars = IcalParser::new(BufReader::new(text.as_bytes()));
    let calendar = calendars.next().expect("a calendar").expect("well formed");
    assert!(calendars.next().is_none());
    calendar
}

fn said(event: &IcalEvent, name: &str) -> String {
    event.get_property(name).and_then(|it| it.value.clone()).unwrap_or_default()
}

fn zone_of(event: &IcalEvent, name: &str) -> Option<String> {
    let params = event.get_property(name)?.params.clone()?;
    params.into_iter().find(|(name, _)| name == "TZID")?.1.pop()
}

#[tokio::test]
async fn calendars_are_read_by_another_program() {
    let url = &databases().await[0];
    let site = crate::bodies::loaded(url).await;
    let mut admin = administrator(&site).await;
    let (mut dan, id) = invited(&mut admin, "dan@example.org", None).await;
    let person = id.to_string();
    admin.post("/groups/example-experts/seats", &[("person", &person), ("seat", "member")]).await;
    let title = "Ärzte, nurses; „care\\\" at release — a title that is long enough to be folded twice, ქართული";
    for (zone, starts, ends) in [
        ("Asia/Tbilisi", "2026-07-01T09:30", "2026-07-01T12:00"),
        ("Europe/Chisinau", "2026-12-01T09:30", "2026-12-02T12:00"),
    ] {
        let fields = [
            ("title_en", title),
            ("zone", zone),
            ("starts", starts),
            ("ends", ends),
            ("link", "https://video.example/r?a=1,2;b"),
        ];
        let made = admin.post("/groups/example-experts/meetings", &fields).await;
        let meeting = made.header("location").to_owned();
        assert_eq!(admin.post(&format!("{meeting}/call"), &[]).await.status, StatusCode::SEE_OTHER);
        let due = [("text", "Send figures"), ("owner", &person), ("due", "2026-06-01")];
        assert_eq!(
            admin.post(&format!("{meeting}/actions"), &due).await.status,
            StatusCode::SEE_OTHER
        );
    }
    let answer = site.get("/groups/example-experts/calendar.ics").await;
    assert_eq!(answer.header("content-type"), "text/calendar; charset=utf-8");
    let calendar = read(&answer.text());
    assert_eq!((calendar.events.len(), calendar.timezones.len(), calendar.todos.len()), (2, 2, 0));
    let event = calendar
        .events
        .iter()
        .find(|it| said(it, "DTSTART") == "20261201T093000")
        .expect("the winter meeting");
    assert_eq!(zone_of(event, "DTSTART").as_deref(), Some("Europe/Chisinau"));
    assert_eq!(
        said(event, "SUMMARY").replace("\\,", ",").replace("\\;", ";").replace("\\\\", "\\"),
        title
    );
    assert!(said(event, "UID").starts_with("meeting-") && !answer.text().contains("video.example"));
    // Chisinau in winter is UTC+2, in summer UTC+3; the last change before the meeting is the one of October.
    let zones: Vec<_> = calendar
        .timezones
        .iter()
        .map(|it| it.get_property("TZID").and_then(|it| it.value.clone()))
        .collect();
    assert!(zones.contains(&Some("Europe/Chisinau".into())), "{zones:?}");
    let zone = calendar
        .timezones
        .iter()
        .find(|it| {
            it.get_property("TZID").and_then(|it| it.value.clone()).as_deref()
                == Some("Europe/Chisinau")
        })
        .expect("the zone");
    let mut changes: Vec<(String, String, String)> = zone
        .transitions
        .iter()
        .map(|it| {
            let said =
                |name| it.get_property(name).and_then(|it| it.value.clone()).unwrap_or_default();
            (said("DTSTART"), said("TZOFFSETFROM"), said("TZOFFSETTO"))
        })
        .collect();
    changes.sort();
    let before: Vec<_> = changes.iter().filter(|(at, ..)| at.as_str() < "20261201").collect();
    let (at, from, to) = before.last().expect("a change");
    assert!(at.starts_with("202610") && from == "+0300" && to == "+0200", "{at} {from} {to}");

    // One's own: with the link and what one has to do; the address before stops working.
    let page = dan.post("/me/calendar", &[]).await.text();
    let secret = |page: &str| {
        let page = page.replace("&#x2f;", "/");
        let at = page.find("/calendar/").expect("an address");
        page[at..].chars().take_while(|c| *c != '<').collect::<String>()
    };
    let address = secret(&page);
    assert!(!dan.get("/me").await.text().contains(&address), "shown once");
    let own = site.get(&address).await;
    assert_eq!(own.header("cache-control"), "private, no-store");
    let calendar = read(&own.text());
    assert_eq!((calendar.events.len(), calendar.todos.len()), (2, 2));
    assert!(
        own.text().replace("\r\n ", "").contains("https://video.example/r?a=1\\,2\\;b"),
        "{}",
        own.text()
    );
    let newer = secret(&dan.post("/me/calendar", &[]).await.text());
    assert_eq!(site.get(&address).await.status, StatusCode::NOT_FOUND);
    assert_eq!(site.get(&newer).await.status, StatusCode::OK);
    assert_eq!(admin.post(&format!("/people/{id}/end"), &[]).await.status, StatusCode::SEE_OTHER);
    assert_eq!(site.get(&newer).await.status, StatusCode::NOT_FOUND, "who left has no calendar");
    // The first meeting is a whole day of 1971.
    let all = read(&site.get("/meetings.ics").await.text());
    let first = all.events.iter().find(|it| said(it, "DTSTART") == "19711104").expect("Paris");
    assert_eq!(said(first, "DTEND"), "19711105");
}

static SENT: Mutex<Vec<(String, String, String, String)>> = Mutex::new(Vec::new());

fn post(_: &Settings, letter: &Letter) -> anyhow::Result<()> {
    let row = (letter.to.clone(), letter.subject.clone(), letter.text.clone(), letter.html.clone());
    SENT.lock().expect("no panic").push(row);
    Ok(())
}

/// Waits until every job is over, and takes the letters that were sent.
async fn sent(app: &App) -> Vec<(String, String, String, String)> {
    let pace = Pace { look: std::time::Duration::from_millis(20), ..Pace::default() };
    let workers = Workers::start(app, pace);
    for _ in 0..500 {
        let jobs = base::jobs::recent(&app.storage.pool, 1000).await.expect("readable");
        if jobs.iter().all(|job| job.state.is_over()) {
            assert!(jobs.iter().all(|job| job.error.is_none()), "{jobs:?}");
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    }
    workers.stop().await;
    let mut letters = std::mem::take(&mut *SENT.lock().expect("no panic"));
    letters.sort();
    letters
}

/// The clock of workers is that of their thread, so this test sets one for all.
fn standing() -> i64 {
    BEGIN
}

#[tokio::test]
async fn calls_and_reminders_go_out_once_in_the_readers_language() {
    for url in databases().await {
        NOW.with(|now| now.store(BEGIN, std::sync::atomic::Ordering::Relaxed));
        let equipment = Equipment { now: standing, ..Equipment::BARE };
        let mut site = TestSite::open(&url, PARTS, equipment).await;
        crate::bodies::load(&site).await;
        let mut admin = administrator(&site).await;
        let fields = [("name", "Élise"), ("email", "elise@example.org"), ("language", "fr")];
        let page = admin.post("/people", &fields).await.text();
        let elise = crate::number(&page).to_string();
        let (_, dan) = invited(&mut admin, "dan@example.org", None).await;
        let dan = dan.to_string();
        drop(admin);
        site.app = {
            let equipment = Equipment { post: Some(post), ..equipment };
            let settings =
                Settings { mail: Some("folder:/nowhere".into()), ..site.app.settings.clone() };
            base::Site::open(settings, PARTS, equipment).await.expect("opens")
        };
        site.set(|settings| settings.mail = Some("folder:/nowhere".into())).await;
        let mut admin = crate::Browser::new(&site);
        admin.sign_in("ana@example.org", crate::PASSWORD, "").await;
        for person in [&elise, &dan] {
            let seat = [("person", person.as_str()), ("seat", "member")];
            assert_eq!(
                admin.post("/groups/example-experts/seats", &seat).await.status,
                StatusCode::SEE_OTHER
            );
        }
        let fields = [
            ("title_en", "Care & release"),
            ("title_fr", "Soins à la libération"),
            ("zone", "Europe/Paris"),
            ("starts", "2023-11-24T09:30"),
            ("ends", "2023-11-24T12:00"),
            ("remind_days", "7"),
        ];
        let made = admin.post("/groups/example-experts/meetings", &fields).await;
        let meeting = made.header("location").to_owned();
        assert_eq!(admin.post(&format!("{meeting}/call"), &[]).await.status, StatusCode::SEE_OTHER);
        let letters = sent(&site.app).await;
        assert_eq!(
            letters.iter().map(|it| it.0.as_str()).collect::<Vec<_>>(),
            ["dan@example.org", "elise@example.org"]
        );
        assert_eq!(letters[0].1, "Meeting: Care & release");
        assert!(
            letters[0].2.contains("24 November 2023, 09:30–12:00 (Europe/Paris)"),
            "{}",
            letters[0].2
        );
        assert!(
            letters[0].2.contains("Care & release") && letters[0].3.contains("Care &amp; release")
        );
        assert!(
            letters[1].1.contains("Soins à la libération")
                && letters[1].2.contains("24 novembre 2023"),
            "{:?}",
            letters[1]
        );

        // Mornings: nothing eight days before, a letter seven days and one day before; once a day, however
        // often it is asked.
        let due = [("text", "Send figures"), ("owner", dan.as_str()), ("due", "2023-11-20")];
        assert_eq!(
            admin.post(&format!("{meeting}/actions"), &due).await.status,
            StatusCode::SEE_OTHER
        );
        let daily = members::PART.daily;
        assert_eq!(daily.len(), 1);
        let mut counts = Vec::new();
        for day in
            ["2023-11-16", "2023-11-17", "2023-11-17", "2023-11-20", "2023-11-23", "2023-11-27"]
        {
            site.app.ask(&daily[0], &json!({ "day": day }), None, now()).await.expect("asked");
            let letters = sent(&site.app).await;
            counts.push((day, letters.len()));
            if day == "2023-11-17" && !letters.is_empty() {
                assert!(
                    letters[0].2.contains("Send figures (until 20 November 2023)"),
                    "{}",
                    letters[0].2
                );
                assert!(letters[1].3.contains("Prochaines réunions"), "{}", letters[1].3);
                assert!(!letters[1].2.contains("Send figures"), "only one’s own tasks");
            }
            if day == "2023-11-27" {
                assert!(letters[0].2.contains("was due on 20 November 2023"), "{}", letters[0].2);
            }
        }
        assert_eq!(
            counts,
            [
                ("2023-11-16", 0),
                ("2023-11-17", 2),
                ("2023-11-17", 0),
                ("2023-11-20", 1),
                ("2023-11-23", 2),
                ("2023-11-27", 1)
            ]
        );
        assert_eq!(
            admin.post(&format!("{meeting}/cancel"), &[]).await.status,
            StatusCode::SEE_OTHER
        );
        let letters = sent(&site.app).await;
        assert_eq!(letters[0].1, "Called off: Care & release");
        assert!(acts(&site.app).await.iter().any(|it| it.contains("meeting.cancelled")));
    }
}
