//! Groups and meetings from the call to the adopted minutes: who may see, speak, vote and object, as of
//! which day; and everybody else who tries.

use axum::http::StatusCode;
use base::testing::{TestSite, databases};
use base::{Role, Scope};

use crate::bodies::loaded;
use crate::{BEGIN, Browser, PASSWORD, acts, administrator, invited, later};

const GROUP: &str = "/groups/permanent-correspondents";

/// Somebody with a seat in the group, for a body.
async fn seated<'a>(
    admin: &mut Browser<'a>,
    email: &str,
    body: &str,
    seat: &str,
) -> (Browser<'a>, i64) {
    let (mut browser, id) = invited(admin, email, None).await;
    let fields = [("person", id.to_string()), ("body", body.into()), ("seat", seat.into())];
    let fields: Vec<(&str, &str)> =
        fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let given = admin.post(&format!("{GROUP}/seats"), &fields).await;
    assert_eq!(given.status, StatusCode::SEE_OTHER, "{}", given.text());
    browser.post("/me/password", &[("new", PASSWORD)]).await;
    (browser, id)
}

/// A meeting of the group two weeks after the beginning, called; its address.
async fn called(admin: &mut Browser<'_>) -> String {
    let fields = [
        ("title_en", "Winter meeting"),
        ("title_fr", "Réunion d’hiver"),
        ("place", "Strasbourg, room 5"),
        ("zone", "Europe/Paris"),
        ("starts", "2023-11-28T09:30"),
        ("ends", "2023-11-28T17:00"),
        ("link", "https://video.example/room-17"),
    ];
    let made = admin.post(&format!("{GROUP}/meetings"), &fields).await;
    assert_eq!(made.status, StatusCode::SEE_OTHER, "{}", made.text());
    let address = made.header("location").to_owned();
    let item = [("title_en", "A common questionnaire"), ("purpose", "decision")];
    assert_eq!(admin.post(&format!("{address}/items"), &item).await.status, StatusCode::SEE_OTHER);
    let call = admin.post(&format!("{address}/call"), &[]).await;
    assert_eq!(call.status, StatusCode::SEE_OTHER, "{}", call.text());
    address
}

/// Puts a text to the meeting; the address of the decision.
async fn proposed(browser: &mut Browser<'_>, meeting: &str, text: &str) -> String {
    let done = browser.post(&format!("{meeting}/decisions"), &[("text_en", text)]).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.text());
    let page = browser.get(meeting).await.text();
    let at = page.rfind("id=\"decision-").expect("a decision");
    let number: String = page[at + 13..].chars().take_while(char::is_ascii_digit).collect();
    format!("/decisions/{number}")
}

const TWO_WEEKS: i64 = 14 * 24 * 3600;

async fn position(
    browser: &mut Browser<'_>,
    decision: &str,
    body: &str,
    word: &str,
) -> (StatusCode, String) {
    let fields = [("body", body), ("position", word), ("text", "as in our letter")];
    let answer = browser.post(&format!("{decision}/position"), &fields).await;
    (answer.status, answer.text())
}

