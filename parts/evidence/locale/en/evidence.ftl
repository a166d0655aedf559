# Settings
setting-prison = In prison
setting-release = After release
setting-community = In the community
setting-mixed = In more than one setting

# Interventions: services
intervention-oat = Opioid agonist treatment
intervention-methadone = Methadone treatment
intervention-buprenorphine = Buprenorphine treatment
intervention-oat-prison = Opioid agonist treatment in prison
intervention-methadone-prison = Methadone treatment in prison
intervention-oat-release = Opioid agonist treatment at release
intervention-opioid-interventions-custody = Treatment of opioid use in custody
intervention-nsp = Needle and syringe programmes
intervention-nsp-prison = Needle and syringe programmes in prison
intervention-oat-nsp = Opioid agonist treatment with needle and syringe programmes
intervention-naloxone = Take-home naloxone
intervention-daa-prison = Hepatitis C treatment in prison (direct-acting antivirals)

# Interventions: what people are exposed to
intervention-oat-interruption = Opioid agonist treatment interrupted by imprisonment
intervention-incarceration = Imprisonment
intervention-release = Release from prison
intervention-none = The size of the need
intervention-kind-service = Service
intervention-kind-exposure = Exposure
intervention-kind-none = Burden, without intervention

# Outcomes
outcome-hiv-acquisition = New HIV infection
outcome-hiv-prevalence = Living with HIV
outcome-hiv-attributable = HIV infections attributable to imprisonment
outcome-hiv-per-shared-injection = HIV passed on in one shared injection
outcome-hiv-per-contaminated-syringe = HIV passed on by one contaminated syringe
outcome-hcv-acquisition = New hepatitis C infection
outcome-hcv-primary-infection = First hepatitis C infection
outcome-hcv-reinfection = Hepatitis C reinfection
outcome-hcv-recurrence = Hepatitis C virus found again after cure
outcome-hcv-prevalence = Antibodies to hepatitis C
outcome-hcv-attributable = Hepatitis C infections attributable to imprisonment
outcome-hcv-clearance = Hepatitis C cleared without treatment
outcome-hcv-cure = Hepatitis C cured
outcome-daa-completion = Hepatitis C treatment completed
outcome-hbv-prevalence = Chronic hepatitis B
outcome-tb-prevalence = Active tuberculosis
outcome-all-cause-death = Death from any cause
outcome-drug-death = Drug-related death
outcome-overdose-death = Death by overdose
outcome-poisoning-death = Death by drug poisoning
outcome-treatment-entry = Entry to treatment in the community
outcome-oat-retention = Staying in opioid agonist treatment
outcome-opioid-use = Use of illicit opioids
outcome-injecting = Injecting drugs
outcome-opioid-use-injecting-sharing = Heroin use, injecting and syringe sharing
outcome-opioid-use-risk-behaviour = Opioid use and risk behaviour
outcome-injecting-in-prison = Injecting drugs in prison
outcome-tattooing-in-prison = Tattooing in prison
outcome-oat-available-in-prison = Opioid agonist treatment provided in prison
outcome-oat-coverage-below-30 = Opioid agonist treatment in prison for less than 30% of those in need
outcome-nsp-available-in-prison = Needle and syringe programmes provided in prison
outcome-reoffending = Reoffending
outcome-prison-population-rate = People in prison

# Closer descriptions of an outcome
detail-first-4-weeks = first 4 weeks
detail-4-weeks-to-4-months = 4 weeks to 4 months
detail-after-release = after release
detail-at-12-months = at 12 months
detail-at-3-years = at 3 years
detail-all-studies = all studies
detail-higher-quality-studies = higher-quality studies
detail-adequate-dose = at an adequate dose
detail-per-protocol = treatment and test completed
detail-intention-to-treat = of all who began
detail-outcome-known = where the outcome is known

# People, and for probabilities exposures; said after “among”
population-people-who-inject = people who inject drugs
population-opioid-dependence = people with opioid dependence
population-on-oat = people in opioid agonist treatment
population-in-prison = people in prison
population-women-in-prison = women in prison
population-on-oat-imprisoned = people in opioid agonist treatment who are imprisoned
population-custody-opioid-use-disorder = people with opioid use disorder in custody or recently released
population-closed-settings = people in prisons and other closed settings
population-closed-settings-injected = people in closed settings who have ever injected drugs
population-starting-daa = people in prison starting hepatitis C treatment
population-treated-in-jail = people treated for hepatitis C in jail
population-cured-in-jail = people cured of hepatitis C in jail
population-released = people released from prison
population-released-opioid-use-disorder = people with opioid use disorder released from prison
population-acute-hcv = people with acute hepatitis C
population-shared-injection = injections with equipment used by a person with HIV
population-contaminated-syringe = injections with a syringe contaminated with HIV
population-countries = countries
population-inhabitants = inhabitants

