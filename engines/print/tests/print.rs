//! Papers are printed and read back: every letter of every script, the tags a screen reader needs,
//! the same bytes twice, and errors that lead to the line to mend.

mod reading;

use std::{sync::LazyLock, thread};

use print::{Day, Fonts, Paper, Place, PrintError, pdf, png};
use reading::Printed;
use serde_json::{Value, json};

static FONTS: LazyLock<Fonts> = LazyLock::new(|| Fonts::new(client::paper_fonts()).unwrap());

const CHART: &str = include_str!("brief/coverage.svg");

fn paper<'a>(template: &'a str, data: &'a Value) -> Paper<'a> {
    Paper {
        template,
        data,
        drawings: &[],
        fonts: &FONTS,
        title: "Health in prisons",
        language: "en",
        date: Day { year: 2026, month: 3, day: 1 },
        version: "0.1.0",
    }
}

fn print(template: &str, data: Value) -> Printed {
    Printed::read(&pdf(&paper(template, &data)).unwrap())
}

/// What stops a template, as a person would read it.
fn refusal(template: &str, data: Value) -> String {
    pdf(&paper(template, &data)).unwrap_err().to_string()
}

#[test]
fn every_script_of_the_region_is_set_letter_by_letter() {
    // The first article of the Universal Declaration, and the letters that fonts forget.
    let texts = [
        (
            "ro",
            "Toate ființele umane se nasc libere și egale în demnitate și în drepturi. ĂÂÎȘȚ ăâîșț",
        ),
        ("uk", "Всі люди народжуються вільними і рівними у своїй гідності та правах. ҐЄІЇ ґєії’"),
        (
            "sr",
            "Сва људска бића рађају се слободна и једнака у достојанству и правима. ЂЈЉЊЋЏ ђјљњћџ",
        ),
        (
            "sr-Latn",
            "Sva ljudska bića rađaju se slobodna i jednaka u dostojanstvu. ČĆĐŠŽ čćđšž DŽdžLJlj",
        ),
        ("mk", "Сите човечки суштества се раѓаат слободни. ЃЅЌ ѓѕќ ѐѝ"),
        ("el", "Όλοι οι άνθρωποι γεννιούνται ελεύθεροι και ίσοι στην αξιοπρέπεια. ΆΈΉΊΌΎΏ ΐΰϊϋ"),
        ("ka", "ყველა ადამიანი იბადება თავისუფალი და თანასწორი თავისი ღირსებითა და უფლებებით."),
        ("hy", "Բոլոր մարդիկ ծնվում են ազատ ու հավասար իրենց արժանապատվությամբ։ և ՀԱՅ «» ՞՛"),
        ("tr", "Bütün insanlar hür, haysiyet ve haklar bakımından eşit doğarlar. İıĞğŞş"),
        ("az", "Bütün insanlar ləyaqət və hüquqlarına görə azad və bərabər doğulurlar. Əə"),
        ("sq", "Të gjithë njerëzit lindin të lirë dhe të barabartë. ËëÇç"),
        ("is", "Hver maður er borinn frjáls og jafn öðrum að virðingu. ÐðÞþÆæ"),
        ("lt", "Visi žmonės gimsta laisvi ir lygūs savo orumu ir teisėmis. ąčęėįšųūž"),
        ("signs", "12–34 % · 1 234,5 € ≥ 95 % ≤ 0.05 × ± − ½ ≠ ≈ → … “a” „b“ «c» ‘d’ № §"),
    ];
    for family in ["serif", "sans"] {
        let template = format!(
            "#import \"report.typ\": *\n#set text(font: {family}, hyphenate: false)\n\
             #for (_, words) in json(\"data.json\") [#words #strong(words) \\ ]"
        );
        for (language, text) in texts {
            let printed = print(&template, json!([[language, text]]));
            assert_eq!(printed.text(), format!("{text} {text}"), "{language} in {family}");
        }
    }
}