#[tokio::test]
async fn a_meeting_from_the_call_to_the_adopted_minutes() {
    for url in databases().await {
        let site = loaded(&url).await;
        let mut admin = administrator(&site).await;
        let (mut moldova, id) = seated(&mut admin, "mda@example.org", "CHE", "member").await;
        let meeting = called(&mut admin).await;
        let number = meeting.strip_prefix("/meetings/").expect("a meeting");

        // Everybody reads the call; nobody but the invited the link.
        let public = site.get(&meeting).await.text();
        assert!(
            public.contains("Winter meeting") && public.contains("28 November 2023, 09:30–17:00"),
            "{public}"
        );
        assert!(!public.contains("video.example") && !public.contains("Somebody Else"), "{public}");
        let french = site.get(&format!("{meeting}?lang=fr")).await.text();
        assert!(
            french.contains("Réunion d’hiver") && french.contains("28 novembre 2023"),
            "{french}"
        );
        let own = moldova.get(&meeting).await.text();
        assert!(own.contains("video.example"), "{own}");

        let answered = moldova
            .post(&format!("{meeting}/answer"), &[("answer", "online"), ("note", "until 15:00")])
            .await;
        assert_eq!(answered.status, StatusCode::SEE_OTHER, "{}", answered.text());
        assert!(admin.get(&meeting).await.text().contains("until 15:00"));

        let decision =
            proposed(&mut moldova, &meeting, "Ask every prison the same questions.").await;
        assert!(!site.get(&meeting).await.text().contains("same questions"), "not public yet");
        assert_eq!(
            position(&mut moldova, &decision, "CHE", "reserves").await.0,
            StatusCode::SEE_OTHER
        );

        // Nobody is there yet: no quorum, nothing is settled; and not before the meeting began.
        let early = admin.post(&format!("{decision}/settle"), &[]).await;
        assert_eq!(early.status, StatusCode::CONFLICT, "{}", early.text());
        later(TWO_WEEKS);
        let mut admin = back(&site).await;
        let none = admin.post(&format!("{decision}/settle"), &[]).await;
        assert_eq!(none.status, StatusCode::CONFLICT);
        assert!(none.text().contains("There is no quorum: 0 are there"), "{}", none.text());

        // More than half of the 31 states confirmed for that day and the two that joined later.
        let states = [
            "AUT", "BEL", "BGR", "HRV", "CYP", "CZE", "DNK", "EST", "FIN", "FRA", "DEU", "GRC",
            "HUN", "IRL", "ITA", "LIE",
        ];
        let mut here: Vec<(&str, String)> =
            states.iter().map(|state| ("here", format!("{state}:0"))).collect();
        let quorum_at = async |admin: &mut Browser<'_>, here: &[(&str, String)]| {
            let fields: Vec<(&str, &str)> =
                here.iter().map(|(name, value)| (*name, value.as_str())).collect();
            let set = admin.post(&format!("{meeting}/attendance"), &fields).await;
            assert_eq!(set.status, StatusCode::SEE_OTHER, "{}", set.text());
            let wire = admin.get(&format!("/api/meetings/{number}")).await.json();
            (
                wire["quorum"]["present"].as_u64(),
                wire["quorum"]["needed"].as_u64(),
                wire["quorum"]["entitled"].as_u64(),
            )
        };
        assert_eq!(quorum_at(&mut admin, &here).await, (Some(16), Some(17), Some(33)));
        assert_eq!(
            admin.post(&format!("{decision}/settle"), &[]).await.status,
            StatusCode::CONFLICT
        );
        here.push(("here", format!("CHE:{id}")));
        assert_eq!(quorum_at(&mut admin, &here).await, (Some(17), Some(17), Some(33)));
        let page = admin.get(&meeting).await.text();
        assert!(
            page.contains("More than half of the members entitled to vote must be there."),
            "{page}"
        );
        assert!(
            page.contains("the body’s own rules of procedure were not read"),
            "the rule has its source"
        );
        let settled = admin.post(&format!("{decision}/settle"), &[]).await;
        assert_eq!(settled.status, StatusCode::SEE_OTHER, "{}", settled.text());
        let again = position(&mut admin, &decision, "FRA", "objects").await;
        assert_eq!(again.0, StatusCode::CONFLICT, "settled is settled: {}", again.1);

        // Minutes: adopted only once the meeting was held, and then for everybody and for good.
        let text = [("text_en", "## Opened\n\nAll agreed."), ("adopt", "yes")];
        let minutes = format!("{meeting}/minutes");
        assert_eq!(admin.post(&minutes, &text).await.status, StatusCode::CONFLICT);
        assert_eq!(admin.post(&format!("{meeting}/held"), &[]).await.status, StatusCode::SEE_OTHER);
        assert!(!site.get(&meeting).await.text().contains("All agreed"));
        assert_eq!(admin.post(&minutes, &text).await.status, StatusCode::SEE_OTHER);
        assert_eq!(
            admin.post(&minutes, &[("text_en", "Other")]).await.status,
            StatusCode::CONFLICT
        );
        let public = site.get(&meeting).await.text();
        for words in [
            "All agreed",
            "same questions",
            "adopted",
            "Agreed with a reservation (1)",
            "as in our letter",
            "Switzerland",
        ] {
            assert!(public.contains(words), "{words}: {public}");
        }
        let csv = site.get(&format!("{meeting}.csv")).await.text();
        assert!(
            csv.contains("Switzerland,member,agrees with a reservation,as in our letter"),
            "{csv}"
        );
        let wire = site.get(&format!("/api/meetings/{number}")).await.json();
        assert_eq!(wire["decisions"][0]["state"], "adopted");
        assert_eq!(wire["decisions"][0]["tally"]["reserves"], 1);
        let acts = acts(&site.app).await;
        for act in [
            "meeting.added",
            "meeting.called",
            "meeting.invited",
            "meeting.answered",
            "decision.proposed",
            "decision.position",
            "meeting.attendance-set",
            "decision.settled",
            "meeting.held",
            "minutes.adopted",
        ] {
            assert!(
                acts.iter().any(|it| it.ends_with(&format!(" {act} {number}"))),
                "{act}: {acts:?}"
            );
        }
    }
}

