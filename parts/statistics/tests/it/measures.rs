//! Ratios, medians and other quantiles from a file, on a page, through the API and into the register, where they are held against what is out.

use axum::http::StatusCode;
use base::site::Equipment;
use base::testing::TestSite;
use expect_test::{Expect, expect};
use serde_json::Value;
use statistics::command::{Asked, Format};

use crate::datasets::form;
use crate::estimating::ask;
use crate::pages::{PARTS, get, post};

/// Answers of 400 people: how often they injected (nobody who does not was asked), whether they do, months inside. Four people are 25.
fn interviews() -> String {
    let mut csv = String::from("prison,injects,injections,shared,months,wing,under_25,under_26\n");
    for at in 0..400 {
        let age = if at < 4 { 25 } else { [20, 22, 24, 30, 40, 50][at % 6] };
        let cut = |limit: u32| if age < limit { "yes" } else { "no" };
        let injects = at % 3 == 0;
        let injections = if injects { 1 + at * 7 % 11 } else { 0 };
        let shared = u8::from(injects && at % 4 == 0);
        let months = 1 + at * 13 % 47;
        let wing = if at % 2 == 0 { "north" } else { "south" };
        csv.push_str(&format!(
            "p{},{},{injections},{shared},{months},{wing},{},{}\n",
            at % 20,
            u8::from(injects),
            cut(25),
            cut(26)
        ));
    }
    csv
}

fn said(change: impl FnOnce(&mut Asked)) -> Result<String, String> {
    let codebook = b"variable,label,values,missing\ninjections,Injections in the last month,,\ninjects,Injects,1=yes|0=no,\nmonths,Months in prison,,\n";
    ask(&[("a.csv", interviews().as_bytes()), ("codebook.csv", codebook.as_slice())], change)
}