# Places
place-world = world
place-all-regions = all regions studied
place-europe = Europe
place-europe-16-countries = 16 countries in Europe
place-europe-30-countries = 30 countries in Europe
place-council-of-europe = Council of Europe area
place-western-europe = western Europe
place-eastern-europe-central-asia = eastern Europe and central Asia
place-europe-israel = Europe and Israel
place-europe-north-america = Europe and North America
place-north-america = North America
place-asia-pacific = Asia and the Pacific
place-azerbaijan-kyrgyzstan-ukraine = Azerbaijan, Kyrgyzstan and Ukraine
place-england = England
place-united-kingdom = United Kingdom
place-australia = Australia
place-australia-4-prisons = 4 prisons in Australia
place-new-south-wales = New South Wales
place-washington-state = Washington State, United States
place-new-mexico = New Mexico, United States
place-new-york-city-jails = jails of New York City
place-new-haven = New Haven, United States

# What is compared with what; said as “lower … than …”. “It” may stand only where “with” is always said first.
comparison-on-off-oat-with = on opioid agonist treatment
comparison-on-off-oat-without = off it
comparison-in-out-oat-with = in opioid agonist treatment
comparison-in-out-oat-without = out of it
comparison-in-out-methadone-with = in methadone treatment
comparison-in-out-methadone-without = out of methadone treatment
comparison-in-out-buprenorphine-with = in buprenorphine treatment
comparison-in-out-buprenorphine-without = out of it
comparison-methadone-in-prison-with = with methadone treatment in prison
comparison-methadone-in-prison-without = without it
comparison-oat-in-prison-with = with opioid agonist treatment in prison
comparison-oat-in-prison-without = without it
comparison-oat-interrupted-with = when imprisonment interrupts the treatment
comparison-oat-interrupted-without = when the treatment goes on
comparison-oat-at-release-with = on opioid agonist treatment at release
comparison-oat-at-release-without = without opioid agonist treatment at release
comparison-oat-after-release-with = on opioid agonist treatment after release
comparison-oat-after-release-without = without opioid agonist treatment after release
comparison-treated-in-custody-with = with treatment in custody
comparison-treated-in-custody-without = without it
comparison-nsp-use-with = with needle and syringe programmes
comparison-nsp-use-without = without them
comparison-nsp-high-low-with = with high coverage of needles and syringes
comparison-nsp-high-low-without = with little or no coverage
comparison-oat-and-nsp-with = with both services
comparison-oat-and-nsp-without = with neither
comparison-after-before-daa-with = after treatment became widely available
comparison-after-before-daa-without = before
comparison-recent-imprisonment-with = after recent imprisonment
comparison-recent-imprisonment-without = without it
comparison-past-imprisonment-with = after imprisonment in the past
comparison-past-imprisonment-without = without it
comparison-ever-imprisoned-with = in those ever imprisoned
comparison-ever-imprisoned-without = in those never imprisoned
comparison-weeks-1-2-after-release-with = in weeks 1 and 2 after release
comparison-weeks-1-2-after-release-without = in weeks 3 to 12
comparison-weeks-3-4-after-release-with = in weeks 3 and 4 after release
comparison-weeks-3-4-after-release-without = in weeks 5 to 12
comparison-first-2-weeks-general-population-with = in the first 2 weeks after release
comparison-first-2-weeks-general-population-without = in the general population

# Measures
measure-rate_ratio = rate ratio
measure-risk_ratio = risk ratio
measure-hazard_ratio = hazard ratio
measure-odds_ratio = odds ratio
measure-prevalence_ratio = prevalence ratio
measure-relative_risk = relative risk
measure-pooled_ratio = ratio pooled over different measures
measure-percent = percent
measure-proportion = proportion
measure-rate_per_100_py = per 100 person-years
measure-rate_per_1000_py = per 1,000 person-years
measure-rate_per_100000 = per 100,000 inhabitants
measure-probability = probability
measure-per_10000_exposures = per 10,000 exposures
measure-count = count
measure-narrative = finding in words

# Axes of the forest plot
scale-ratio = Ratio, where 1 is no difference
scale-percent = Percent
scale-per-1000-person-years = Per 1,000 person-years
scale-per-10000-exposures = Per 10,000 exposures
scale-per-100000-inhabitants = Per 100,000 inhabitants
scale-no-difference = no difference

# Which way an effect points
direction-favours = Better with it
direction-harms = Worse with it
direction-unclear = Not clear
direction-burden = Size of the burden
direction-reached = How much is reached

# How sure it is
verified-yes = Checked against its source
verified-no = Not verified
doubt-figure-from-memory = Not verified: the figure was noted from memory
doubt-interval-from-memory = Not verified: the interval was noted from memory
effect-not-used = Unverified figures are shown, never used as a starting value.
grade-high = High certainty (GRADE)
grade-moderate = Moderate certainty (GRADE)
grade-low = Low certainty (GRADE)
grade-very-low = Very low certainty (GRADE)
effect-adjusted = Adjusted for other differences
effect-unadjusted = Not adjusted
effect-turned-round = Published the other way round; turned here so that all rows read alike
effect-studies =
    { $count ->
        [one] { $count } study
       *[other] { $count } studies
    }
effect-participants =
    { $count ->
        [one] { $count } person
       *[other] { $count } people
    }
effect-heterogeneity = Heterogeneity between studies (I²): { $value } %
effect-as-published = As published