/// The administrator after a while, when the first session is over.
async fn back(site: &TestSite) -> Browser<'_> {
    let mut browser = Browser::new(site);
    let came = browser.sign_in("ana@example.org", PASSWORD, "").await;
    assert_eq!(came.status, StatusCode::SEE_OTHER, "{}", came.text());
    browser
}

#[tokio::test]
async fn observers_speak_and_do_not_vote_as_the_table_stood_on_the_day() {
    for url in databases().await {
        let site = loaded(&url).await;
        let mut admin = administrator(&site).await;
        let (mut member, _) = seated(&mut admin, "member@example.org", "CHE", "member").await;
        let (mut observer, _) = seated(&mut admin, "observer@example.org", "euda", "member").await;
        let (mut seat, _) = seated(&mut admin, "seat@example.org", "NOR", "observer").await;
        let (mut expert, _) = seated(&mut admin, "expert@example.org", "", "member").await;
        let (mut foreign, _) = seated(&mut admin, "foreign@example.org", "ALB", "member").await;
        let meeting = called(&mut admin).await;
        let decision = proposed(&mut admin, &meeting, "First text").await;

        // Observers, by their body or their seat, speak …
        for speaker in [&mut observer, &mut seat] {
            let number = meeting.strip_prefix("/meetings/").expect("a meeting");
            let note = [
                ("kind", "note"),
                ("title", "Our view"),
                ("language", "en"),
                ("text", "We agree."),
                ("meeting", number),
            ];
            let said = speaker.post(&format!("{GROUP}/papers"), &note).await;
            assert_eq!(said.status, StatusCode::SEE_OTHER, "{}", said.text());
            let document =
                [("kind", "document"), ("title", "x"), ("language", "en"), ("text", "x")];
            assert_eq!(
                speaker.post(&format!("{GROUP}/papers"), &document).await.status,
                StatusCode::FORBIDDEN
            );
            let text = speaker.post(&format!("{meeting}/decisions"), &[("text_en", "x")]).await;
            assert_eq!(text.status, StatusCode::FORBIDDEN);
        }
        // … and neither vote nor object, in plain words; nor does anybody for whom no right follows.
        for (word, words) in [
            ("supports", "Observers may speak but not vote."),
            ("abstains", "Observers may speak but not vote."),
            ("objects", "Observers may speak but not object"),
            ("reserves", "Observers may speak but not object"),
        ] {
            for (who, body) in [(&mut observer, "euda"), (&mut seat, "NOR")] {
                let (status, page) = position(who, &decision, body, word).await;
                assert_eq!(status, StatusCode::FORBIDDEN, "{body} {word}");
                assert!(page.contains(words), "{body} {word}: {page}");
            }
            for (who, body) in [(&mut expert, ""), (&mut foreign, "ALB")] {
                assert_eq!(
                    position(who, &decision, body, word).await.0,
                    StatusCode::FORBIDDEN,
                    "{body} {word}"
                );
            }
        }
        let page = observer.get(&meeting).await.text();
        assert!(!page.contains("Take a position"), "no form that would be refused");
        // The hand of the secretariat changes nothing about that.
        assert_eq!(
            position(&mut admin, &decision, "euda", "supports").await.0,
            StatusCode::FORBIDDEN
        );
        assert_eq!(
            position(&mut admin, &decision, "FRA", "supports").await.0,
            StatusCode::SEE_OTHER
        );
        // One speaks for one's own body only.
        for (who, body) in [("member", "FRA"), ("member", ""), ("observer", "CHE")] {
            let browser = if who == "member" { &mut member } else { &mut observer };
            let (status, page) = position(browser, &decision, body, "supports").await;
            assert_eq!(status, StatusCode::FORBIDDEN, "{body}");
            assert!(page.contains("You do not sit in this group for that body"), "{page}");
        }
        assert_eq!(
            position(&mut member, &decision, "CHE", "supports").await.0,
            StatusCode::SEE_OTHER
        );
        assert_eq!(
            position(&mut member, &decision, "CHE", "nods").await.0,
            StatusCode::UNPROCESSABLE_ENTITY
        );
        let no_words = member
            .post(&format!("{decision}/position"), &[("body", "CHE"), ("position", "reserves")])
            .await;
        assert_eq!(no_words.status, StatusCode::UNPROCESSABLE_ENTITY);

        // After the day of the meeting the table is turned round: for this meeting the old one counts,
        // for the next the new one.
        later(TWO_WEEKS + 2 * 24 * 3600);
        let mut admin = back(&site).await;
        let rights = [("may", "observer:read"), ("may", "observer:vote"), ("may", "member:read")];
        assert_eq!(
            admin.post("/bodies/pompidou-group/rights", &rights).await.status,
            StatusCode::SEE_OTHER
        );
        let mut observer = Browser::new(&site);
        observer.sign_in("observer@example.org", PASSWORD, "").await;
        let mut member = Browser::new(&site);
        member.sign_in("member@example.org", PASSWORD, "").await;
        assert_eq!(
            position(&mut observer, &decision, "euda", "supports").await.0,
            StatusCode::FORBIDDEN,
            "as of the day"
        );
        assert_eq!(
            position(&mut member, &decision, "CHE", "abstains").await.0,
            StatusCode::SEE_OTHER
        );
        let next = [
            ("title_en", "Next"),
            ("zone", "UTC"),
            ("starts", "2023-12-20T10:00"),
            ("ends", "2023-12-20T11:00"),
        ];
        let made = admin.post(&format!("{GROUP}/meetings"), &next).await;
        let next = made.header("location").to_owned();
        assert_eq!(admin.post(&format!("{next}/call"), &[]).await.status, StatusCode::SEE_OTHER);
        let second = proposed(&mut admin, &next, "Second text").await;
        assert_eq!(
            position(&mut observer, &second, "euda", "supports").await.0,
            StatusCode::SEE_OTHER
        );
        assert_eq!(
            position(&mut member, &second, "CHE", "supports").await.0,
            StatusCode::FORBIDDEN
        );

        // A seat that ended gives nothing, from the next request on.
        let page = admin.get(GROUP).await.text();
        let (_, rest) = page.split_once("permanent-correspondents/seats/").expect("a seat");
        let first: String = rest.chars().take_while(char::is_ascii_digit).collect();
        assert_eq!(
            admin.post(&format!("{GROUP}/seats/{first}/end"), &[]).await.status,
            StatusCode::SEE_OTHER
        );
        assert_eq!(
            position(&mut member, &decision, "CHE", "supports").await.0,
            StatusCode::FORBIDDEN
        );
    }
}

