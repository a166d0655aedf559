# Scenarios: navigation, the explorer, its answer
way-scenarios = What if
kind-scenarios = Scenarios
scenarios-title = What if: policies tried on a model
scenarios-about = Move a lever, such as treatment in prison from one to forty in a hundred, and see what it would change for infections, deaths and money.
scenarios-of = What if: { $place }
scenarios-country-note = { $assumed } of { $parameters } figures that go in rest on no published source and are drawn widely.
scenarios-calibrated = The model is fitted to the country’s published figures.
scenarios-not-calibrated = Not fitted to this country’s surveys: the figures are drawn as its file gives them, most of them assumed, so intervals are wide.

explorer-lead = Move a lever. The answer sets the country with the lever moved against the same country as it goes on, life by life.
explorer-presets = Begin with
explorer-when = When
explorer-more-levers = { $count ->
    [one] One more lever
   *[other] { $count } more levers
}
explorer-how = How it is computed
explorer-how-help = More draws and more people make a steadier answer, and a slower one.
explorer-draws = Draws
explorer-people = % of the people followed
explorer-seed = Seed
explorer-show = Show what it changes
explorer-reset = As things go on
explorer-answer = The answer for { $place }
explorer-failed = No answer came. Move the lever again, or use the button “Show what it changes”.

scenario-from = Begins in
scenario-by = Reached by
scenario-until = Counted to the end of
lever-dates = Other dates
lever-now = now { $value }

policy-status-quo = As things go on
policy-oat-prison = Treatment in prison
policy-throughcare = Treatment kept across the gate
policy-needles = Needle exchange
policy-daa = Hepatitis C treatment for all
policy-naloxone = Naloxone at release
policy-diversion = Diversion from prison
policy-together = All together

levers-oat = Opioid agonist treatment (methadone, buprenorphine)
levers-overdose = Overdose
levers-needles = Needles and syringes
levers-hcv = Hepatitis C
levers-hiv = HIV
levers-justice = Prison itself

lever-oat-prison = Opioid agonist treatment in prison
lever-oat-prison-help = Of people in prison who inject: how many are on treatment.
lever-oat-kept-release = Treatment kept at release
lever-oat-kept-release-help = Of people released while on treatment: how many go on outside without a break.
lever-oat-kept-arrest = Treatment kept at arrest
lever-oat-kept-arrest-help = Of people arrested while on treatment: how many go on inside.
lever-oat-kept-transfer = Treatment kept at transfer
lever-oat-kept-transfer-help = Of people moved to another prison while on treatment: how many go on there.
lever-oat-community = Opioid agonist treatment outside
lever-oat-community-help = Of people who inject, outside: how many are on treatment.
lever-psychosocial-prison = Psychosocial treatment in prison
lever-psychosocial-prison-help = Of people in prison who inject: how many are in it, therapeutic communities included.
lever-naloxone-release = Naloxone at release
lever-naloxone-release-help = Of people released: how many are given naloxone and shown how to use it.
lever-needles-prison = Needle exchange in prison
lever-needles-prison-help = Of people in prison who inject: how many are reached with clean equipment.
lever-needles-community = Needle exchange outside
lever-needles-community-help = Of people who inject, outside: how many are reached with clean equipment.
lever-hcv-testing-prison = Hepatitis C testing in prison
lever-hcv-testing-prison-help = Of people in prison who do not know of their hepatitis C: how many are tested within a year.
lever-daa-prison = Hepatitis C treatment in prison
lever-daa-prison-help = Of people in prison who know of their hepatitis C: how many begin antivirals within a year.
lever-daa-kept-gate = Hepatitis C course kept across the gate
lever-daa-kept-gate-help = Of people released or arrested in the middle of a course: how many finish it.
lever-hcv-testing-community = Hepatitis C testing outside
lever-hcv-testing-community-help = Of people outside who do not know of their hepatitis C: how many are tested within a year.
lever-daa-community = Hepatitis C treatment outside
lever-daa-community-help = Of people outside who know of their hepatitis C: how many begin antivirals within a year.
lever-hiv-testing-prison = HIV testing in prison
lever-hiv-testing-prison-help = Of people in prison who do not know of their HIV: how many are tested within a year.
lever-art-prison = HIV treatment in prison
lever-art-prison-help = Of people in prison who know of their HIV: how many begin treatment within a year.
lever-art-kept-release = HIV treatment kept at release
lever-art-kept-release-help = Of people released on HIV treatment: how many go on outside.
lever-art-kept-arrest = HIV treatment kept at arrest
lever-art-kept-arrest-help = Of people arrested on HIV treatment: how many go on inside.
lever-hiv-testing-community = HIV testing outside
lever-hiv-testing-community-help = Of people outside who do not know of their HIV: how many are tested within a year.
lever-art-community = HIV treatment outside
lever-art-community-help = Of people outside who know of their HIV: how many begin treatment within a year.
lever-diversion-arrest = Diversion at arrest
lever-diversion-arrest-help = Of people arrested for a drug offence: how many go to care instead of prison.
lever-diversion-sentence = Diversion at sentence
lever-diversion-sentence-help = Of people sentenced for a drug offence: how many go to care instead of prison.
lever-remand-months = Length of remand
lever-remand-months-help = Time in prison before sentence, on average.
lever-early-release = Early release to treatment
lever-early-release-help = Of people sentenced for a drug offence who are on treatment: how many are released early within a year.