#[test]
fn a_ratio_and_a_median_with_what_must_be_read_beside_them() {
    let table = said(|asked| {
        asked.of = vec!["ratio(injections,injects)".into(), "median(months)".into()];
        asked.by = vec!["wing".into()];
    });
    expect![[r#"
        Injections in the last month / Injects: ratio, by wing

        wing   ratio  95 % interval    n  effective n  design effect
        north   5.93      5.15–6.70   67            ·              ·
        south   6.07      5.30–6.85   67            ·              ·
        all     6.00      5.46–6.54  134            ·              ·

        400 interviews stand for 400 people.
        Weights run from 1.0 to 1.0; that they differ alone multiplies the variance by 1.00.
        A simple random sample of the rows.
        Weighted; 95 % intervals: plus and minus t standard errors. n: people who answered; effective n: the simple sample that would be as exact.
        A ratio is the total of the first over the total of the second, of those who answered both; n counts those who do not have 0 in both.

        Months in prison: median, by wing

        wing   median  95 % interval    n  effective n  design effect
        north      24          21–27  200          200              ·
        south      24          21–28  200          200              ·
        all        24          22–27  400          400              ·

        400 interviews stand for 400 people.
        Weights run from 1.0 to 1.0; that they differ alone multiplies the variance by 1.00.
        A simple random sample of the rows.
        Weighted; 95 % intervals: Woodruff’s. n: people who answered; effective n: the simple sample that would be as exact.
        A median or other quantile is told in steps that at least 3 people share, so that it is nobody’s own answer.
    "#]].assert_eq(&table.expect("figures"));
    let csv = said(|asked| {
        asked.of = vec!["quantile(months,0.9)".into()];
        asked.format = Format::Csv;
    });
    expect![[r#"
        indicator,unit,value,low,high,se,n,effective_n,design_effect,df,weak,withheld,status,method,level,sample
        "quantile(months,0.9)",quantile,43,42,45,0.76,400,400,,399,,,released,woodruff,0.95,design-people n=400 people=400; design-weights least=1.0 most=1.0 effect=1.00; design-simple
    "#]].assert_eq(&csv.expect("figures"));
}

#[test]
fn what_cannot_be_divided_or_ordered_is_said() {
    let check = |of: &str, expected: Expect| {
        let data =
            b"injects,months,name,none,other\n1,3,Ana,0,\n0,5,Ion,0,\n1,9,Mia,0,\n,,Ida,,4\n";
        let said = ask(&[("a.csv", data)], |asked| asked.of = vec![of.into()]);
        expected.assert_eq(&said.expect_err("no figure"));
    };
    check(
        "ratio(months,name)",
        expect![[r#"
        One thing has to be put right first:
          name: neither yes and no nor numbers, so it cannot stand in a ratio; the answers are: Ana, Ion, Mia, Ida"#]],
    );
    check(
        "ratio(months,none)",
        expect![[r#"
        One thing has to be put right first:
          none: is 0 for everybody who answered both, so nothing can be divided by it; choose another column."#]],
    );
    check(
        "ratio(months,months)",
        expect![[r#"
        One thing has to be put right first:
          months: is divided by itself; name two different columns."#]],
    );
    check(
        "ratio(months,other)",
        expect![[r#"
        One thing has to be put right first:
          months: nobody answered both this and other, so there is no ratio of the two."#]],
    );
    check(
        "ratio(months,)",
        expect![[r#"
        One thing has to be put right first:
          ratio(months,): a ratio needs two columns; write what is divided, a comma, and what it is divided by, as in ratio(injections,injects)."#]],
    );
    check(
        "ratio(months)",
        expect![[r#"
        One thing has to be put right first:
          ratio(months): a ratio needs two columns; write what is divided, a comma, and what it is divided by, as in ratio(injections,injects)."#]],
    );
    check(
        "ratio(months,moths)",
        expect![[r#"
        One thing has to be put right first:
          moths: there is no such column; did you mean “months”?"#]],
    );
    check(
        "median(name)",
        expect![[r#"
        One thing has to be put right first:
          name: no numbers, so there is no median; the answers are: Ana, Ion, Mia, Ida"#]],
    );
    check(
        "median(injects)",
        expect![[r#"
        One thing has to be put right first:
          injects: yes or no has no median; ask for the column itself, which gives the share who said yes."#]],
    );
    check(
        "median(moths)",
        expect![[r#"
        One thing has to be put right first:
          moths: there is no such column; did you mean “months”?"#]],
    );
    for share in ["0", "1", "50", "NaN", "half", ""] {
        let of = format!("quantile(months,{share})");
        let data = b"months\n3\n5\n".as_slice();
        let told = ask(&[("a.csv", data)], |asked| asked.of = vec![of.clone()]);
        let told = told.expect_err("no quantile");
        assert!(told.contains(&format!("{of}: “{share}” is no share between 0 and 1")), "{told}");
    }
    check(
        "quantile(months)",
        expect![[r#"
        One thing has to be put right first:
          quantile(months): “” is no share between 0 and 1 (on the form: a percentage between 0 and 100, such as 90); write the median as median(COLUMN), or what nine in ten lie at or below as quantile(COLUMN,0.9)."#]],
    );
}

#[test]
fn a_line_names_indicators_apart_at_its_outer_commas() {
    let apart = |line: &str| statistics::command::indicators(&[line.to_owned()]).join(" | ");
    assert_eq!(apart("hcv,ratio(a,b),median(c)"), "hcv | ratio(a,b) | median(c)");
    assert_eq!(apart("a)b,c"), "a)b | c");
    assert_eq!(apart(",,"), "");
}

async fn sent(site: &TestSite) -> String {
    let csv = interviews();
    let fields = [("title", b"Months".as_slice()), ("interviews", csv.as_bytes())];
    let sent = form(site, "researcher", "/statistics/data", &fields).await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.text());
    let address = sent.header("location").to_owned();
    let design = [("clusters-1", "prison"), ("lonely", "fail")];
    let kept = post(site, "researcher", &format!("{address}/design"), &design).await;
    assert_eq!(kept.status, StatusCode::SEE_OTHER, "{}", kept.text());
    address
}

/// Releases a table, and reads its cells as anybody can.
async fn released(site: &TestSite, address: &str, of: &str, by: &str) -> Vec<Value> {
    let asked = [("of", of), ("by", by), ("method", "logit")];
    let out = post(site, "researcher", &format!("{address}/release"), &asked).await;
    assert_eq!(out.status, StatusCode::SEE_OTHER, "{of} by {by}: {}", out.text());
    let json = get(site, "", &format!("{}.json", out.header("location"))).await.json();
    json["table"]["cells"].as_array().expect("cells").clone()
}

fn withheld(cells: &[Value]) -> usize {
    cells.iter().filter(|cell| cell["figure"].is_null()).count()
}

#[tokio::test]
async fn from_the_form_to_everybodys_explorer() {
    for url in base::testing::databases().await {
        let site = TestSite::open(&url, PARTS, Equipment::BARE).await;
        let address = sent(&site).await;
        let page = get(&site, "researcher", &format!("{address}/explore")).await.text();
        assert!(page.contains("ratio: a total over another total"), "{page}");
        // As a browser sends the form, without any script.
        for (fields, of, head) in [
            (
                "measure=ratio&measure_of=injections&measure_over=injects&measure_percent=",
                "ratio(injections,injects)",
                "ratio",
            ),
            (
                "measure=median&measure_of=months&measure_over=&measure_percent=",
                "median(months)",
                "median",
            ),
            (
                "measure=quantile&measure_of=months&measure_over=&measure_percent=75",
                "quantile(months,0.75)",
                "75 % lie at or below",
            ),
            (
                "measure=total&measure_of=injects&measure_over=&measure_percent=",
                "total(injects)",
                "number",
            ),
        ] {
            let query = format!("{fields}&by=wing&method=logit");
            for lang in ["en", "fr"] {
                let page =
                    get(&site, "researcher", &format!("{address}/explore?{query}&lang={lang}"))
                        .await;
                let text = page.text();
                assert!(
                    page.status == StatusCode::OK && !text.contains('⟦') && text.contains("<svg"),
                    "{text}"
                );
                assert!(
                    text.contains(&format!("value=\"{of}\" checked")),
                    "{of} stays chosen: {text}"
                );
                assert!(lang == "fr" || text.contains(head), "{head}: {text}");
            }
            let query = format!("of={of}&by=wing&method=logit");
            for form in ["csv", "xlsx", "json"] {
                let file =
                    get(&site, "researcher", &format!("{address}/explore.{form}?{query}")).await;
                assert_eq!(file.status, StatusCode::OK, "{of} as {form}");
            }
            let svg = get(
                &site,
                "researcher",
                &format!("{address}/explore/charts/figures-0.svg?{query}"),
            )
            .await;
            assert_eq!(svg.header("content-type"), "image/svg+xml");
            let id = address.trim_start_matches("/statistics/data/");
            let api =
                get(&site, "researcher", &format!("/api/statistics/data/{id}/estimates?{query}"))
                    .await;
            assert_eq!(
                (api.json()["tables"][0]["of"].as_str(), api.status),
                (Some(of), StatusCode::OK)
            );
            assert_eq!(withheld(&released(&site, &address, of, "wing").await), 0, "{of}");
            let public =
                get(&site, "", &format!("/statistics/explore?of={of}&by=wing")).await.text();
            assert!(
                public.contains("<svg") && !public.contains('⟦') && public.contains(head),
                "{public}"
            );
        }
        // What is missing is said beside the form, and nothing falls over.
        for (fields, told) in [
            ("measure=ratio&measure_of=injections", "a ratio needs two columns"),
            ("measure=ratio&measure_of=injections&measure_over=injections", "is divided by itself"),
            (
                "measure=quantile&measure_of=months&measure_percent=150",
                "is no share between 0 and 1",
            ),
            ("measure=median&measure_of=", "there is no such column"),
            ("measure=nonsense&measure_of=months", "there is no such column"),
        ] {
            let at = format!("{address}/explore?{fields}");
            let text = get(&site, "researcher", &at).await.text();
            assert!(text.contains(told), "{fields}: {text}");
            let french = get(&site, "researcher", &format!("{at}&lang=fr")).await.text();
            assert!(french.contains("role=\"alert\"") && !french.contains('⟦'), "{french}");
        }
    }
}

/// Two cuts of age, between which only four people fall: neither a ratio nor a quantile is a way round the register.
#[tokio::test]
async fn ratios_and_quantiles_are_held_against_what_is_out() {
    let url = base::testing::databases().await.remove(0);
    let site = TestSite::open(&url, PARTS, Equipment::BARE).await;
    for (first, then) in [
        ("injections", "ratio(injections,injects)"),
        ("ratio(injections,injects)", "injections"),
        ("ratio(injections,injects)", "injects"),
        ("ratio(injections,months)", "ratio(shared,months)"),
        ("ratio(injections,injects)", "ratio(months,injections)"),
        ("median(months)", "months"),
        ("months", "quantile(months,0.25)"),
        ("median(months)", "ratio(injections,months)"),
    ] {
        let address = sent(&site).await;
        assert_eq!(withheld(&released(&site, &address, first, "under_25").await), 0, "{first}");
        let then_released = released(&site, &address, then, "under_26").await;
        assert!(withheld(&then_released) >= 2, "{first}, then {then}: {then_released:?}");
        get_rid_of(&site, &address).await;
    }
    // What tells of other columns is let out.
    let address = sent(&site).await;
    assert_eq!(withheld(&released(&site, &address, "median(months)", "under_25").await), 0);
    assert_eq!(
        withheld(&released(&site, &address, "ratio(injections,injects)", "under_26").await),
        0
    );
    // A row of quantiles close to each other would be the answers themselves.
    assert_eq!(withheld(&released(&site, &address, "quantile(months,0.52)", "under_25").await), 3);
    assert_eq!(withheld(&released(&site, &address, "quantile(months,0.75)", "under_25").await), 0);
}

/// The same file is known again, so a data set makes room for the next.
async fn get_rid_of(site: &TestSite, address: &str) {
    let deleted =
        post(site, "data-steward", &format!("{address}/delete"), &[("sure", "yes")]).await;
    assert_eq!(deleted.status, StatusCode::SEE_OTHER, "{}", deleted.text());
}
