# Words of the fixed lists: regions, units, groups, flags with their reasons, methods, footnotes.

region-eastern-europe = Eastern Europe
region-south-east-europe = South-East Europe
region-caucasus = Caucasus
region-central-europe = Central Europe
region-northern-europe = Northern Europe
region-western-europe = Western Europe
region-southern-europe = Southern Europe
region-central-asia = Central Asia
region-other = Elsewhere

section-situation = Situation
section-infection = Infection
section-care = Care
section-mortality = Deaths
section-trafficking = Trafficking and drug-law offences

setting-inside = Inside
setting-outside = Outside
setting-justice = Justice system

better-higher = Higher is better
better-lower = Lower is better
better-neither = Neither higher nor lower is better by itself

unit-people = people
unit-places = places
unit-facilities = prisons
unit-deaths = deaths
unit-items = items
unit-events = events
unit-percent = %
unit-per100k-inhabitants = per 100,000 inhabitants
unit-per1000-held = per 1,000 people in prison
unit-per-person = per person
unit-yes-no = yes or no

group-total = Everyone
group-female = Women
group-male = Men
group-transgender = Transgender people
group-adult = Adults
group-juvenile = Children
group-female-adult = Women, adult
group-male-adult = Men, adult
group-female-juvenile = Girls
group-male-juvenile = Boys
group-under-25 = Under 25 years
group-25-plus = 25 years and over
group-foreign = Foreign citizens

flag-none = No doubt noted
flag-none-means = Nothing speaks against the figure.
flag-provisional = Provisional
flag-provisional-means = The publisher may still change it.
flag-estimated = Estimated
flag-estimated-means = Estimated or averaged, not counted on one day.
flag-second-hand = Second-hand
flag-second-hand-means = Copied by someone other than the publisher. Check it there before citing it.
flag-disagrees = Sources disagree
flag-disagrees-means = Another source differs by more than 10 % for the same place and year.
flag-break-in-series = Break in series
flag-break-in-series-means = Not comparable with the years before.
flag-sharp-change = Sharp change
flag-sharp-change-means = Changed more within two years than such a figure can be expected to; perhaps another sample.
flag-low-reliability = Low reliability
flag-low-reliability-means = Rests on few people, or is called unreliable by its publisher.
flag-definition-differs = Definition differs
flag-definition-differs-means = Counted by another definition than elsewhere. Shown, but left out of ranks and ratios.
flag-counting-rule = Counting rule differs
flag-counting-rule-means = Counted by another rule than elsewhere. Shown, but left out of ranks and ratios.
flag-zero-may-be-missing = Zero may be missing
flag-zero-may-be-missing-means = The zero may stand for “not measured”. Shown, but left out of ranks and ratios.
flag-scope-doubtful = Scope in doubt
flag-scope-doubtful-means = May count more than it says, such as the whole country in place of its prisons. Shown, but left out of ranks and ratios.
flag-implausible = Implausible
flag-implausible-means = Cannot be true as it stands. Shown, but left out of ranks and ratios.

reason-zero-may-be-missing = UNAIDS gives 0 for { $year }. It writes 0 also where nothing was measured.
reason-counting-rule = { $value } of { $held } people held is { $share } %. Above { $limit } % a country probably counts every offence, not the main one.
reason-scope-doubtful = { $value } needles for { $held } people held ({ $year }) is { $perperson } each in a year. Above { $limit } it may be the total for the whole country.
reason-sharp-change = { $from } % in { $fromyear }, { $to } % in { $toyear }: more likely another sample or method than another epidemic.
reason-disagrees = This source gives { $value }, another ({ $source }) { $other }.
reason-part-exceeds-whole = { $value } is more than the whole it is a part of ({ $whole }: { $wholevalue }). The two were counted by different rules.
reason-second-hand = Typed over from { $publisher } by others. Check it there before citing it.
reason-not-whole = { $value } is not a whole number: an average over the year, not a count of one day.
reason-publisher-flag = { $flag ->
    [provisional] Marked as provisional by the publisher.
    [estimated] Marked as estimated by the publisher.
    [break-in-series] Marked by the publisher as not comparable with the years before.
    [low-reliability] Marked as unreliable by the publisher.
    [definition-differs] Marked by the publisher as counted by a different definition.
   *[other] Marked by the publisher: { $flag }.
}

method-reported = As the source gives it.
method-ratio = { $numerator } divided by { $denominator }. Both are full counts, so there is no interval.
method-ratio-wilson = { $numerator } divided by { $denominator }, with the 95 % interval of Wilson (1927).
method-ratio-garwood = { $numerator } divided by { $denominator }, with the exact 95 % Poisson interval of Garwood (1936) around the deaths.

footnote-unscr-1244 = * All reference to Kosovo, whether to the territory, institutions or population, shall be understood in full compliance with United Nations Security Council Resolution 1244 and without prejudice to the status of Kosovo.

template-title = National figures
template-sheet-figures = Figures
template-sheet-instructions = How to fill in
template-sheet-lists = Lists
template-instructions = One row for each figure. Give every figure its source: a figure that no one can look up cannot be used. Leave a row out where there is no figure; write 0 only where you counted and found none. Save, then import the file.
template-column-place = The country, or the part of it that reports on its own: its code (MDA) or its name.
template-column-indicator = Choose from the list. The sheet of lists says what each one measures.
template-column-year = The year the figure stands for (2024), or the day of the count (2024-01-31).
template-column-group = Of whom: leave empty for everyone, or choose from the list.
template-column-value = The figure, in the unit of the indicator. A decimal comma or point; no thousands separator.
template-column-low = Lower end of its 95 % interval, if there is one.
template-column-high = Upper end of its 95 % interval, if there is one.
template-column-unit = The unit, as a check. It must be the indicator’s own.
template-column-source-title = Title of the report, register or survey.
template-column-source-publisher = Who published it or keeps it.
template-column-source-year = The year it was published.
template-column-source-url = Where it can be read, if anywhere.
template-column-page = Page or table.
template-column-note = What a reader should know, in your words.
