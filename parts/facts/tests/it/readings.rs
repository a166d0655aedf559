//! Each publisher's shape, in a few rows that hold its pitfalls, and what is read from them.

use std::io::Cursor;

use expect_test::{Expect, expect};
use facts::read::{self, Kind};

use crate::{YEAR, read_text, show, workbook};

fn check(kind: Kind, text: &str, expected: Expect) {
    expected.assert_eq(&show(read_text(kind, text)));
}

const UNODC: &[&[&str]] = &[
    // Columns in another order than today's, and one more.
    &[
        "Country",
        "Iso3_code",
        "Indicator",
        "Dimension",
        "Category",
        "Sex",
        "Age",
        "New column",
        "Year",
        "Unit of measurement",
        "VALUE",
        "Source",
    ],
    &[
        "Republic of Moldova",
        "MDA",
        "Persons held",
        "Total",
        "Total",
        "Total",
        "Total",
        "",
        "2018",
        "Counts",
        "6990",
        "SDG/CTS",
    ],
    &[
        "Republic of Moldova",
        "MDA",
        "Persons held",
        "Total",
        "Total",
        "Total",
        "Total",
        "",
        "2018",
        "Rate per 100,000 population",
        "171.5",
        "CTS",
    ],
    &[
        "Republic of Moldova",
        "MDA",
        "Persons held",
        "Total",
        "Total",
        "Female",
        "Juveniles",
        "",
        "2018",
        "Counts",
        "4",
        "CTS",
    ],
    &[
        "Republic of Moldova",
        "MDA",
        "Persons held",
        "by selected crime",
        "Drug trafficking",
        "Total",
        "Total",
        "",
        "2018",
        "Counts",
        "613",
        "CTS",
    ],
    &[
        "Republic of Moldova",
        "MDA",
        "Persons entering prison",
        "by selected crime",
        "Drug Trafficking",
        "Total",
        "Total",
        "",
        "2018",
        "Counts",
        "120",
        "CTS",
    ],
    &[
        "Republic of Moldova",
        "MDA",
        "Persons held",
        "by selected crime",
        "Bribery",
        "Total",
        "Total",
        "",
        "2018",
        "Counts",
        "6",
        "CTS",
    ],
    &[
        "Republic of Moldova",
        "MDA",
        "Mortality in prison",
        "by type of death",
        "Deaths due to external causes: by suicide",
        "Total",
        "Total",
        "",
        "2018",
        "Counts",
        "6",
        "CTS",
    ],
    &[
        "Morocco",
        "MAR",
        "Prisons facilities and capacity",
        "Total",
        "Official prison capacity",
        "Total",
        "Total",
        "",
        "1013",
        "Counts",
        "40260",
        "CTS",
    ],
    &[
        "United Kingdom (Scotland)",
        "GBR_S",
        "Persons held",
        "Total",
        "Total",
        "Male",
        "Total",
        "",
        "2016",
        "Counts",
        "7202.132",
        "CTS",
    ],
    &[
        "World",
        "WORLD",
        "Persons held unsentenced - Regional Estimate",
        "by length of detention",
        "Unsentenced",
        "Total",
        "Total",
        "",
        "2016",
        "Percentage of total persons held",
        "30",
        "CTS",
    ],
    &[
        "Ruritania",
        "RUR",
        "Persons held",
        "Total",
        "Total",
        "Total",
        "Total",
        "",
        "2016",
        "Counts",
        "5",
        "CTS",
    ],
    &[
        "Serbia",
        "SRB",
        "Persons held",
        "Total",
        "Total",
        "Total",
        "Total",
        "",
        "2016",
        "Counts",
        "-5",
        "CTS",
    ],
    &[
        "Serbia",
        "SRB",
        "Persons held",
        "Total",
        "Total",
        "Total",
        "Total",
        "",
        "2017",
        "Counts",
        "10000",
        "CTS",
    ],
    &[
        "Serbia",
        "SRB",
        "Persons held",
        "Total",
        "Total",
        "Total",
        "Total",
        "",
        "2017",
        "Counts",
        "11000",
        "CTS",
    ],
    &[
        "Serbia",
        "SRB",
        "Persons held",
        "by hair colour",
        "Red",
        "Total",
        "Total",
        "",
        "2017",
        "Counts",
        "1",
        "CTS",
    ],
];