unit-of-people = %
unit-within-a-year = % a year
unit-months = months
setting-percent = { $n } %
setting-yearly = { $n } % a year
setting-months = { $n } months
move-line = { $name }: { $now } → { $to }, from { $from } to { $by }
move-step = { $name }: { $now } → { $to }, from { $from }

result-hcv-infections = Hepatitis C infections
result-hcv-infections-short = HCV
result-hcv-infections-what = hepatitis C infections
result-hiv-infections = HIV infections
result-hiv-infections-short = HIV
result-hiv-infections-what = HIV infections
result-overdose-deaths = Deaths by overdose
result-overdose-deaths-short = Overdose deaths
result-overdose-deaths-what = deaths by overdose
result-release-deaths = Overdose deaths within four weeks of release
result-release-deaths-short = After release
result-dalys = Years of healthy life lost
result-dalys-short = Healthy years
result-deaths = Deaths of any cause
result-imprisonments = Imprisonments
result-oat-years = Years on opioid agonist treatment
result-hcv-cured = People cured of hepatitis C
result-service-cost = Spent on services
result-cost = Money
result-cost-short = Money
result-per-daly = Money for each year of healthy life gained
result-per-daly-short = Per year

result-in-everywhere = Everywhere
result-in-prison = In prison
result-in-community = Outside

