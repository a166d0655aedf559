# Sources
source-kind-data-set = Data set
source-kind-review = Review
source-kind-study = Study
source-kind-fact-sheet = Fact sheet
terms-cc-by-4 = Creative Commons Attribution 4.0
terms-public-domain = Public domain
terms-credit = May be reproduced with the credit line
terms-educational-with-credit = May be reproduced for education or without profit, with the credit line
terms-figures-only = Only figures are quoted; the text belongs to its publisher
terms-not-verified = Terms not verified
terms-stated = { $terms } (as stated by the file that brought it; not verified)
typed-by-journalists = Typed by journalists from the report: check it against the report before citing
source-credit = Credit line
source-terms = Terms
source-publisher = Publisher
source-link = Where it is published
source-read-on = Read on { $date }
source-date-not-recorded = Date of reading not recorded
source-known-defects = Known defects
source-what-it-holds = What it holds
source-download = Take it into a reference manager
source-citation = How to cite it
source-record = The record
source-title = Title
source-year = Year
source-year-unknown = The year is not known for certain
source-kind = Kind
source-effects = Effects
source-read = Read on
source-link-unknown = No address is recorded
source-publisher-unknown = No publisher is recorded
source-origin = Where this record comes from
source-shipped = It comes with the program
source-imported = An imported file of national figures brought it; nobody here has checked it

# What the data sets hold
source-unodc-cts-holds = People held in prison by sex, age and status, entries, capacity, deaths in prison, and drug-law offences, by country and year; mostly 2003 to 2022.
source-unaids-gam-holds = HIV, hepatitis C and tuberculosis in prison, antiretroviral and opioid agonist treatment in prison, needles and condoms in prison, and people who inject drugs, by country; 2011 to 2018.
source-eurostat-crim-pris-age-holds = People in prison by age group and sex, as numbers and per 100,000 inhabitants; 2008 to 2023.
source-space-i-2020-holds = People in prison and capacity of 50 prison administrations at four dates of 2020.
source-space-i-2021-holds = People in prison, people not serving a final sentence, and capacity, on 31 January 2021, in 27 countries.
source-natural-earth-holds = Outlines of countries, for maps.

# What is known to be wrong, or strange, in a source
source-unodc-cts-defects = One row is dated 1013. Some categories stand twice in different spelling (“Drug trafficking” and “Drug Trafficking”). Northern Ireland 2017 and Austria 2021 give drug shares of 64% and 51% of people held, since they count by another rule (any offence, not the main one).
source-unaids-gam-defects = A zero sometimes stands for “not measured”. Hepatitis C in prison in North Macedonia falls from 51.0% to 25.5%. The needles reported for Moldova’s prisons in 2018 look like a national total. Some lines were lost before the copy was made. The year of the export is not recorded.
source-eurostat-crim-pris-age-defects = The flags were lost at export: the column is empty. The United Kingdom is given in three parts.
source-space-i-defects = The rows were typed by journalists from the report; they are second-hand.
source-platt-2018-defects = The article came out online in 2017 and in print in 2018; two figures were read on a page of a third party.
source-santo-2021-defects = Three corrections were published. Two figures were read on a page of another title, so they may come from a different version.
source-wiessing-2021-defects = The title counts 17 countries; the figures for each virus come from 16. No figure is adjusted.
source-stop-c-daa-2024-defects = The collection gives 2021, but the abstract with these figures appeared in 2024. The printed title and authors were not seen.
source-patel-2014-defects = The interval for a shared injection was noted from memory.
source-dolan-2016-defects = The regional HIV figures were noted from memory.
source-marsden-2017-defects = The figure for death by drug poisoning was noted from memory.
source-marsden-2017-abstract-defects = An abstract of another version of the published study; its figures differ a little from the article’s.
