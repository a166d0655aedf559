# Navigation and kinds
way-indicators = Indicators
kind-country = Country
kind-indicator = Indicator
place = Place
region = Region
indicator = Indicator
topic = Topic
setting = Setting
unit = Unit
kind = Kind
kind-reported = Reported
kind-computed = Computed here
definition = Definition
numerator = Above the line
denominator = Below the line
compare-with = Compared outside with
better = Direction
group = Group
locator = Where in the source
reason = Reason
flag = Doubt
rank = Rank
trend = Trend
yes = yes
no = no
figure-missing = no figure in our sources
publisher-unodc = UNODC
publisher-unaids = UNAIDS
publisher-eurostat = Eurostat
publisher-space = SPACE I
publisher-national = A national source
figure-other-source = { $source } gives { $value } ({ $period })
people-in-prison = people in prison
people-outside = people who inject drugs, outside

# Sections of the brief
section-situation-lead = How many people are held, in how many places, and for what.
section-infection-lead = People in prison beside people who inject drugs outside: two different populations, side by side, not a ratio.
section-deaths = Deaths in prison
section-deaths-lead = Deaths are few in a year, so rates move by chance; the bands show how much.
section-care-lead = What is offered inside, and the same service outside.
section-equivalence = Equivalence of care
section-equivalence-lead = People in prison have a right to the standard of care that is available outside. For each service: coverage inside over coverage outside.
section-trafficking-lead = What prison statistics say of trafficking and of drug-law offences.
section-unknown = What is not known
section-unknown-lead = Ranked by how much an answer would add: first what would complete a comparison of care.

# Findings
finding-rate = { $value } people per 100,000 inhabitants are held in prison ({ $year }): { $ratio } times the median of { $countries } member states ({ $median }).
finding-rate-alone = { $value } people per 100,000 inhabitants are held in prison ({ $year }).
finding-full = Prisons hold { $value } people for every 100 places ({ $year }).
finding-drug-law = { $value } % of people in prison are held for drug offences ({ $year }).
finding-hiv = { $value } % of people in prison live with HIV ({ $year }); outside, { $outside } % of people who inject drugs do ({ $outside_year }).
finding-hiv-alone = { $value } % of people in prison live with HIV ({ $year }).
finding-oat = { $value } people in prison receive opioid agonist treatment ({ $year }): { $share } % of everyone held. Outside, it reaches { $outside } % of people who inject or depend on opioids ({ $outside_year }).
finding-oat-alone = { $value } people in prison receive opioid agonist treatment ({ $year }): { $share } % of everyone held.
finding-oat-outside-only = Outside, opioid agonist treatment reaches { $value } % of people who inject or depend on opioids ({ $year }); how many people in prison receive it is not in our sources.
finding-equivalence = Of { $services } services, care inside can be set against care outside for { $known }; for { $missing } nothing is published about prisons.
finding-equivalence-none = For none of { $services } services is anything published that would allow care inside to be set against care outside.

# Situation
situation-rate-title = People in prison per 100,000 inhabitants
situation-rate-changed = The prison population rate { $way ->
    [fell] fell by { $change } % between { $from } and { $to }, from { $first } to { $last } per 100,000
    [rose] rose by { $change } % between { $from } and { $to }, from { $first } to { $last } per 100,000
   *[other] was about the same in { $to } as in { $from }: { $last } per 100,000
}
situation-shares-title = People held without a final sentence, and for drug offences, among all people held

# Infection
infection-hiv = HIV
infection-hcv = Hepatitis C
infection-hbv = Hepatitis B
infection-tb = Tuberculosis
infection-hiv-within = HIV
infection-hcv-within = hepatitis C
infection-hbv-within = hepatitis B
infection-tb-within = tuberculosis
infection-title = { $infection } is the infection reported most among people in prison
infection-title-two = { $infection } and { $second } are the infections reported most among people in prison
infection-subtitle = Share of people living with the infection, per cent
infection-note = What is not looked for is not found: a low figure may mean little testing.

# Deaths
deaths-title = { $value } deaths per 1,000 people held in { $year } (95 % interval { $interval })
deaths-title-plain = Deaths per 1,000 people held

# Trafficking
trafficking-title = People held for drug trafficking and for drug possession

