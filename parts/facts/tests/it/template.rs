//! The template for national figures: what a ministry may type, and that what is written out can
//! be read in again.

use std::io::Cursor;

use expect_test::expect;
use facts::read::{self, Kind, template};

use crate::{YEAR, read_text, show};

#[test]
fn figures_as_people_type_them() {
    let text = "\
place;indicator;year;group;value;low;high;unit;source_title;source_publisher;source_year;page;note
Moldova;oat_people_prison;2024;;1 066;;;people;Annual report;Ministry of Justice;2025;17;on 31 December
République de Moldova;hiv_prevalence_prison;2024;female;3,8;2,1;6,4;percent;Bio-behavioural survey;Agency;2024;;
GEO;oat_people_prison;2024-12-31;total;1.234,0;;;;Annual report;Ministry;;;
GEO;oat_coverage_prison;2024;total;\"1,234\";;;;Annual report;Ministry;;;
GEO;oat_coverage_prison;2024;total;12,5;;;people;Annual report;Ministry;;;
GEO;oat_share_prison;2024;total;12,5;;;;Annual report;Ministry;;;
GEO;oat_peple_prison;2024;total;12;;;;Annual report;Ministry;;;
GEO;oat_people_prison;2024;elderly;12;;;;Annual report;Ministry;;;
GEO;oat_people_prison;2023;total;12;;;;;Ministry;;;
GEO;oat_people_prison;2023;total;;;;;Annual report;Ministry;;;
Gorgia;oat_people_prison;2023;total;5;;;;Annual report;Ministry;;;
";
    expect![[r#"
        11 rows
        GEO oat_people_prison 2024-12-31 total 1234 [national-geo-annual-report, row 4]
        MDA hiv_prevalence_prison 2024 female 3.8 (Some(2.1) to Some(6.4)) [national-mda-bio-behavioural-survey-2024, row 3]
        MDA oat_people_prison 2024 total 1066 [national-mda-annual-report-2025, page 17]
        Refused row 5 value “1,234”: “1,234” can be read in two ways; write it without the comma
        Refused row 6 unit “people”: oat_coverage_prison is given in “percent”
        Refused row 7 indicator “oat_share_prison”: this is computed here; give oat_people_prison and persons_held instead
        Refused row 8 indicator “oat_peple_prison”: “oat_peple_prison” is no indicator; nearest: oat_people_prison
        Refused row 9 group “elderly”: “elderly” is no group; choose one of: total, female, male, transgender, adult, juvenile, female-adult, male-adult, female-juvenile, male-juvenile, under-25, 25-plus, foreign
        Refused row 10 source_title “”: no figure without its source: say where it was read
        Refused row 11 value “”: no value; leave the row out, or give the figure
        Refused row 12 place “Gorgia”: “Gorgia” is no country or territory known here; nearest: Georgia
    "#]].assert_eq(&show(read_text(Kind::Template, text)));
}

#[test]
fn the_template_is_read_as_what_it_is() {
    let csv = read::read(Kind::Template, "t.csv", Cursor::new(template::csv()), YEAR).unwrap();
    assert_eq!((csv.facts.len(), csv.problems.len()), (0, 0));
    let bytes = template::xlsx(&|key| key.replace("template-sheet-", "")).unwrap();
    let xlsx = read::read(Kind::Template, "t.xlsx", Cursor::new(&bytes), YEAR).unwrap();
    assert_eq!((xlsx.facts.len(), xlsx.problems.len()), (0, 0), "{:?}", xlsx.problems);
    assert_eq!(bytes, template::xlsx(&|key| key.replace("template-sheet-", "")).unwrap());
}