arm-status-quo = As things go on
arm-policy = With the policy
scenario-outcome = Outcome
scenario-place = Where
scenario-change = Change
scenario-between = { $low } to { $high }
scenario-fewer = { $n } fewer
scenario-more = { $n } more
scenario-unclear = no clear change
scenario-none = no change
scenario-either-way = between { $fewer } fewer and { $more } more
scenario-up-to-fewer = up to { $fewer } fewer
scenario-up-to-more = up to { $more } more
scenario-of-expected = of { $expected } expected ({ $interval })
scenario-of-expected-share = { $share } % of { $expected } expected ({ $interval })
# As for infections: fewer is saved, more is spent.
scenario-cost-fewer = { $n } less
scenario-cost-more = { $n } more
scenario-cost-unclear = no clear difference
scenario-cost-none = no difference
scenario-cost-either-way = between { $less } less and { $more } more
scenario-cost-yearly = { $n } a year on average; later years count for less
scenario-worth = At { $pays } for a year of healthy life, worth its cost in { $share } of 100 draws.
scenario-no-ratio = cannot be said
scenario-saves-both = saves money and health
money-plain = { $n } { $currency }
money-million = { $n } million { $currency }
money-billion = { $n } billion { $currency }
list-and = { $before } and { $last }
scenario-piece-fewer = { $n } fewer { $what }
scenario-piece-more = { $n } more { $what }
scenario-headline-status-quo = As things go on: what is to be expected if no lever is moved.
scenario-headline-unclear = In { $years } years, { $first } to { $until }: no clear change in infections or deaths.
scenario-headline = In { $years } years, { $first } to { $until }: about { $pieces }.
scenario-headline-costs = In { $years } years, { $first } to { $until }: about { $pieces }, for { $money } more.
scenario-headline-saves = In { $years } years, { $first } to { $until }: about { $pieces }, and { $money } less spent.
scenario-not-fitted = Not fitted to this country’s surveys.
scenario-not-fitted-means = Not fitted to this country’s surveys. The ranges show what the assumptions of its file allow, not what the country’s own data support: read them for the direction of a change, not for its size.
scenario-interval-not-fitted = Interval, model not fitted
compare-not-fitted = { $name } (model not fitted)
scenario-interval-means = In lighter ink: where 95 of 100 draws lie. “Fewer” and “more” are against the same country as it goes on, draw by draw.
scenario-moved = { $count ->
    [one] The lever that is moved
   *[other] The { $count } levers that are moved
}
scenario-all-figures = All figures, in prison and outside
scenario-table = What is to be expected, { $first } to { $until }
scenario-rests-on = { $draws } draws, { $people } % of the people followed ({ $followed } in each draw), seed { $seed }; model { $version }, inputs { $inputs }.
scenario-assumed = { $assumed } of { $parameters } figures rest on no published source.
scenario-what-went-in = What went in
scenario-link = Link that gives this answer again
scenario-copy = Copy the link
scenario-copied = Copied
scenario-hash = Same hash, same table: { $hash }
scenario-updated = New answer.
scenario-back = Back to the levers
scenario-made-with = This link was made with other inputs ({ $then }): figures or model have changed since, and the answer with them.

course-title = { $what } in { $year }: { $policy } instead of { $expected }
course-title-same = { $what } in { $year }: { $expected }, as things go on and with the policy
course-title-status-quo = { $what } in { $year }: { $expected }, as things go on
course-hcv-infections = New infections a year; middle of { $draws } draws, and the band that holds 95 in 100
course-hiv-infections = New infections a year; middle of { $draws } draws, and the band that holds 95 in 100
course-overdose-deaths = Deaths a year; middle of { $draws } draws, and the band that holds 95 in 100
course-release-deaths = Deaths added up since { $first }, as a year has few; middle of { $draws } draws, and the band that holds 95 in 100

# What went in
inputs-title = What went in: { $place }
inputs-lead = Every figure of the model with its interval and its source. What no source gives is marked as assumed, drawn widely, and counted on every answer.
inputs-counts = Of { $all } figures, { $published } are published for the country or taken from a publication, { $effects } are measured effects, { $design } are choices of design, and { $assumed } are assumed.
inputs-databook = Excel databook: every figure as a workbook to be filled in
inputs-databook-about = A ministry can put its own figures and sources into it; the command “throughcare country read” makes a country’s file of it, and says by sheet and row what is not right yet.
inputs-caption = { $count } figures of the model
inputs-find = such as: naloxone, assumed, cost
inputs-table-note = The interval holds the middle 95 % of what is drawn. “Fitted” figures are moved within their interval until the model meets the country’s published figures. “Bell”: median and interval as given, normal on the scale of logarithms or of odds.
inputs-parameter = What it is
inputs-unit = Unit
inputs-basis = Rests on
inputs-distribution = Drawn as
inputs-learnt = Fitted
inputs-note = Note
inputs-name = Name in files
inputs-certain = taken as certain
inputs-carried-over = measured outside, applied in prison
basis-source = publication
basis-effect = measured effect
basis-effect-unverified = measured effect, not checked
basis-design = choice of design
basis-assumed = assumed
basis-assumed-means = no source; drawn widely
distribution-fixed = one value
distribution-uniform = uniform
distribution-spread = bell
unit-persons = people
unit-persons-per-year = people a year
unit-per-year = per year
unit-years = years
unit-ratio = times
unit-events-per-year = times a year

