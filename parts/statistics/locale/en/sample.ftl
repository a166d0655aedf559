# A sample, planned and drawn.
sample-short = The drawn prisons can be asked for { $reached } people only: ask in more prisons, or accept a wider interval.
sample-list-note = Systematic selection with probability proportional to the people held, in the order of the list, within each stratum (Madow 1949); seed { $seed }. Weight of an interview = base weight × people held ÷ people who answered; the weight shown is the one if all who are asked answer. Ask about the number of people held on the day, and use that.
sample-prisons-hint = One a line: name, people held and, if the sample is to be drawn in strata, the stratum, such as: Prison 5, 420, women. Sort them by what matters, such as region, since neighbours share the sample out. At most 1,000 lines.
sample-paper = Sample of prisons
sample-number = No.
sample-stratum = Stratum
sample-base-weight = Base weight
sample-strata = By stratum
sample-there = Prisons there are
sample-drawn = Drawn
sample-expected = Interval to expect at a prevalence of { $prevalence } %
sample-of-whom = Of whom
sample-part-all = all who answer
sample-part = a group of { $part } % of them
sample-answers = Answers
sample-expected-note = Wilson’s interval with the effective n, and t for as many degrees of freedom as prisons less strata. A group found in few prisons only gets a wider one.
sample-then = After the survey, design.toml tells “throughcare estimate”, and the page of the data set, how it was drawn.
problem-prison-line = “{ $value }”: write a name, a comma and the number of people held, such as: Prison 5, 420; or with a stratum: Prison 5, 420, women
problem-prison-twice = “{ $value }” stands in the list twice; leave one, or tell the two apart by their names.
problem-too-many-prisons = more than { $most } prisons; draw by stratum, one list after the other.
problem-strata-of-some = { $count } { $count ->
    [one] prison has
   *[other] prisons have
  } no stratum while others have one; give one to each, or to none.
problem-nobody-held = nobody is held in any of these prisons, so none can be drawn in proportion; write the number of people after each name.
refusal-sample = The sample cannot be drawn: { $value }
refusal-sample-do = Go back to the page, where each thing stands beside its field.
refusal-sample-no-list = No prisons were drawn, since no list was given.
refusal-sample-no-list-do = Write the prisons on the page, one a line, and draw.