#[test]
fn italics_have_the_letters_too() {
    let text = "Ґанок і șț, ђ, ő, ξένος";
    assert_eq!(
        print(
            "#import \"report.typ\": *\n#set text(font: serif)\n_#json(\"data.json\")_",
            json!(text)
        )
        .text(),
        text
    );
}

#[test]
fn a_letter_that_no_font_has_stops_the_paper_and_is_named() {
    let error = refusal("#json(\"data.json\").join[ ]", json!(["fine", "漢字 and 🙂"]));
    assert!(error.contains("“漢” (U+6F22)") && error.contains("U+1F642"), "{error}");
    assert_eq!(FONTS.missing("șțї漢字 \u{ad}\n漢"), ['字', '漢']);
}

#[test]
fn the_same_paper_gives_the_same_bytes_on_any_thread() {
    let data: Value = serde_json::from_str(include_str!("brief/brief.json")).unwrap();
    let drawings = [("coverage.svg".to_owned(), CHART.to_owned())];
    let brief = Paper { drawings: &drawings, ..paper(include_str!("brief/brief.typ"), &data) };
    let first = pdf(&brief).unwrap();
    let others: Vec<_> = thread::scope(|scope| {
        let threads: Vec<_> = (0..3).map(|_| scope.spawn(|| pdf(&brief).unwrap())).collect();
        threads.into_iter().map(|thread| thread.join().unwrap()).collect()
    });
    assert!(others.iter().all(|bytes| *bytes == first));
    let tomorrow = Paper { date: Day { year: 2026, month: 3, day: 2 }, ..brief };
    assert_ne!(pdf(&tomorrow).unwrap(), first);
}

#[test]
fn a_screen_reader_finds_its_way() {
    let data: Value = serde_json::from_str(include_str!("brief/brief.json")).unwrap();
    let drawings = [("coverage.svg".to_owned(), CHART.to_owned())];
    let brief = Paper {
        drawings: &drawings,
        language: "ro-MD",
        title: "Sănătatea în închisori",
        ..paper(include_str!("brief/brief.typ"), &data)
    };
    let printed = Printed::read(&pdf(&brief).unwrap());
    assert_eq!(printed.language(), "ro-MD");
    assert!(printed.is_marked());
    let metadata = printed.metadata();
    assert!(metadata.contains("<pdfuaid:part>1</pdfuaid:part>"), "{metadata}");
    assert!(metadata.contains("Sănătatea în închisori"), "{metadata}");
    assert!(metadata.contains("2026-03-01"), "{metadata}");
    let tags = printed.tags();
    for tag in ["Title", "H1", "H2", "P", "L", "Table", "THead", "TH", "TD", "Figure", "Link"] {
        assert!(tags.contains_key(tag), "no <{tag}> among {tags:?}");
    }
    // A head that is repeated on the next page is read aloud once.
    assert_eq!((tags["THead"], tags["TH"]), (1, 5));
    assert!(printed.alternatives().iter().any(|alt| alt.starts_with("Bars for three services.")));
    assert_eq!(printed.outline_entries(), 4);
}

#[test]
fn page_one_carries_the_message_and_every_page_its_footer() {
    let data: Value = serde_json::from_str(include_str!("brief/brief.json")).unwrap();
    let drawings = [("coverage.svg".to_owned(), CHART.to_owned())];
    let brief = Paper { drawings: &drawings, ..paper(include_str!("brief/brief.typ"), &data) };
    let printed = Printed::read(&pdf(&brief).unwrap());
    let pages = printed.pages();
    assert!(pages[0].contains("stops at the prison gate"));
    for (index, page) in pages.iter().enumerate() {
        let number = format!("{} / {}", index + 1, pages.len());
        assert!(page.contains(&number), "no “{number}” on page {}: {page}", index + 1);
        assert!(page.contains("23 November 2026 · version 0.1.0 · en"), "{page}");
    }
    // The table runs over the page with its head.
    let heads: Vec<_> =
        pages.iter().filter(|page| page.contains("Service Inside Outside Year Note")).collect();
    assert_eq!(heads.len(), 2);
}

