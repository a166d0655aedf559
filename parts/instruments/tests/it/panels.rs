//! Panels and lists: a list in, a round out of it, progress by country and prison, letters, last time's answers as a
//! start for this time.

use base::testing::databases;

use super::taken::{ALL_KINDS, filled};
use super::*;

/// Sends a file as the pages do.
async fn upload(browser: &Browser<'_>, address: &str, bytes: &[u8]) -> Answer {
    let mut body =
        b"--edge\r\ncontent-disposition: form-data; name=\"list\"; filename=\"list.csv\"\r\n\r\n"
            .to_vec();
    body.extend_from_slice(bytes);
    body.extend_from_slice(b"\r\n--edge--\r\n");
    browser.send("POST", address, "multipart/form-data; boundary=edge", body).await
}

fn workbook(rows: &[&[&str]]) -> Vec<u8> {
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet();
    for (line, row) in rows.iter().enumerate() {
        for (at, cell) in row.iter().enumerate() {
            sheet.write_string(line as u32, at as u16, *cell).expect("written");
        }
    }
    book.save_to_buffer().expect("a workbook")
}

#[tokio::test]
async fn a_panel_is_asked_again_with_its_last_answers() {
    for url in databases().await {
        let site = site(&url).await;
        let admin = administrator(&site).await;
        published(&admin, "kinds", ALL_KINDS).await;
        let made = admin.post("/panels", &[("title", "Eight prisons")]).await;
        let panel = made.header("location").to_owned();
        assert!(panel.starts_with("/panels/"), "{}", made.text());
        let list = workbook(&[
            &["Name", "Country", "Prison", "E-mail"],
            &["Anna", "MDA", "Prison 13", "anna@example.org"],
            &["Boris", "UKR", "Prison 5", "boris@example.org"],
        ]);
        let taken = upload(&admin, &format!("{panel}/members/list"), &list).await;
        assert!(
            taken.text().contains("Added: 2. Brought up to date: 0. As before: 0."),
            "{}",
            taken.text()
        );
        let again = upload(
            &admin,
            &format!("{panel}/members/list"),
            "name;country;prison;email\nAnna;MDA;Prison 13;new@example.org\nCarmen;MDA;Prison 2;\n"
                .as_bytes(),
        )
        .await;
        assert!(
            again.text().contains("Added: 1. Brought up to date: 1. As before: 0."),
            "{}",
            again.text()
        );
        for (bytes, says) in [
            (&b"PK\x03\x04broken"[..], "cannot be opened"),
            (&b"Name\nCaf\xe9"[..], "not in UTF-8"),
            (&b"Name,Country\nA,Moldova"[..], "is no code of a country"),
            (&b"a,b\nc,d"[..], "Nothing was taken"),
            (&b""[..], "The list is empty"),
        ] {
            let refused = upload(&admin, &format!("{panel}/members/list"), bytes).await;
            // A line without known heads is a name of its own: that one is taken.
            if bytes.starts_with(b"a,b") {
                assert_eq!(refused.status, StatusCode::OK);
                continue;
            }
            assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
            assert!(refused.text().contains(says), "{says}: {}", refused.text());
        }
        admin.post(&format!("{panel}/members/4"), &[("ended", "1")]).await;
        admin.post(&format!("{panel}/members/5"), &[("ended", "1")]).await;

        let id = panel.trim_start_matches("/panels/").to_owned();
        let first = round(&admin, "kinds", "named").await;
        let page =
            admin.post(&format!("/rounds/{first}/respondents/panel"), &[("panel", &id)]).await;
        let links = paths(&page.text(), "/ask/");
        assert_eq!(links.len(), 3, "{}", page.text());
        let twice =
            admin.post(&format!("/rounds/{first}/respondents/panel"), &[("panel", &id)]).await;
        assert!(
            twice.text().contains("Everybody in this panel is asked already"),
            "{}",
            twice.text()
        );
        let answers = [
            ("/data/age", "41"),
            ("/data/uses", "y"),
            ("/data/colours", "blue"),
            ("/data/words", "as always"),
        ];
        filled(&Browser::new(&site), &links[0], &answers, &["Ion", "Ana"]).await;

        let progress = admin.get(&format!("/rounds/{first}/progress.csv")).await.text();
        assert!(progress.contains("MDA,Prison 13,1,1,100"), "{progress}");
        assert!(
            progress.contains("MDA,Prison 2,1,0,0") && progress.contains("UKR,Prison 5,1,0,0"),
            "{progress}"
        );
        let live = admin.get(&format!("/rounds/{first}/progress?again=1")).await;
        assert_eq!(live.header("refresh"), "60");
        assert_eq!(admin.get(&format!("/rounds/{first}/progress")).await.header("refresh"), "");
        let api = admin.get(&format!("/api/rounds/{first}")).await.json();
        assert_eq!(
            (&api["counts"]["asked"], &api["counts"]["answered"]),
            (&3.into(), &1.into()),
            "{api}"
        );
        assert_eq!(api["prisons"].as_array().map(Vec::len), Some(3));
        assert_eq!(admin.get("/api/rounds").await.json()[0]["id"], first.as_str());

        // Letters: only to who has not answered and has an address; how it will read is shown first.
        let words = format!("/rounds/{first}/letters/words");
        assert_eq!(
            admin.post(&words, &[("words", "Bring <tea>.")]).await.status,
            StatusCode::SEE_OTHER
        );
        let letters = admin.get(&format!("/rounds/{first}/letters")).await.text();
        assert!(
            letters.contains("boris@example.org") && !letters.contains("new@example.org"),
            "{letters}"
        );
        assert!(
            letters.contains("Bring &lt;tea&gt;.")
                && letters.contains("One more has no e-mail address"),
            "{letters}"
        );

        // The next round begins with the answers of this one, where it says so.
        let second = round(&admin, "kinds", "named").await;
        let page =
            admin.post(&format!("/rounds/{second}/respondents/panel"), &[("panel", &id)]).await;
        let links = paths(&page.text(), "/ask/");
        let nurse = Browser::new(&site);
        assert!(!nurse.get(&links[0]).await.text().contains("Begin with those answers"));
        let start = format!("/rounds/{second}/start");
        assert_eq!(admin.post(&start, &[("earlier", &first)]).await.status, StatusCode::SEE_OTHER);
        let page = nurse.get(&links[0]).await.text();
        assert!(page.contains("Your answers of 2026-11-24 can be your start"), "{page}");
        assert!(
            !nurse.get(&links[1]).await.text().contains("Begin with those answers"),
            "Boris answered nothing"
        );
        let begun = nurse.post(&links[0], &[("language", "English (en)"), ("from", "last")]).await;
        let at = begun.header("location").to_owned();
        let page = nurse.get(&at).await.text();
        assert!(page.contains("value=\"41\"") && page.contains("as always"), "{page}");
        let children = nurse.get(&at.replace("page=1", "page=2")).await.text();
        assert!(
            children.contains("value=\"Ion\"") && children.contains("value=\"Ana\""),
            "{children}"
        );
        for address in [
            "/rounds",
            "/panels",
            &panel,
            &format!("/rounds/{first}"),
            &format!("/rounds/{second}"),
            &format!("/rounds/{first}/progress"),
            &format!("/rounds/{first}/letters"),
            &format!("/rounds/{first}/records/1"),
        ] {
            for language in ["en", "fr"] {
                let page = admin.get(&format!("{address}?lang={language}")).await;
                assert_eq!(page.status, StatusCode::OK, "{address}");
                assert!(
                    !page.text().contains('⟦'),
                    "a word is missing on {address} in {language}: {}",
                    page.text()
                );
            }
        }
        // Nothing is sent by that, and an anonymous round offers nothing.
        let csv = admin.get(&format!("/rounds/{second}/data/answers.csv")).await.text();
        assert_eq!(csv.lines().count(), 1, "{csv}");
        let hidden = round(&admin, "kinds", "anonymous-links").await;
        let refused = admin.post(&format!("/rounds/{hidden}/start"), &[("earlier", &first)]).await;
        assert_eq!(refused.status, StatusCode::CONFLICT);
    }
}

/// A workbook that unfolds into gigabytes is refused at once.
#[tokio::test]
async fn a_bomb_is_no_list() {
    use std::io::Write;
    let mut archive = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    archive
        .start_file("xl/worksheets/sheet1.xml", zip::write::SimpleFileOptions::default())
        .expect("begun");
    let zeros = vec![b'0'; 1 << 20];
    for _ in 0..200 {
        archive.write_all(&zeros).expect("written");
    }
    let bomb = archive.finish().expect("ended").into_inner();
    assert!(bomb.len() < 1 << 20);
    let site = site(&databases().await[0]).await;
    let admin = administrator(&site).await;
    let made = admin.post("/panels", &[("title", "P")]).await;
    let started = std::time::Instant::now();
    let refused = upload(&admin, &format!("{}/members/list", made.header("location")), &bomb).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.text().contains("larger than 64 MB"), "{}", refused.text());
    assert!(started.elapsed().as_secs() < 10, "{:?}", started.elapsed());
}
