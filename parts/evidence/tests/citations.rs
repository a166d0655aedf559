//! Citations as they stand under a figure, on paper and in a file for a reference manager.

use evidence::{Files, Library, bibtex, csl_json, shipped};
use expect_test::{expect, expect_file};

#[test]
fn all_sources_are_cited_in_both_languages() {
    let mut text = String::new();
    for source in &shipped().sources {
        let english = &source.citation("en").text;
        let french = &source.citation("fr").text;
        assert!(english.ends_with(|c: char| c != ' '), "{english}");
        assert!(!french.is_empty(), "{}", source.id);
        text.push_str(&format!("{} | {}\n  {english}\n", source.id, source.short()));
        if french != english {
            text.push_str(&format!("  {french}\n"));
        }
    }
    expect_file!["snapshots/citations.txt"].assert_eq(&text);
}

#[test]
fn html_is_escaped_and_links_only_to_the_web() {
    let yml = r#"
bad-1:
  type: article
  title: { value: "<script>alert('x')</script> & \"more\"", verbatim: true }
  author: "O'Brien <b>, A."
  date: 2020
  serial-number: { doi: "10.1/a\"b" }
  parent: { type: periodical, title: "A & B" }
"#;
    let (library, problems) = Library::read(Files {
        sources_yml: yml.as_bytes(),
        sources_csv: b"id,kind,publisher,terms,credit,link,read_on,typed_by,holds,defects\nbad-1,study,,figures-only,,,,,,\n",
        interventions_csv: b"id,kind,topic\n",
        effects_csv: Files::SHIPPED.effects_csv.split(|b| *b == b'\n').next().unwrap(),
    });
    assert_eq!(problems, []);
    let html = &library.sources[0].citation("en").html;
    assert!(!html.contains("<script"), "{html}");
    assert!(!html.contains("<b>,"), "{html}");
    assert!(html.contains("&lt;script&gt;"), "{html}");
    expect![[r#"O&#39;Brien &lt;b&gt; A. &lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt; &amp; &quot;more&quot;. <i>A &amp; B</i>. Published online 2020. doi:<a href="https://doi.org/10.1/a&quot;b">10.1/a&quot;b</a>"#]].assert_eq(html);
}

#[test]
fn reference_managers_get_particles_suffixes_and_institutions() {
    let library = shipped();
    let some: Vec<_> = ["larney-2013", "santo-2021", "unodc-cts", "aebi-tiago-2021"]
        .map(|id| library.source(id).unwrap())
        .to_vec();
    expect_file!["snapshots/references.bib"].assert_eq(&bibtex(&some));
    expect_file!["snapshots/references.json"].assert_eq(&csl_json(&some));
}

#[test]
fn the_whole_library_is_valid_json_with_one_item_to_a_source() {
    let all: Vec<_> = shipped().sources.iter().collect();
    let items: serde_json::Value = serde_json::from_str(&csl_json(&all)).unwrap();
    assert_eq!(items.as_array().unwrap().len(), all.len());
    assert_eq!(bibtex(&all).matches("\n}\n").count(), all.len());
}