#[test]
fn drawings_keep_their_letters_as_text() {
    let svg = r#"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 300 40"><text x="5" y="20" font-family="Noto Sans">Україна 16 %, საქართველო</text></svg>"#;
    let drawings = [("a.svg".to_owned(), svg.to_owned())];
    let template = r#"#image("a.svg", alt: "A line of text")"#;
    let printed = Printed::read(
        &pdf(&Paper { drawings: &drawings, ..paper(template, &json!(null)) }).unwrap(),
    );
    assert_eq!(printed.text(), "Україна 16 %, საქართველო");
}

#[test]
fn a_drawing_that_cannot_be_drawn_is_named() {
    let check = |svg: &str| {
        let drawings = [("map.svg".to_owned(), svg.to_owned())];
        pdf(&Paper { drawings: &drawings, ..paper("x", &json!(null)) }).unwrap_err().to_string()
    };
    let broken = check("<svg xmlns='http://www.w3.org/2000/svg'><g></svg>");
    assert!(broken.starts_with("the drawing map.svg cannot be drawn: "), "{broken}");
    let letters = check(
        "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 9 9'><text y='9'>漢</text></svg>",
    );
    assert!(
        letters.starts_with("the drawing map.svg holds characters that no font has: “漢” (U+6F22)"),
        "{letters}"
    );
}

#[test]
fn an_error_names_file_line_and_column() {
    assert_eq!(
        refusal("one\n\n  #tow", json!(null)),
        "main.typ line 3 column 4: unknown variable: tow"
    );
    let missing = refusal("= A\n#json(\"data.json\").country", json!({}));
    assert!(
        missing.starts_with("main.typ line 2 column ") && missing.contains("country"),
        "{missing}"
    );
    let font = refusal("#set text(font: \"Comic Sans MS\")\nx", json!(null));
    assert!(
        font.contains("line 1") && font.contains("unknown font family: comic sans ms"),
        "{font}"
    );
    let alt = refusal("#rect()\n#figure(rect(), kind: image, supplement: none)", json!(null));
    assert!(alt.contains("main.typ line 2") && alt.contains("alt"), "{alt}");
}

#[test]
fn an_error_inside_the_report_style_names_the_line_that_led_there() {
    let template = "#import \"report.typ\": *\n#show: report\n\n#figure-table(((width: 1fr),), ())";
    match pdf(&paper(template, &json!(null))).unwrap_err() {
        PrintError::Template(problems) => {
            assert_eq!(
                problems[0].called_from,
                Some(Place { file: "main.typ".into(), line: 4, column: 2 })
            );
            assert_eq!(problems[0].place.as_ref().unwrap().file, "report.typ");
            assert!(problems[0].message.contains("head"), "{problems:?}");
        }
        other => panic!("{other}"),
    }
}

#[test]
fn nothing_but_what_was_given_can_be_read() {
    for (template, name) in [
        ("#read(\"/etc/passwd\")", "etc/passwd"),
        ("#image(\"other.svg\")", "other.svg"),
        ("#import \"@preview/cetz:0.3.0\": canvas", "lib.typ"),
        ("#include \"secret.typ\"", "secret.typ"),
    ] {
        let error = refusal(template, json!(null));
        assert!(error.contains("was not given") || error.contains("typst.toml"), "{name}: {error}");
    }
    let escape = refusal("#read(\"../../etc/passwd\")", json!(null));
    assert!(escape.contains("main.typ line 1"), "{escape}");
    // A link to another file inside a drawing is refused too, by Typst itself.
    let svg = r#"<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 9 9"><image width="9" height="9" xlink:href="/etc/passwd.png"/></svg>"#;
    let drawings = [("a.svg".to_owned(), svg.to_owned())];
    let error =
        pdf(&Paper { drawings: &drawings, ..paper("#image(\"a.svg\", alt: \"\")", &json!(null)) });
    assert!(error.is_err());
    assert!(png(svg, 9, &FONTS).is_ok(), "the PNG leaves the picture out");
}