#[tokio::test]
async fn what_is_of_the_group_is_closed_to_all_others() {
    for url in databases().await {
        let site = loaded(&url).await;
        let mut admin = administrator(&site).await;
        let (mut member, id) = seated(&mut admin, "member@example.org", "CHE", "member").await;
        let (mut other, _) = invited(
            &mut admin,
            "other@example.org",
            Some((Role::Correspondent, Scope::of("country", "FRA"))),
        )
        .await;
        let elsewhere = Some((Role::Secretariat, Scope::of("group", "example-experts")));
        let (mut expert, _) = invited(&mut admin, "expert@example.org", elsewhere).await;
        let meeting = called(&mut admin).await;
        let paper = [
            ("kind", "document"),
            ("title", "Inner paper"),
            ("language", "en"),
            ("text", "inner words"),
        ];
        let made = member.post(&format!("{GROUP}/papers"), &paper).await;
        let paper = made.header("location").to_owned();
        let decision = proposed(&mut member, &meeting, "Inner text").await;
        let action =
            [("text", "Write the questions"), ("owner", &id.to_string()), ("due", "2023-12-01")];
        assert_eq!(
            admin.post(&format!("{meeting}/actions"), &action).await.status,
            StatusCode::SEE_OTHER
        );
        assert_eq!(
            member.post(&format!("{meeting}/actions"), &action).await.status,
            StatusCode::FORBIDDEN
        );
        assert!(member.get("/me").await.text().contains("Write the questions"), "one’s own tasks");

        assert_eq!(site.get(&paper).await.status, StatusCode::UNAUTHORIZED);
        let draft = admin
            .post(
                &format!("{GROUP}/meetings"),
                &[
                    ("title_en", "Secret draft"),
                    ("zone", "UTC"),
                    ("starts", "2024-01-20T10:00"),
                    ("ends", "2024-01-20T11:00"),
                ],
            )
            .await
            .header("location")
            .to_owned();
        for stranger in [&mut other, &mut expert] {
            assert_eq!(stranger.get(&paper).await.status, StatusCode::FORBIDDEN);
            for address in [
                GROUP,
                &meeting,
                "/meetings",
                "/meetings.csv",
                "/api/meetings",
                "/seats.csv",
                &format!("{GROUP}.csv"),
                &format!("{meeting}.json"),
                "/meetings.ics",
            ] {
                let page = stranger.get(address).await.text();
                for inner in [
                    "inner words",
                    "Inner paper",
                    "Inner text",
                    "video.example",
                    "Secret draft",
                    "Write the questions",
                    "Somebody Else",
                ] {
                    assert!(!page.contains(inner), "{address} shows {inner}");
                }
            }
            assert_eq!(
                stranger.get(&draft).await.status,
                StatusCode::NOT_FOUND,
                "a draft is not there"
            );
            let person = id.to_string();
            let tries: Vec<(String, Vec<(&str, &str)>)> = vec![
                (paper.clone(), vec![("language", "en"), ("text", "x")]),
                (format!("{paper}/published"), vec![("published", "yes")]),
                (
                    format!("{GROUP}/papers"),
                    vec![("kind", "note"), ("title", "x"), ("language", "en"), ("text", "x")],
                ),
                (format!("{GROUP}/terms"), vec![("terms_en", "x")]),
                (format!("{GROUP}/seats"), vec![("person", &person), ("seat", "chair")]),
                (format!("{GROUP}/seats/1/end"), vec![]),
                (format!("{GROUP}/meetings"), vec![("title_en", "x")]),
                (meeting.clone(), vec![("title_en", "x")]),
                (format!("{meeting}/cancel"), vec![]),
                (format!("{meeting}/held"), vec![]),
                (format!("{meeting}/answer"), vec![("answer", "comes")]),
                (format!("{meeting}/items"), vec![("title_en", "x"), ("purpose", "decision")]),
                (format!("{meeting}/attendance"), vec![("here", "FRA:0")]),
                (format!("{meeting}/invite"), vec![("email", "other@example.org")]),
                (format!("{meeting}/decisions"), vec![("text_en", "x")]),
                (format!("{meeting}/minutes"), vec![("text_en", "x")]),
                (format!("{meeting}/actions"), vec![("text", "x")]),
                (format!("{decision}/position"), vec![("body", "FRA"), ("position", "supports")]),
                (format!("{decision}/settle"), vec![]),
            ];
            for (address, fields) in tries {
                let answer = stranger.post(&address, &fields).await;
                assert_eq!(answer.status, StatusCode::FORBIDDEN, "{address}: {}", answer.text());
            }
            assert_eq!(stranger.post("/actions/1/done", &[]).await.status, StatusCode::NOT_FOUND);
        }
        // A paper of one group cannot be hung on the meeting of another, by who runs that other.
        let foreign = expert
            .post(
                "/groups/example-experts/papers",
                &[
                    ("kind", "note"),
                    ("title", "x"),
                    ("language", "en"),
                    ("text", "x"),
                    ("meeting", meeting.strip_prefix("/meetings/").expect("a number")),
                ],
            )
            .await;
        assert_eq!(foreign.status, StatusCode::NOT_FOUND, "{}", foreign.text());
        // Published, everybody reads it, by its newest version and without names.
        let second = member.post(&paper, &[("language", "en"), ("text", "outer words")]).await;
        assert_eq!(second.status, StatusCode::SEE_OTHER, "{}", second.text());
        assert_eq!(
            member.post(&format!("{paper}/published"), &[("published", "yes")]).await.status,
            StatusCode::FORBIDDEN
        );
        assert_eq!(
            admin.post(&format!("{paper}/published"), &[("published", "yes")]).await.status,
            StatusCode::SEE_OTHER
        );
        let public = site.get(&paper).await.text();
        assert!(
            public.contains("outer words")
                && !public.contains("inner words")
                && !public.contains("Somebody Else"),
            "{public}"
        );
        let old = site.get(&format!("{paper}?version=1")).await;
        assert!(!old.text().contains("inner words"), "{}", old.text());
        assert!(
            member
                .get(&format!("{paper}?version=1&language=en"))
                .await
                .text()
                .contains("inner words")
        );
        // Done by its owner, it is gone from the page of tasks.
        let page = member.get("/me").await.text();
        let (_, rest) = page.split_once("/actions/").expect("an action");
        let number: String = rest.chars().take_while(char::is_ascii_digit).collect();
        assert_eq!(
            member.post(&format!("/actions/{number}/done"), &[("from", "me")]).await.status,
            StatusCode::SEE_OTHER
        );
        assert!(!member.get("/me").await.text().contains("Write the questions"));
    }
}