# Refusals
refusal-no-model = There is no model of { $value } yet.
refusal-no-model-do = The countries that have one are listed under “What if”.
refusal-no-lever = There is no lever { $name }.
refusal-no-lever-do = Check the address; the levers of each country are listed at /api/scenarios.
refusal-lever-range = { $name } cannot be { $value }.
refusal-lever-range-do = Give a number from { $low } to { $high }.
refusal-scenario-year = { $name } cannot be { $value }: the model runs from { $low }.
refusal-scenario-year-do = Give a year from { $low } to { $high }.
refusal-scenario-turned = { $name } cannot be { $value }: that is before it begins.
refusal-scenario-turned-do = Give { $low } or later.
refusal-scenario-number = { $name } cannot be { $value }.
refusal-scenario-number-do = Give a whole number from { $low } to { $high }.
refusal-scenario-people = { $value } % of the people cannot be followed.
refusal-scenario-people-do = Give a number from { $low } to { $high }: 100 is everybody.
refusal-scenario-too-big = { $value } draws of so many people are too much for a quick answer.
refusal-scenario-too-big-do = Give at most { $high } draws, or follow fewer people; a full run is what “throughcare simulate” is for.
refusal-scenario-twice = { $name } stands twice in the address.
refusal-scenario-twice-do = Leave one of them out.
refusal-busy = Many people are asking just now.
refusal-busy-do = Please try again in a few seconds; nothing of your question is lost.

# A full run
simulate-policy = Policy
simulate-extra-cost = Extra money, { $currency }
simulate-worth = Worth its cost, % of draws
simulate-caption = What each policy averts and costs, { $first } to { $until }; middle of { $draws } draws and the interval of 95 in 100
simulate-source = { $country }: Throughcare model { $version }, { $draws } draws, seed { $seed }
simulate-target = Published
simulate-prevalence-hiv = HIV among people who inject
simulate-prevalence-hcv = Living with the hepatitis C virus, of people who inject
simulate-prevalence-of = Per cent at the end of the year; middle of all draws and the band that holds 95 in 100
simulate-averted = { $what }: what each policy takes away
simulate-averted-of = Over { $years } years, against the country as it goes on; middle of all draws and the interval of 95 in 100
plane-title = Health gained, and what it costs
plane-subtitle = Each small mark is one draw, each large one the mean of a policy
plane-across = years of healthy life gained
plane-up = million { $currency } more
plane-line = { $pays } a year of life
budget-curve-title = What more money buys
budget-curve-subtitle = Each policy that gains more than every cheaper one
budget-across = million { $currency } a year

# Standard policies
section-what-could-be-done = What could be done
section-what-could-be-done-lead = Standard policies tried on a model of the country, each against the same country as it goes on.
policies-title = Standard policies: { $place }
policies-link = Standard policies
policies-none = The standard policies have not been computed for this country yet. Its levers can be moved all the same.
policies-earlier = Computed on { $day } from earlier figures or by an earlier model: these policies no longer belong to what the explorer uses. They will be computed anew.
policies-made = Computed on { $day }: { $draws } draws, { $people } % of the people followed, seed { $seed }, model { $version }, inputs { $inputs }.
policies-source = Throughcare model { $version }, run on { $day }
policies-gained-title = { $clear } of { $all } standard policies clearly gain years of healthy life
policies-gained-of = Years of healthy life gained, { $first } to { $until }, against the country as it goes on; middle of all draws and the interval of 95 in 100
policies-caption = What each policy takes away and costs, { $first } to { $until }
policies-table-note = Against the same country as it goes on, draw by draw; the interval holds 95 of 100 draws. Each name leads to the levers.
policies-move = Move the levers yourself
finding-policies = On a model of the country, { $policy } alone would gain about { $n } years of healthy life ({ $interval }) from { $first } to { $until }.
finding-policies-caution = a model, not a measurement