#[test]
fn data_stays_data() {
    let hostile = [
        r#"#panic("run") #read("x") #{1+1} \u{41} \\ \" ' " `code` $x^2$ *b* _i_ <label> @ref = not a heading"#,
        "</script><b>&amp; ]] }} ]) #] // not a comment /* nor this */ https://x.org",
        "- not a list + nor this / nor: that ~ -- --- ...",
        "#import \"@preview/x:1.0.0\"",
    ];
    for text in hostile {
        let printed = print(
            "#set text(font: \"Noto Serif\", hyphenate: false)\n#json(\"data.json\")",
            json!(text),
        );
        assert_eq!(printed.text(), text);
    }
}

#[test]
fn controls_from_a_pasted_table_are_left_out() {
    let text = "\u{feff}a\u{0}b\u{1}\u{7f}\u{85}\r\n\tc";
    let template = "#let data = json(\"data.json\")\n#data.rows.first().name";
    assert_eq!(print(template, json!({ "rows": [{ "name": text }] })).text(), "ab c");
    let title = Paper { title: "a\u{0}b", ..paper("x", &Value::Null) };
    assert!(Printed::read(&pdf(&title).unwrap()).metadata().contains(">ab<"));
}

#[test]
fn a_title_is_data_too() {
    let title = "#panic() *x* \"q\" \\";
    let data = json!(null);
    let bytes =
        pdf(&Paper { title, ..paper("#import \"report.typ\": *\n#show: report\nx", &data) })
            .unwrap();
    assert!(
        Printed::read(&bytes).pages()[0].starts_with(title),
        "{:?}",
        Printed::read(&bytes).pages()
    );
}

#[test]
fn a_string_of_a_megabyte_is_set_whole() {
    let word = "nevnevnev ";
    let data = json!(word.repeat(1_000_000 / word.len()));
    let printed = print("#set text(hyphenate: false)\n#json(\"data.json\")", data.clone());
    assert!(printed.text().split(' ').eq(data.as_str().unwrap().split_whitespace()));
}

#[test]
fn arguments_are_checked_at_the_door() {
    let data = json!(null);
    let of = |change: fn(&mut Paper)| {
        let mut paper = paper("x", &data);
        change(&mut paper);
        pdf(&paper).unwrap_err().to_string()
    };
    assert_eq!(
        of(|p| p.date = Day { year: 2026, month: 2, day: 30 }),
        "2026-02-30 is not a day of the calendar"
    );
    for tag in ["", "english", "1x", "é"] {
        let data = json!(null);
        let error = pdf(&Paper { language: tag, ..paper("x", &data) }).unwrap_err();
        assert!(matches!(error, PrintError::Language(_)), "{tag}");
    }
    assert!(of(|p| p.title = "").contains("title"));
    let error = Fonts::new([vec![0u8; 100]]).err().unwrap().to_string();
    assert_eq!(error, "font file 1 is neither TrueType nor OpenType");
}

#[test]
fn a_png_has_the_width_asked_for_and_ink_on_it() {
    let bytes = png(CHART, 1280, &FONTS).unwrap();
    let side = |at: usize| u32::from_be_bytes(bytes[at..at + 4].try_into().unwrap());
    assert_eq!((&bytes[1..4], side(16), side(20)), (&b"PNG"[..], 1280, 440));
    // Letters are drawn: without its text the same picture is smaller.
    let mute = CHART.replace("Opioid agonist treatment", "");
    assert!(png(&mute, 1280, &FONTS).unwrap().len() < bytes.len());
    assert_eq!(png(CHART, 1280, &FONTS).unwrap(), bytes);

    assert!(png(CHART, 0, &FONTS).unwrap_err().to_string().contains("a width of 0 pixels"));
    assert!(png(CHART, 4_000_000, &FONTS).unwrap_err().to_string().contains("smaller width"));
    assert!(png("not svg", 100, &FONTS).is_err());
}