#[tokio::test]
async fn membership_on_a_day_by_body_and_by_person() {
    let url = &databases().await[0];
    let site = loaded(url).await;
    let page = site.get(&format!("{GROUP}?on=2000-03-08")).await.text();
    assert!(
        page.contains("Who took part on 8 March 2000") && page.contains("San Marino"),
        "{page}"
    );
    let csv = site.get(&format!("{GROUP}.csv?on=2000-03-08")).await.text();
    assert_eq!(csv.lines().filter(|row| row.contains(",member,")).count(), 31, "{csv}");
    let before = site.get(&format!("{GROUP}.csv?on=1971-11-04")).await.text();
    assert_eq!(before.lines().filter(|row| row.contains(",member,")).count(), 7, "{before}");
    let mut admin = administrator(&site).await;
    seated(&mut admin, "che@example.org", "CHE", "chair").await;
    // Whoever is in the chair prepares meetings, and gives no seats.
    let (mut chair, id) = seated(&mut admin, "chair@example.org", "NLD", "chair").await;
    let fields = [
        ("title_en", "Early"),
        ("zone", "Europe/Amsterdam"),
        ("starts", "2024-01-20"),
        ("ends", "2024-01-21"),
    ];
    let made = chair.post(&format!("{GROUP}/meetings"), &fields).await;
    assert_eq!(made.status, StatusCode::SEE_OTHER, "{}", made.text());
    let meeting = made.header("location").to_owned();
    for title in ["First", "Second"] {
        let item = [("title_en", title), ("purpose", "discussion")];
        assert_eq!(
            chair.post(&format!("{meeting}/items"), &item).await.status,
            StatusCode::SEE_OTHER
        );
    }
    let page = chair.get(&meeting).await.text();
    assert!(page.find("<b>First").expect("there") < page.find("<b>Second").expect("there"));
    let (_, rest) = page.split_once("/items/").expect("a way to move the second");
    let item: String =
        rest.chars().skip_while(|c| !c.is_ascii_digit()).take_while(char::is_ascii_digit).collect();
    assert_eq!(
        chair.post(&format!("{meeting}/items/{item}/up"), &[]).await.status,
        StatusCode::SEE_OTHER
    );
    let page = chair.get(&meeting).await.text();
    assert!(
        page.find("<b>Second").expect("there") < page.find("<b>First").expect("there"),
        "{page}"
    );
    assert!(page.contains("20 January 2024 – 21 January 2024"), "{page}");
    let own = [("person", id.to_string())];
    let own = own.iter().map(|(name, value)| (*name, value.as_str())).chain([("seat", "chair")]);
    let given = chair.post(&format!("{GROUP}/seats"), &own.collect::<Vec<_>>()).await;
    assert_eq!(given.status, StatusCode::FORBIDDEN);
    // Anybody can be invited, from any country; that gives a place in the room and no vote.
    assert_eq!(chair.post(&format!("{meeting}/call"), &[]).await.status, StatusCode::SEE_OTHER);
    let (mut guest, _) = invited(&mut admin, "guest@example.org", None).await;
    let invite = [("email", "Guest@example.org"), ("body", "XXX")];
    assert_eq!(
        admin.post(&format!("{meeting}/invite"), &invite).await.status,
        StatusCode::NOT_FOUND,
        "no such body"
    );
    let invite = [("email", "Guest@example.org")];
    assert_eq!(
        admin.post(&format!("{meeting}/invite"), &invite).await.status,
        StatusCode::SEE_OTHER
    );
    assert_eq!(
        guest.post(&format!("{meeting}/answer"), &[("answer", "comes")]).await.status,
        StatusCode::SEE_OTHER
    );
    let decision = proposed(&mut chair, &meeting, "A text").await;
    assert!(guest.get(&meeting).await.text().contains("A text"));
    assert_eq!(position(&mut guest, &decision, "", "supports").await.0, StatusCode::FORBIDDEN);
    let seats = admin.get("/seats.csv?q=switzerland").await.text();
    assert!(
        seats.contains("Somebody Else,Switzerland,Permanent Correspondents,chair,2023-11-14"),
        "{seats}"
    );
    assert!(!site.get(&format!("{GROUP}.csv")).await.text().contains("Somebody"));
    let groups = site.get("/api/groups").await.json();
    assert!(groups.as_array().expect("a list").len() >= 6);
    // The first meeting of all is there with the seven that came.
    let all = site.get("/api/meetings").await.json();
    let first = all
        .as_array()
        .expect("a list")
        .iter()
        .find(|it| it["starts"] == "1971-11-04")
        .expect("Paris");
    assert_eq!(first["present"].as_array().expect("a list").len(), 7);
    assert_eq!((&first["quorum"]["present"], &first["quorum"]["entitled"]), (&7.into(), &7.into()));
    assert_eq!(site.get("/groups/none").await.status, StatusCode::NOT_FOUND);
    for wrong in [
        "/meetings/x",
        "/meetings/99",
        "/papers/x",
        "/calendar/x",
        "/for/nobody",
        "/meetings/99.ics",
    ] {
        assert_eq!(site.get(wrong).await.status, StatusCode::NOT_FOUND, "{wrong}");
    }
    assert!(BEGIN > 0);
}