# Compare
compare-title = Compare: { $place }
compare-link-short = Compare
compare-lead = Up to six scenarios side by side, each against the same country as it goes on.
compare-choose = Scenarios, { $most } at most
compare-paste = Or paste the link of an answer
compare-show = Compare
compare-caption = What each scenario changes
compare-bars = { $what }: taken away
compare-open = Move the levers of “{ $name }”
compare-link = Link to this comparison
compare-years-differ = These scenarios begin or end in different years: their totals count different spans.
compare-runs-differ = These scenarios were run with different draws or seeds: part of what differs between them is chance.
compare-name = { $more ->
    [0] { $name }: { $to }
   *[other] { $name }: { $to }, and { $more } more
}
scenario-compare = Compare with others
refusal-too-many-scenarios = { $value } scenarios are too many to read side by side.
refusal-too-many-scenarios-do = Choose six at most.

# Budget
budget-title = What money buys: { $place }
budget-link = Budget
budget-lead = A yearly amount for services, and the mix of policies that gains most with it.
budget-amount = Amount for each year
budget-amount-help = More than is spent now. Everything together would take { $most } a year.
budget-show = Show the best mix
budget-best = With { $amount } a year
budget-runner-up = Runner-up
budget-part = { $name }, { $share } % of the way
budget-gains = Gains { $gained } years of healthy life ({ $interval }) for { $costs } a year.
budget-open = Open with levers
budget-here = This amount
budget-next = What each next { $step } a year brings
budget-up-to = Up to, a year
budget-brings = Years of healthy life gained
budget-all = The whole curve
budget-mix = Mix
budget-per-year = { $currency } a year
budget-note = Money is what services cost beyond today’s, mean over draws, not discounted; what they save elsewhere is not taken off. Each policy at half or at full extent.
refusal-budget-amount = { $value } is not an amount.
refusal-budget-amount-do = Give a whole number of the country’s currency, such as 1,000,000.
refusal-no-policies = Nothing has been computed beforehand for { $value }.
refusal-no-policies-do = Move the levers of the country instead.
refusal-no-such-target = “{ $value }” is no figure that the model of this country can be held against.
refusal-no-such-target-do = Take one of: { $known }. The page “How well the model fits” lists them.

# Calibration
calibration-title = Model against published figures: { $place }
calibration-link = How well the model fits
calibration-lead = What is published of the country, what the fitted model gives, and what the fit made of the figures that nobody measured.
calibration-says = { $met ->
    [0] The model meets none of { $all } published figures
   *[other] The model meets { $met } of { $all } published figures
}
calibration-missed-lead = Not met:
calibration-met = { $what } ({ $year }): met
calibration-missed = { $what } ({ $year }): not met
calibration-none = The model of this country has not been fitted yet. It is asked with the figures of its file.
calibration-earlier = The model was fitted on { $day }, to earlier figures. Until it is fitted again it is asked with the figures of its file.
calibration-measure = Published figure
calibration-published = Published
calibration-model = Model
calibration-meets = Met
calibration-not-yet = not fitted yet
calibration-targets = Published figures and the fitted model
calibration-learnt = What the fit made of figures that nobody measured
calibration-learnt-says = Of { $moved } of { $all } figures the published ones say something: their interval lost a fifth or more. The others stay as wide as they were assumed.
calibration-before = Before
calibration-after = After
calibration-made = Fitted on { $day }: { $particles } sets of figures in { $rounds } rounds, worth { $effective } equal ones; { $draws } draws kept, { $people } % of the people followed, seed { $seed }, model { $version }. Method: incremental mixture importance sampling (Raftery and Bao 2010).
calibration-offered = Hold the model also against figures of this site
calibration-offered-lead = These figures of the country are in the site and are no targets yet: figures that the programme measured and released itself, or later ones of a publisher. Choose some, and take the country’s file with them. Where a figure was left out on purpose, that file says why.
calibration-offer = { $what }, { $year }: { $value } ({ $interval })
calibration-offer-assumed = { $what }, { $year }: { $value } ({ $interval }; the interval was not published and is assumed)
calibration-offer-replaces = It takes the place of { $value }.
calibration-offer-figure = The figure and its source
calibration-offered-file = Country’s file with these targets
calibration-offered-next = Whoever runs the site fits the model with that file; it takes some minutes:
calibration-offered-none = The site has no figure of this country that the model gives and that is no target yet. A figure that the programme releases under Statistics can become one of the country, and then stands here.
measure-hiv_among_current = HIV among people who inject
measure-hcv_antibody_among_current = Hepatitis C antibodies among people who inject
measure-hcv_viraemic_among_current = Living with the hepatitis C virus, of people who inject
measure-hiv_among_held = HIV among people in prison
measure-hcv_antibody_among_held = Hepatitis C antibodies among people in prison
measure-on_oat_in_prison = People on opioid agonist treatment in prison
measure-oat_among_current = On opioid agonist treatment, of people who inject
measure-people_injecting = People who inject
measure-modelled_people_in_prison = People in prison who inject or did
measure-ever_imprisoned_among_all = Ever imprisoned, of people who inject or did

