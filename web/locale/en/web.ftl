way-countries = Countries
way-region = Region
print = Print

# Start page
home-title = Drugs and health in prisons: what is known, and what is not
home-about = Published figures for every country of the Council of Europe’s area, side by side: care inside prison beside care outside, what works, what is missing, and where each figure comes from.
home-placeholder = Country, indicator or study
home-counts = { $figures } figures for { $places } places from { $sources } sources.
home-empty-title = No figures yet
home-empty = This site holds no figures. Load those that come with the program, then open this page again:
home-focus = Eastern Europe and the Balkans
home-doors = Where to begin
home-loop = The loop that this platform is made for
home-step-know = Figures, studies, sources, and who belongs to what.
home-step-ask = Questionnaires that a field worker can fill anywhere.
home-step-measure = Estimates with their uncertainty, safe to publish.
home-step-foresee = What a policy would change, by a model anyone can rerun.
home-step-agree = Consultations and plans, with their evidence.
home-step-teach = Courses in local languages, also without a network.
home-loop-note = Dashed steps are being built; nothing of them is shown until it works.

# Search, API
api-lead = Everything that a page shows can be had as data, from the same functions and without registration.
api-forms = Add .csv, .xlsx or .json to the address of any list; .pdf to a country’s brief; .svg or .png to the address of a chart. lang=fr chooses the language.
api-description = Description for programs (OpenAPI 3.1)
api-paths = Paths of the API
api-path = Path
api-does = What it gives
api-takes = Parameters

# The brief
brief-kind = Country brief
brief-subtitle = Drugs and health in prison: situation, care inside beside care outside, what works, what is not known
brief-findings = In short
brief-contents = Contents
brief-related = See also:
brief-all-figures = All figures
brief-made = Figures as of { $figures } (change { $revision }); Throughcare { $version }.
brief-section = Section
brief-unit = Unit
brief-low = Low
brief-high = High
brief-group = Group
brief-locator = Where in the source
brief-flag = Doubt
brief-note = Note
brief-source-read = read on
brief-source-licence = Terms
refusal-no-country = There is no country or jurisdiction with the code { $value }.
refusal-no-country-do = { $near ->
    [none] Codes are those of ISO 3166-1, such as MDA; see the list of countries.
   *[other] Perhaps: { $near }. Codes are those of ISO 3166-1, such as MDA; see the list of countries.
}
refusal-no-chart = This brief has no chart named { $value }.
refusal-no-chart-do = Names of charts stand at their download links on the country’s page.

# How to read
about-lead = A figure is only as good as its source, its year and its doubt. These pages show all three.
about-figure = What stands beside a figure
about-figure-text = The value comes first, then its interval, unit, year and source. The number at a source leads to its citation; “Definition and notes” opens what exactly was counted and where it stands in the source.
about-interval = The interval is the one that the source gives, or one computed from counts by a named method. “None given” means that the publisher gave no interval; it does not mean that the figure is exact.
about-missing = A dot means that there is no figure, and says why. It is never a zero.
about-computed = A computed figure (a share, a rate, a ratio) names the figures it rests on, from the same year and where possible the same source.
about-versions = When a publisher changes a figure, the earlier value is kept on the figure’s own page.
about-equivalence = Inside over outside
about-equivalence-text = People in prison have a right to the same standard of care as everyone else (United Nations, Nelson Mandela Rules, rule 24; Council of Europe, European Prison Rules, rule 40). For each service the brief divides coverage inside by coverage outside: 1 is equal, 0.5 is half. Where the two sides are not counted over the same people, the ratio is given as bounds or not at all, and the page says what it assumes.
about-flags = Marks of doubt
about-flags-text = Rules with names look at every figure as it comes in. A marked figure stays visible with its reason; the grave marks keep it out of ranks, ratios and lines.
about-flag-used = Used with this mark.
about-flag-unused = Shown, but kept out of ranks, ratios and lines.
about-ranks = Ranks
about-ranks-text = A rank is given as a range: each country’s figure is let vary over its interval or, where none is given, over what its own sources and last three years say. Countries whose ranges overlap should not be called better or worse.
about-doubt = When not to believe a figure
about-doubt-text = When it is old, when it is flagged, when two sources disagree, when its definition differs from its neighbour’s, or when it looks too good. Prison systems count differently, and what is not looked for is not found: a low prevalence may mean little testing.
about-people = People
about-people-text = Only published totals are shown here. There are no records of people in prison. Only those who work with this site may have an account: a name, an address, and what they may do.

# Long work
job-waiting = Waiting for its turn.
job-running = Being worked on.
job-failed = This could not be done.
job-cancelled = Cancelled.
job-cancelling = Stopping…
job-done = Done.
job-before = { $count ->
    [one] One other comes first.
   *[other] { $count } others come first.
}
job-progress = Progress
job-done-of = { $done } of { $total }
job-error = Why the last try failed:
job-leave = This page renews itself. You may leave it and come back by its address; the work goes on.
job-cancel = Cancel this work
job-again = Try again

# The audit chain
audit-title = What was done
audit-lead = Who did what to which record, when and in which role. Entries are only added; each is bound to the one before.
audit-whole = { $count ->
    [one] One entry, whole. Its end, to be written down elsewhere:
   *[other] { $count } entries, whole. Their end, to be written down elsewhere:
}
audit-broken = The chain is not whole: it was touched from outside the program. Keep this database as it is, and compare it with a backup.
audit-number = Number
audit-at = When
audit-who = Who
audit-role = In which role
audit-act = What was done
audit-kind = To what kind
audit-record = To which
audit-detail = Detail
audit-hash = Hash
audit-from = From
audit-until = Until
refusal-no-audit-day = { $value } is no day.
refusal-no-audit-day-do = Write it as 2026-03-08: year, month, day.