#[tokio::test]
async fn hostile_words_stay_words_and_wrong_ones_are_named() {
    for url in databases().await {
        let site = loaded(&url).await;
        let mut admin = administrator(&site).await;
        let hostile = "<script>alert(1)</script>\"'); DROP TABLE meetings;-- {{ 7*7 }}\r\nX: y";
        let fields = [
            ("title_en", hostile),
            ("place", hostile),
            ("zone", "UTC"),
            ("starts", "2024-01-20T10:00"),
            ("ends", "2024-01-20T11:00"),
        ];
        let made = admin.post(&format!("{GROUP}/meetings"), &fields).await;
        assert_eq!(made.status, StatusCode::SEE_OTHER, "{}", made.text());
        let meeting = made.header("location").to_owned();
        let paper = admin
            .post(
                &format!("{GROUP}/papers"),
                &[
                    ("kind", "note"),
                    ("title", hostile),
                    ("language", "en"),
                    (
                        "text",
                        &format!(
                            "{hostile}\n\n[a](javascript:alert(1)) <img src=x onerror=alert(1)>"
                        ),
                    ),
                ],
            )
            .await;
        let paper = paper.header("location").to_owned();
        admin
            .post(&format!("{meeting}/items"), &[("title_en", hostile), ("purpose", "decision")])
            .await;
        admin.post(&format!("{meeting}/decisions"), &[("text_en", hostile)]).await;
        admin.post(&format!("{meeting}/call"), &[]).await;
        admin.post(&format!("{meeting}/minutes"), &[("text_en", hostile)]).await;
        for address in [meeting.as_str(), &paper, GROUP, "/meetings", "/me"] {
            let page = admin.get(address).await;
            assert_eq!(page.status, StatusCode::OK, "{address}");
            let page = page.text();
            for bad in ["<script>alert", "<img src=x", "href=\"javascript", ">49<"] {
                assert!(!page.contains(bad), "{address}: {bad}");
            }
        }
        let ics = admin.get(&format!("{meeting}.ics")).await.text();
        assert!(ics.lines().all(|line| !line.starts_with("X: y")), "{ics}");
        let wrong: [(&str, &str, &str); 7] = [
            ("zone", "Europe/Atlantis", "Europe&#x2f;Atlantis is no time zone"),
            ("starts", "soon", "soon is no day with a time"),
            ("ends", "2024-01-20T09:00", "does not come after the beginning"),
            ("link", "javascript:alert(1)", "is no link for taking part"),
            ("link", "http://plain.example", "is no link for taking part"),
            ("remind_days", "-1", "is no number"),
            ("title_en", "", "is empty"),
        ];
        for (name, value, words) in wrong {
            let mut fields = vec![
                ("title_en", "x"),
                ("zone", "UTC"),
                ("starts", "2024-01-20T10:00"),
                ("ends", "2024-01-20T11:00"),
            ];
            fields.retain(|(known, _)| *known != name);
            fields.push((name, value));
            let answer = admin.post(&format!("{GROUP}/meetings"), &fields).await;
            assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{name}");
            assert!(
                answer.text().replace("&#x2f;", "/").contains(&words.replace("&#x2f;", "/")),
                "{name}: {}",
                answer.text()
            );
        }
        let group = [
            ("name_en", "Balkan network"),
            ("body", "pompidou-group"),
            ("kind", "network"),
            ("quorum", "count"),
            ("quorum_count", "0"),
            ("quorum_over", "seats"),
            ("decides", "majority"),
            ("quorum_source", "Terms, 3"),
            ("source", "Letter"),
        ];
        assert_eq!(admin.post("/groups", &group).await.status, StatusCode::UNPROCESSABLE_ENTITY);
        let group =
            group.map(|(name, value)| (name, if name == "quorum_count" { "3" } else { value }));
        let made = admin.post("/groups", &group).await;
        assert_eq!(made.header("location"), "/groups/balkan-network");
        let page = site.get("/groups/balkan-network").await.text();
        assert!(
            page.contains("At least 3 of the seats of chair and members must be there."),
            "{page}"
        );
        assert_eq!(admin.post("/groups", &group).await.status, StatusCode::CONFLICT);
    }
}