# Runs
runs-title = Full runs: { $place }
runs-all = Full runs
runs-lead = Questions run with hundreds of draws of everybody; each answer is kept at its own address.
runs-empty = None yet. Move a lever and choose “Run in full”.
runs-caption = Full runs, newest first
runs-state = State
runs-asked = Asked
run-kind = Full run
run-title = { $place }: { $name }, { $draws } draws
run-drawing = Drawing fates and following people.
run-explore = Move the levers of this run
run-state-waiting = waiting
run-state-running = running
run-state-done = done
run-state-failed = failed
run-state-cancelled = cancelled
scenario-run-full = Run in full
scenario-steady = With twice as many draws, the ends of the interval for “{ $what }” would typically move by { $ends }, its mean by { $middle }.
explorer-more = More about this country’s model
refusal-no-run = There is no finished run { $value }.
refusal-no-run-do = Look at the list of runs of the country.
refusal-no-course = There is no drawing { $value } here.
refusal-no-course-do = Look at the page for those that there are.
fitted-yes = yes
fitted-no = no

# Elimination
elimination-title = Can hepatitis C and HIV be eliminated? { $place }
elimination-link = WHO’s targets for 2030
elimination-more = All policies against WHO’s targets
elimination-brief = Hepatitis C and HIV against WHO’s targets for 2030
elimination-brief-missing = not computed beforehand: the page asks the model now
elimination-choose = Show
elimination-own = My levers: { $name }
elimination-own-note = Your levers stand beside the standard policies.
elimination-own-rests-on = Your levers:
elimination-says = { $likely ->
    [one] One of the policies below is more likely than not to bring new hepatitis C infections among people who inject to WHO’s target in { $year }. Nearest is “{ $best }”: { $found } for 100 person-years ({ $low } to { $high }).
   *[other] { $likely } of the policies below are more likely than not to bring new hepatitis C infections among people who inject to WHO’s target in { $year }. Nearest is “{ $best }”: { $found } for 100 person-years ({ $low } to { $high }).
}
elimination-says-later = No policy below is likely to bring new hepatitis C infections among people who inject to WHO’s target in { $year }. “{ $best }” gets there first, from about { $first }; in { $year } it stands at { $found } for 100 person-years ({ $low } to { $high }).
elimination-says-never = No policy below is likely to bring new hepatitis C infections among people who inject to WHO’s target by { $until }. Nearest is “{ $best }”: { $found } for 100 person-years in { $year } ({ $low } to { $high }).
elimination-target = WHO: { $most }
elimination-all = All policies
elimination-caption = How each policy stands to WHO’s targets for { $year }
elimination-low = lowest of 95 in 100 draws
elimination-high = highest of 95 in 100 draws
elimination-met = Met, of 100 draws
elimination-first = Met from
elimination-all-met = All three for hepatitis C, of 100 draws
elimination-after = after { $until }
elimination-table-note = Figures are of { $year }: middle of the draws, and where 95 of 100 lie. “Met from” is the first year from which the target stays met to the end of the run.
elimination-targets = What WHO asks for
elimination-population = The country’s people are taken as { $people }: what its count of people in prison in { $year } and the rate for 100,000 people imply.
elimination-population-source = Source of both
elimination-no-population = How many people the country has is not among the figures here, so that only the target among people who inject can be read.
elimination-limits = What this cannot say
elimination-limit-others = Infections and deaths of people who never injected are not in the model. For targets that count the whole country, “met” here means that people who inject no longer stand in the way; others may.
elimination-limit-base = WHO also asks for 80 % fewer new infections and 65 % fewer deaths than in 2015. The model begins later, so that this fall cannot be read.
elimination-limit-cascade = WHO’s targets for care (90 % of people with hepatitis C diagnosed, 80 % of these treated; 95 % at each step for HIV) are not read: the model keeps yearly tests, courses and years on treatment, not who is diagnosed.
elimination-limit-sample = One year of a small sample is noisy: with a few of the people, a country near a target meets it in some draws by chance. A full run narrows this, not what is unknown.
elimination-quick = Not computed beforehand for these figures: run now, with the explorer’s sample of the people.
goal-hcv-incidence-asks = New hepatitis C infections among people who inject: at most 2 for 100 person-years
goal-hcv-incidence-source = WHO 2021, Interim guidance for country validation of viral hepatitis elimination; the same in WHO 2022, Global health sector strategies 2022–2030
goal-hcv-incidence-column = Hepatitis C infections for 100 person-years (at most { $most })
goal-hcv-incidence-title = Hepatitis C, { $policy }: WHO’s target for { $year } is met in { $draws } of 100 draws
goal-hcv-incidence-subtitle = New infections for 100 person-years of people who inject; middle of { $draws } draws, and the band that holds 95 in 100
goal-hcv-infections-asks = New hepatitis C infections: at most 5 a year for 100,000 people of the country
goal-hcv-infections-source = WHO 2021, Interim guidance for country validation of viral hepatitis elimination
goal-hcv-infections-column = Hepatitis C infections for 100,000 people (at most { $most })
goal-hcv-deaths-asks = Deaths by hepatitis C: at most 2 a year for 100,000 people of the country
goal-hcv-deaths-source = WHO 2021, Interim guidance for country validation of viral hepatitis elimination
goal-hcv-deaths-column = Liver deaths for 100,000 people (at most { $most })
goal-hiv-infections-asks = New HIV infections: at most 2.5 a year for 100,000 people of the country
goal-hiv-infections-source = WHO 2022, Global health sector strategies 2022–2030: 0.025 for 1,000 uninfected people
goal-hiv-infections-column = HIV infections for 100,000 people (at most { $most })
goal-hiv-infections-title = HIV, { $policy }: people who inject stay within WHO’s target for { $year } in { $draws } of 100 draws
goal-hiv-infections-subtitle = New infections of people who inject for 100,000 people of the country; middle of { $draws } draws, and the band that holds 95 in 100
eliminates-status-quo = Hepatitis C: as things go on, WHO’s target for new infections in { $year } is met in { $expected } of 100 draws.
eliminates-same = Hepatitis C: WHO’s target for new infections in { $year } is met in { $expected } of 100 draws, with the policy as without.
eliminates-policy = Hepatitis C: WHO’s target for new infections in { $year } is met in { $policy } of 100 draws, instead of { $expected }.
refusal-no-elimination = The run of { $value } ends before 2030, the year of WHO’s targets.
refusal-no-elimination-do = Count to the end of 2030 or later.

# One prison
lever-where = Where
lever-every-prison = Everywhere in prison
lever-dates-place = Other dates, one prison
lever-in-prison = { $name } ({ $prison })
refusal-no-prison = { $name } cannot be { $value }: there is no such prison, or this lever is not for one prison.
refusal-no-prison-do = Choose one of the prisons that stand under the lever.
refusal-scenario-prisons = { $value } levers for one prison are too many.
refusal-scenario-prisons-do = Move { $high } at most in one prison alone; the others everywhere.

# Added up over years
added-up-title = { $what }, { $first } to { $year }: { $policy } instead of { $expected }
added-up-title-unclear = { $what }, { $first } to { $year }: some { $expected }, no clear change
added-up-title-same = { $what }, { $first } to { $year }: { $expected }, as things go on and with the policy
added-up-title-status-quo = { $what }, { $first } to { $year }: { $expected }, as things go on