#[test]
fn a_unodc_workbook() {
    let bytes = workbook("data_cts_prisons", "UNODC", UNODC);
    let reading = read::read(Kind::Unodc, "data.xlsx", Cursor::new(bytes), YEAR);
    expect![[r#"
        15 rows
        GBR-SCT persons_held 2016 male 7202.132 [unodc-cts, row 12, CTS] estimated: not-whole;value=7202.1
        MDA persons_entering_drug_trafficking 2018 total 120 [unodc-cts, row 8, CTS]
        MDA persons_held 2018 female-juvenile 4 [unodc-cts, row 6, CTS]
        MDA persons_held 2018 total 6990 [unodc-cts, row 4, SDG/CTS]
        MDA persons_held_drug_trafficking 2018 total 613 [unodc-cts, row 7, CTS]
        MDA prison_rate 2018 total 171.5 [unodc-cts, row 5, CTS]
        MDA suicides_prison 2018 total 6 [unodc-cts, row 10, CTS]
        Flagged row 0  “”: one category is written “Drug Trafficking” and “Drug trafficking”; read as one
        Refused row 11 data_cts_prisons Year “1013”: the year 1013 cannot be: expected 1950 to 2026
        Refused row 14 data_cts_prisons Country “Ruritania”: “Ruritania” is no country or territory known here; use its ISO code
        Refused row 15 data_cts_prisons VALUE “-5”: -5 is below zero, which no figure here can be
        Refused row 17 data_cts_prisons “11000”: rows 16 and 17 give 10000 and 11000 for the same figure (SRB, persons_held, 2017, total); neither is used
        Flagged row 18 data_cts_prisons Indicator “Persons held / by hair colour / Red”: this category is new; it was left out. Tell the maintainers if it matters
        skipped 1: not an indicator of the programme: other criminal acts
        skipped 1: the world or a group of countries
    "#]].assert_eq(&show(reading));
}

#[test]
fn a_unodc_workbook_whose_headers_changed_says_what_it_looked_for() {
    let renamed = [UNODC[0].iter().map(|c| if *c == "VALUE" { "Amount" } else { c }).collect()];
    let rows: Vec<&[&str]> =
        renamed.iter().map(Vec::as_slice).chain(UNODC[1..].iter().copied()).collect();
    let bytes = workbook("data_cts_prisons", "UNODC", &rows);
    let reading = read::read(Kind::Unodc, "data.xlsx", Cursor::new(bytes), YEAR);
    expect![[r#"
        data.xlsx has no row of headers that a UNODC prisons table needs. Looked for: Iso3_code, Country, Indicator, Dimension, Category, Sex, Age, Year, Unit of measurement, VALUE. The nearest row has: Country, Iso3_code, Indicator, Dimension, Category, Sex, Age, New column, Year, Unit of measurement, Amount, Source
    "#]].assert_eq(&show(reading));
}

#[test]
fn a_long_unaids_table() {
    let text = "\
area,area_name,iso,indicator,indicator_name,unit,year,value
122,Republic of Moldova,,hiv_prevalence_among_prisoners_total,HIV prevalence among prisoners Total,Percent,2017,3.8
122,Republic of Moldova,,viral_hepatitis_among_people_who_inject_drugs_hepatitis_c_lt_25,Viral hepatitis among people who inject drugs Hepatitis C < 25,Percent,2017,16.0
55,Philippines,,people_who_inject_drugs_population_size_estimate_lower_estimate,People who inject drugs: Population size estimate lower estimate,Number,2011,12300
55,Philippines,,people_who_inject_drugs_population_size_estimate_estimate,People who inject drugs: Population size estimate estimate,Number,2011,14500
55,Philippines,,people_who_inject_drugs_population_size_estimate_upper_estimate,People who inject drugs: Population size estimate upper estimate,Number,2011,16600
224,The former Yugoslav Republic of Macedonia,,hepatitis_c_hcv_infection_among_prisoners_total,Hepatitis C (HCV) infection among prisoners Total,Percent,2017,51.0
276,UNAIDS Region - Eastern Europe and Central Asia,,hiv_prevalence_among_prisoners_total,HIV prevalence among prisoners Total,Percent,2017,3.0
90,Montenegro,,hiv_prevalence_among_prisoners_total,HIV prevalence among prisoners Total,Percent,2017,140
90,Montenegro,,hiv_prevalence_among_sailors_total,HIV prevalence among sailors Total,Percent,2017,1
";
    check(
        Kind::Unaids,
        text,
        expect![[r#"
        9 rows
        MDA hcv_prevalence_pwid 2017 under-25 16 [unaids-gam, row 3]
        MDA hiv_prevalence_prison 2017 total 3.8 [unaids-gam, row 2]
        MKD hcv_prevalence_prison 2017 total 51 [unaids-gam, row 7]
        PHL people_who_inject 2011 total 14500 (Some(12300.0) to Some(16600.0)) [unaids-gam, row 5]
        Refused row 9 value “140”: 140 % is above 100 %; is it a number of people?
        skipped 1: not an indicator of the programme
        skipped 1: the world or a group of countries
    "#]],
    );
}

#[test]
fn a_wide_unaids_table_with_lines_too_short_and_quotes_not_doubled() {
    let text = "\
Country,Year,HIV prevalence among prisoners Total,Prisoners receiving opioid substitution therapy Total
Republic of Moldova,2018,3.8,66
\"Cote d\"Ivoire\",2018,2.2,
Armenia,2018
\"Georgia,2018,1.0,5
Ukraine,2018,...,many
";
    check(
        Kind::Unaids,
        text,
        expect![[r#"
            5 rows
            CIV hiv_prevalence_prison 2018 total 2.2 [unaids-gam, row 3]
            GEO hiv_prevalence_prison 2018 total 1 [unaids-gam, row 5]
            GEO oat_people_prison 2018 total 5 [unaids-gam, row 5]
            MDA hiv_prevalence_prison 2018 total 3.8 [unaids-gam, row 2]
            MDA oat_people_prison 2018 total 66 [unaids-gam, row 2]
            Flagged row 3  “Cote d"Ivoire 2018 2.2”: a quotation mark is not doubled; it was read as a letter. Check the row
            Flagged row 5  “"Georgia 2018 1.0 5”: a quotation mark is not doubled; it was read as a letter. Check the row
            Refused row 6 Prisoners receiving opioid substitution therapy Total “many”: “many” is no number
        "#]],
    );
}

#[test]
fn a_unaids_folder_names_its_areas_beside_its_tables() {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| std::fs::write(folder.path().join(name), text).unwrap();
    let table = "ddf--datapoints--hiv_prevalence_among_prisoners_total--by--area--year.csv";
    write(
        table,
        "year,area,hiv_prevalence_among_prisoners_total\n2017,122,3.8\n2017,1,2.0\n2017,9999,1\n",
    );
    let alone = read::read_path(Kind::Unaids, &folder.path().join(table), YEAR);
    expect![[r#"
        ddf--datapoints--hiv_prevalence_among_prisoners_total--by--area--year.csv needs ddf--entities--area.csv beside it: the table gives areas by number; import the folder that has both
    "#]].assert_eq(&show(alone));
    write("ddf--entities--area.csv", "area,name\n122,Republic of Moldova\n1,All countries\n");
    expect![[r#"
        3 rows
        MDA hiv_prevalence_prison 2017 total 3.8 [unaids-gam, ddf--datapoints--hiv_prevalence_among_prisoners_total--by--area--year.csv, row 2]
        Refused row 4 ddf--datapoints--hiv_prevalence_among_prisoners_total--by--area--year.csv area “9999”: “9999” is no country or territory known here; use its ISO code
        skipped 1: the world or a group of countries
    "#]].assert_eq(&show(read::read_path(Kind::Unaids, folder.path(), YEAR)));
    let one = read::read_path(Kind::Unaids, &folder.path().join(table), YEAR).unwrap();
    assert_eq!(one.facts[0].value, 3.8);
}

#[test]
fn eurostat_sdmx_csv_with_labels_and_flags() {
    let text = "\
STRUCTURE,STRUCTURE_ID,freq,age,Age class,sex,Sex,unit,Unit of measure,geo,Geopolitical entity (reporting),TIME_PERIOD,OBS_VALUE,OBS_FLAG
dataflow,ESTAT:CRIM_PRIS_AGE(1.0),A,ADULT,Adult,F,Females,NR,Number,AL,Albania,2008,101,b
dataflow,ESTAT:CRIM_PRIS_AGE(1.0),A,TOTAL,Total,T,Total,P_HTHAB,Per hundred thousand inhabitants,EL,Greece,2008,109.34,
dataflow,ESTAT:CRIM_PRIS_AGE(1.0),A,TOTAL,Total,F,Females,P_HTHAB,Per hundred thousand inhabitants,EL,Greece,2008,5.1,
dataflow,ESTAT:CRIM_PRIS_AGE(1.0),A,TOTAL,Total,T,Total,NR,Number,UKM,Scotland (NUTS 2021),2008,7835,dp
dataflow,ESTAT:CRIM_PRIS_AGE(1.0),A,TOTAL,Total,T,Total,NR,Number,XK,Kosovo*,2012,1550,
dataflow,ESTAT:CRIM_PRIS_AGE(1.0),A,TOTAL,Total,T,Total,NR,Number,EU27_2020,European Union,2012,500000,
dataflow,ESTAT:CRIM_PRIS_AGE(1.0),A,Y_LT3,Babies,T,Total,NR,Number,AL,Albania,2012,1,
";
    check(
        Kind::Eurostat,
        text,
        expect![[r#"
            7 rows
            ALB persons_held 2008 female-adult 101 [eurostat-crim-pris-age, row 2] break-in-series: publisher-flag;flag=break-in-series
            GBR-SCT persons_held 2008 total 7835 [eurostat-crim-pris-age, row 5] definition-differs: publisher-flag;flag=definition-differs | publisher-flag;flag=provisional
            GRC prison_rate 2008 total 109.34 [eurostat-crim-pris-age, row 3]
            XKX persons_held 2012 total 1550 [eurostat-crim-pris-age, row 6]
            Refused row 8 age “Y_LT3”: the code “Y_LT3” of age is not known here; left out
            skipped 1: a rate that follows from the counts
            skipped 1: the world or a group of countries
        "#]],
    );
}

#[test]
fn eurostat_classic_tsv() {
    let text = "freq,age,sex,unit,geo\\TIME_PERIOD\t2008 \t2009 \t2010 \n\
        A,TOTAL,T,NR,AL\t4789 b\t: \t:z\n\
        A,TOTAL,F,NR,MD\t 300 bp\t310\t: c\n\
        A,TOTAL,NR,MD\t1\t2\t3\n";
    check(
        Kind::Eurostat,
        text,
        expect![[r#"
        3 rows
        ALB persons_held 2008 total 4789 [eurostat-crim-pris-age, row 2] break-in-series: publisher-flag;flag=break-in-series
        MDA persons_held 2008 female 300 [eurostat-crim-pris-age, row 3] break-in-series: publisher-flag;flag=break-in-series | publisher-flag;flag=provisional
        MDA persons_held 2009 female 310 [eurostat-crim-pris-age, row 3]
        Refused row 4 freq,age,sex,unit,geo\TIME_PERIOD “A,TOTAL,NR,MD”: expected 5 codes: freq,age,sex,unit,geo
        skipped 3: no value given
    "#]],
    );
}

#[test]
fn eurostat_capacity_citizenship_and_trial_status() {
    let capacity = "\
DATAFLOW,LAST UPDATE,freq,indic_cr,unit,geo,TIME_PERIOD,OBS_VALUE,OBS_FLAG
ESTAT:CRIM_PRIS_CAP(1.0),01/01/26,A,PRIS_OFF_CAP,NR,RO,2023,18000,
ESTAT:CRIM_PRIS_CAP(1.0),01/01/26,A,PRIS_ACT_CAP,NR,RO,2023,23000,
ESTAT:CRIM_PRIS_CAP(1.0),01/01/26,A,PRIS_OFF_CAP,P_HTHAB,RO,2023,94,
";
    check(
        Kind::Eurostat,
        capacity,
        expect![[r#"
        3 rows
        ROU official_capacity 2023 total 18000 [eurostat-crim-pris-cap, row 2]
        ROU persons_held 2023 total 23000 [eurostat-crim-pris-cap, row 3]
        skipped 1: a rate that follows from the counts
    "#]],
    );
    let citizens = "freq,citizen,unit,geo\\TIME_PERIOD\t2023\n\
        A,FOR,NR,RO\t300\nA,NAT,NR,RO\t22700\nA,TOTAL,NR,RO\t23000\n";
    check(
        Kind::Eurostat,
        citizens,
        expect![[r#"
        3 rows
        ROU persons_held 2023 total 23000 [eurostat-crim-pris-ctz, row 4]
        ROU persons_held_foreign 2023 total 300 [eurostat-crim-pris-ctz, row 2]
        skipped 1: citizens of one country or group: the rest after foreigners
    "#]],
    );
    let trial = "\
freq,leg_stat,Legal status of persons,unit,geo,TIME_PERIOD,OBS_VALUE
A,X1,Person not sentenced,NR,RO,2023,2300
A,X2,Convicted person,NR,RO,2023,20700
A,X3,Person in a boat,NR,RO,2023,1
";
    check(
        Kind::Eurostat,
        trial,
        expect![[r#"
        3 rows
        ROU persons_sentenced 2023 total 20700 [eurostat-crim-pris-tri, row 3]
        ROU persons_unsentenced 2023 total 2300 [eurostat-crim-pris-tri, row 2]
        Refused row 4 leg_stat “Person in a boat”: the code “Person in a boat” of leg_stat is not known here; left out
    "#]],
    );
}

#[test]
fn a_space_collection_typed_by_others() {
    let rows: &[&[&str]] = &[
        &[
            "Country",
            "Date",
            "Total number of inmates",
            "Total number of staff",
            "Prison population rate (inmates per 100,000 people)",
            "Capacity of penal institutions",
            "Prison density (inmates relative to capacity, in %)",
            "Source name",
            "Notes",
        ],
        &["BH: Rep. Srpska", "2020-04-15", "700", "", "60.5", "1100", "0.63", "CoE / SPACE", ""],
        &[
            "Serbia (Republic of)",
            "2020-04-15",
            "NA",
            "4000",
            "",
            "",
            "",
            "CoE / SPACE",
            "no count",
        ],
        &["Italy", "2020-04-15", "55000", "", "", "", "", "Italian Ministry of Justice", ""],
        &["Turkey", "spring", "1", "", "", "", "", "CoE / SPACE", ""],
    ];
    let bytes = workbook("1.1 Pop change", "Prison population and capacity over time", rows);
    let reading = read::read(Kind::Space, "space.xlsx", Cursor::new(bytes), YEAR);
    expect![[r#"
        4 rows
        BIH-SRP official_capacity 2020-04-15 total 1100 [space-i-2020, sheet 1.1 Pop change, row 4] second-hand: second-hand;publisher=SPACE I
        BIH-SRP persons_held 2020-04-15 total 700 [space-i-2020, sheet 1.1 Pop change, row 4] second-hand: second-hand;publisher=SPACE I
        BIH-SRP prison_rate 2020-04-15 total 60.5 [space-i-2020, sheet 1.1 Pop change, row 4] second-hand: second-hand;publisher=SPACE I
        SRB prison_staff 2020-04-15 total 4000 [space-i-2020, sheet 1.1 Pop change, row 5] second-hand: second-hand;publisher=SPACE I
        Refused row 7 1.1 Pop change Date “spring”: no date: neither a column “date”, nor a date in the headers or the title
        skipped 1: from another source than SPACE
    "#]].assert_eq(&show(reading));
}

#[test]
fn a_space_table_dated_by_its_header_or_by_its_title() {
    let text = "\
code,country,population_2021_01_01,inmates_stock_2021_01_31,not_serving_final_sentence,capacity
CZ,Czech Rep.,10701777,19286,1570,19939
SK,Slovak Rep.,5459781,10489,1618,11621
";
    check(
        Kind::Space,
        text,
        expect![[r#"
        2 rows
        CZE official_capacity 2021-01-31 total 19939 [space-i-2021, row 2] second-hand: second-hand;publisher=SPACE I
        CZE persons_held 2021-01-31 total 19286 [space-i-2021, row 2] second-hand: second-hand;publisher=SPACE I
        CZE persons_unsentenced 2021-01-31 total 1570 [space-i-2021, row 2] second-hand: second-hand;publisher=SPACE I
        SVK official_capacity 2021-01-31 total 11621 [space-i-2021, row 3] second-hand: second-hand;publisher=SPACE I
        SVK persons_held 2021-01-31 total 10489 [space-i-2021, row 3] second-hand: second-hand;publisher=SPACE I
        SVK persons_unsentenced 2021-01-31 total 1618 [space-i-2021, row 3] second-hand: second-hand;publisher=SPACE I
    "#]],
    );
    let own: &[&[&str]] = &[
        &[
            "Country",
            "Total number of inmates (including pre-trial detainees)",
            "Prison population rate per 100,000 inhabitants",
        ],
        &["UK: Engl. & Wales", "80000", "134"],
        &["Spain (Total)", "55000", "116"],
        &["Spain (State Adm.)", "47000", "118"],
    ];
    let title = "SPACE I: Table 3. Prison population rates on 31st January 2023";
    let bytes = workbook("Table 3", title, own);
    let reading = read::read(Kind::Space, "space.xlsx", Cursor::new(bytes), YEAR);
    expect![[r#"
        3 rows
        ESP persons_held 2023-01-31 total 55000 [space-i-2023, sheet Table 3, row 5]
        ESP prison_rate 2023-01-31 total 116 [space-i-2023, sheet Table 3, row 5]
        ESP-STA persons_held 2023-01-31 total 47000 [space-i-2023, sheet Table 3, row 6]
        ESP-STA prison_rate 2023-01-31 total 118 [space-i-2023, sheet Table 3, row 6]
        GBR-EAW persons_held 2023-01-31 total 80000 [space-i-2023, sheet Table 3, row 4]
        GBR-EAW prison_rate 2023-01-31 total 134 [space-i-2023, sheet Table 3, row 4]
    "#]]
    .assert_eq(&show(reading));
}