# Equivalence of care
equivalence-title = Care inside can be compared with care outside for { $known } of { $services } services
equivalence-subtitle = Coverage inside ÷ coverage outside; 1 is equal
equivalence-less = less inside
equivalence-equal = equal
equivalence-more = more inside
equivalence-service = Service
equivalence-ratio = Coverage inside ÷ coverage outside
equivalence-at-least = at least { $value }
equivalence-computed = Computed here from the two figures beside it.
equivalence-one-side = one side is missing
equivalence-one-side-sentence = One side is missing.
equivalence-flagged = a figure is in doubt
equivalence-flagged-sentence = No ratio is given, since a figure is in doubt.
equivalence-zero = nothing reported outside
equivalence-zero-sentence = No ratio is given, since the figure outside is zero.
equivalence-short-held-back = held back: a figure is in doubt
equivalence-short-no-inside = nothing published about prisons
equivalence-short-no-outside = nothing published for outside
equivalence-says-nothing-sentence = Nothing is published on either side.
equivalence-says-no-inside-sentence = Outside is known; about prisons nothing is published.
equivalence-says-no-outside-sentence = Inside is known; there is no figure for outside in our sources.
equivalence-says-floor = Coverage inside is at least { $value } times that outside; how much more depends on how many people in prison need it.
equivalence-says-unsure = Inside may be less or more than outside: the ratio lies between { $low } and { $high }.
equivalence-says-less = Coverage inside is { $value } times that outside: less than equal.
equivalence-says-more = Coverage inside is { $value } times that outside: more than equal.
equivalence-says-equal = Coverage inside is about equal to that outside.
equivalence-years = The two figures are of different years: { $inside } inside, { $outside } outside.
equivalence-nothing = { $count ->
    [one] For one more service nothing is published on either side: { $services }.
   *[other] For { $count } more services nothing is published on either side: { $services }.
}
assumption-need-share = Inside, the figure counts everyone held, although only some need the service. The share in need is taken as { $value } %, the share of people in prison who inject there in eastern Europe and central Asia (Moazen 2018); no interval was published, so the range lets it vary from { $low } % to { $high } %.
service-drug_treatment_community = Drug treatment
service-oat_coverage_community = Opioid agonist treatment
service-needles_per_person_community = Needles and syringes
service-naloxone_community = Naloxone
service-hiv_testing_community = HIV testing
service-art_coverage_community = HIV treatment
service-hcv_testing_community = Hepatitis C testing
service-hcv_treatment_community = Hepatitis C treatment
service-hbv_vaccination_community = Hepatitis B vaccination
service-tb_treatment_success_community = Tuberculosis treatment
service-stigma_avoided_care_community = Care avoided for fear of stigma

# What is not known
unknown-missing = No figure in our sources.
unknown-flagged = The figure of { $year } ({ $value }) is in doubt. { $reason }
unknown-old = The last figure is of { $year }.
unknown-more = { $count } more figures are missing, doubtful or old.

# Countries and figures
countries-lead = Every place with figures in our sources; open one for its brief.
countries-caption = Places and their latest figures
countries-figures = Figures
countries-place = Part of a name
facts-empty = This site holds no figures yet. Load those that come with the program:
figures-of = All figures: { $place }
figures-lead = Every figure as its source gives it, with its place in the source and its marks of doubt. A value leads to its history.
figure-one = One figure
figure-indicator = What is measured:
figure-versions = What each source says, newest version first
figure-replaced = replaced
figure-read = Read here
doubts-title = Figures in doubt
doubts-lead = Every figure that a rule marked, with the reason. Grave marks keep a figure out of ranks, ratios and lines; nothing is deleted.
imports-title = Imports
imports-lead = Every file that changed figures, newest first.
imports-number = Change
imports-at = Day
imports-kind = From
imports-file = File
imports-added = Added
imports-changed = Changed
imports-same = As before
imports-refused = Rows refused
import-kind-shipped = Shipped with the program
import-kind-unodc = UNODC
import-kind-unaids = UNAIDS
import-kind-eurostat = Eurostat
import-kind-space = SPACE I
import-kind-template = National figures
change-facts-imported = { $kind ->
    [shipped] Shipped figures loaded: { $added } added, { $changed } changed
   *[other] { $file } imported ({ $kind }): { $added } figures added, { $changed } changed
}

# Indicators and the region
indicators-lead = What is measured, over whom, and how many places have a figure.
indicators-caption = Indicators
indicators-places = Places with a figure
indicator-empty = No place has a figure for this in our sources.
indicator-places = Every place
indicator-compare = Compare with other indicators
region-lead = Choose what to compare and where. Ranks are ranges: they admit how little separates neighbours.
region-choose-indicators = Figures (up to { $most })
region-choose-places = Places
region-choose-named = Choose places one by one
region-show = Compare
region-kind = Regional comparison
region-paper-title = Drugs and health in prisons: countries compared
region-paper-subtitle = { $count } places, latest figures
region-title = { $indicator }: from { $low } ({ $lowest }) to { $high } ({ $highest }), in { $count } places
region-title-one = { $indicator }: only { $place } has a figure
region-title-none = { $indicator }: no figure that may be compared
region-map-title = { $indicator } on the map
region-dots-title = { $indicator }: every place, highest first
region-dots-subtitle = Bars show the source’s interval or, where none is given, what the place’s sources say over its last three years
region-years-title = { $indicator }: the years behind it
region-years-subtitle = One scale for all places
region-table = Latest figures
region-table-note = † A figure in doubt: see its reason. A dot means that our sources have no figure.
rank-help = 1 is the highest value. A range, since each figure may vary over its interval or over its last three years and sources.
rank-note = Rank 1 is the highest value. Ranges: each figure is let vary over its interval or, where none is given, over what the place’s sources say for its last three years. Figures in grave doubt are not ranked.
rank-none = not ranked: the figure is in doubt
map-no-data = no figure
map-flagged = in doubt
scope-all = All places
scope-members = Members of the Council of Europe
scope-focus = Eastern Europe and the Balkans
scope-chosen = Chosen one by one

refusal-no-indicator = There is no indicator { $value }.
refusal-no-indicator-do = The list of indicators shows all of them with their names in addresses.
refusal-no-figure = There is no figure { $value }.
refusal-no-figure-do = Open the country’s list of all figures and choose from there.
refusal-too-many-indicators = { $value } indicators are too many for one comparison.
refusal-too-many-indicators-do = Choose up to six; take the rest as a second table.
refusal-no-scope = { $value } is no region of this site.
refusal-no-scope-do = Use all, members, focus, or a region from the list on the page.
refusal-not-a-number = { $name } must be a whole number; { $value } is not.
refusal-not-a-number-do = Write it in digits, such as 2018.
