# Tables of figures, and what stands beside them.
internal-mark = NOT FOR RELEASE: figures that could show who answered what. For those who hold the data.
synthetic-mark = SYNTHETIC DATA: made by a program to show how it works. These figures speak of nobody.
title-share = { $what }: share of people
title-share-by = { $what }: share of people, by { $by }
title-mean = { $what }: mean
title-mean-by = { $what }: mean, by { $by }
title-ratio = { $what }: ratio
title-ratio-by = { $what }: ratio, by { $by }
title-median = { $what }: median
title-median-by = { $what }: median, by { $by }
title-quantile = { $what }: what { $percent } % of people lie at or below
title-quantile-by = { $what }: what { $percent } % of people lie at or below, by { $by }
head-ratio = ratio
head-median = median
head-quantile = { $percent } % lie at or below
ratio-note = A ratio is the total of the first over the total of the second, of those who answered both; n counts those who do not have 0 in both.
quantile-note = A median or other quantile is told in steps that at least 3 people share, so that it is nobody’s own answer.
head-percent = %
head-mean = mean
head-interval = { $level } % interval
head-n = n
head-effective-n = effective n
head-effect = design effect
group-all = all
group-unlabelled = not stated
no-interval = none
method-note = Weighted; { $level } % intervals: { $method }. n: people who answered; effective n: the simple sample that would be as exact.
method-logit = on the logit scale
method-beta = Korn and Graubard’s (beta)
method-likelihood = by profile likelihood
method-arcsine = on the arcsine scale
method-xlogit = on the logit scale, delta method
method-wilson = Wilson’s with the effective n
method-mean = plus and minus t standard errors
method-woodruff = Woodruff’s
weak-note = † too weak to lean on: { $reasons }.
weak-few-people = fewer than 30 people, in number or in effect
weak-few-units = fewer than 8 degrees of freedom
weak-wide-interval = an interval too wide
weak-large-error = a standard error above 30 % of the figure
weak-few-positives = fewer than 30 who said yes, or no, in effect, where such an interval is too narrow; choose logit or beta
withheld-empty = nobody answered
withheld-few-answers = withheld: fewer than 10 answers
withheld-few-alike = withheld: 1 or 2 who differ
withheld-all-alike = withheld: all answered alike
withheld-dominated = withheld: one person makes it up
withheld-few-beyond = withheld: fewer than 5 people at or beyond it
withheld-complementary = withheld: others follow from it
withheld-protected = withheld
withheld-empty-why = Nobody in this group answered, so there is no figure.
withheld-protected-why = Withheld to protect people. Either too few people stand behind the figure, or a figure of so few could be worked out from it and the totals. Which of the two is not said, since that would give it away.
would-go-note = ‡ would be withheld in public.

# What the data say of the design.
design-people = { $n } interviews stand for { $people } people.
design-weights = Weights run from { $least } to { $most }; that they differ alone multiplies the variance by { $effect }.
design-zero-weights = { $count } { $count ->
    [one] row has weight zero and counts
   *[other] rows have weight zero and count
  } for the design only.
design-units = { $units } sampled units in { $strata } { $strata ->
    [one] stratum
   *[other] strata
  }: { $df } degrees of freedom.
design-finite = The first drawing took a large enough share to count: its finite population is in the standard errors.
design-unlimited = The first drawing counts as one of very many (no finite population).
design-simple = A simple random sample of the rows.
lonely-fail-said = A stratum with a single unit is refused.
lonely-remove-said = A stratum with a single unit adds nothing to the variance.
lonely-certainty-said = A stratum with a single unit counts as drawn for certain.
lonely-adjust-said = A stratum with a single unit is compared with the mean of all, which is cautious.
lonely-average-said = A stratum with a single unit adds as much as the others do on average.

# What is wrong, and what to do.
problems-found = { $count ->
    [one] One thing has to be put right first:
   *[other] { $count } things have to be put right first:
  }
problem-at = { $place }, row { $row }: { $what }
problem-on-row = row { $row }: { $what }
problem-in = { $place }: { $what }
problem-engine = { $text }
problem-no-column = there is no such column; did you mean “{ $nearest }”?
problem-empty-file = the file is empty; save the table again, with one heading row and one row for each interview.
problem-no-rows = a heading, but no row under it; save the table again with its interviews.
problem-not-text = none of the files that are read here; save it as CSV (UTF-8), XLSX, SPSS (.sav), Stata (.dta) or Parquet.
problem-other-kind = this is { $kind }, which is not read here; save it as CSV (UTF-8), XLSX, SPSS (.sav), Stata (.dta) or Parquet.
problem-broken-line = the line cannot be read as a row of a table; save the file again as CSV (UTF-8).
problem-encoding-guessed = the file is not UTF-8 and was read as { $encoding }; if letters look wrong, save it again as UTF-8.
problem-damaged = the file is damaged ({ $text }); open it in the program that made it, save it again, and try once more.
problem-unfolds-too-far = the file unfolds to more than { $most } MB; keep only the columns that are needed.
problem-too-many-columns = { $count } columns, and at most { $most } are read; is the separator right? Keep only the columns that are needed.
problem-column-without-name = column { $count } has no name; give it one, or delete it.
problem-column-twice = columns { $first } and { $second } have the same name; rename one, or delete it.
problem-row-length = { $count } cells, where the heading has { $wanted }; a comma in a text must stand in quotes.
problem-more-rows = { $count ->
    [one] one more row has a problem of this kind
   *[other] { $count } more rows have a problem of this kind
  }
problem-not-a-number = “{ $value }” is not a number; correct it, leave it empty, or name it as a missing code in the codebook.
problem-decimal-comma = “{ $value }” has a decimal comma; write it with a point.
problem-factor-missing = no value; every row must have one, since it says for how many people the row stands.
problem-weight-negative = “{ $value }” cannot be a weight; a weight is how many people the row stands for, zero or more.
problem-not-above-zero = “{ $value }” is not above zero.
problem-no-label = no label; every row must belong to a unit and to a stratum.
problem-weights-and-probabilities = both weights and probabilities are named; give one of them.
problem-lonely-word = “{ $value }” is not known; write fail, remove, certainty, adjust or average.
problem-design-form = the description cannot be read: { $text }
problem-one-unit = only one unit was drawn in each stratum, so no uncertainty can be computed; at least two units are needed in some stratum.
problem-codebook-no-column = the codebook describes a variable that the data do not have; correct its name, or delete the row.
problem-codebook-twice = the codebook describes this variable twice; delete one row.
problem-codebook-value-form = “{ $value }” has no words; write values as 1=yes|0=no.
problem-codebook-stranger = “{ $value }” is not among the values that the codebook knows ({ $known }); add it there, or name it as missing.
problem-method = “{ $value }” is no method; choose one of { $known }.
problem-level = confidence of { $value }; choose between 0.5 and 1, such as 0.95.
problem-nothing-asked = no indicator was named; name at least one column.
problem-too-many-groups = more than { $most } groups at a time; hardly a cell would be left to show.
problem-group-twice = is named twice among the groups; name it once.
problem-all-missing = nobody answered; every row is missing.
problem-no-such-value = nobody answered “{ $value }”; the answers are: { $known }
problem-ask-one-value = neither yes and no nor numbers; ask for one of its answers as column=answer. The answers are: { $known }
problem-quantile-share = “{ $value }” is no share between 0 and 1 (on the form: a percentage between 0 and 100, such as 90); write the median as median(COLUMN), or what nine in ten lie at or below as quantile(COLUMN,0.9).
problem-quantile-of-yes-or-no = yes or no has no median; ask for the column itself, which gives the share who said yes.
problem-quantile-of-words = no numbers, so there is no median; the answers are: { $known }
problem-ratio-needs-two = a ratio needs two columns; write what is divided, a comma, and what it is divided by, as in ratio(injections,injects).
problem-ratio-of-itself = is divided by itself; name two different columns.
problem-ratio-of-words = neither yes and no nor numbers, so it cannot stand in a ratio; the answers are: { $known }
problem-ratio-nobody = nobody answered both this and { $other }, so there is no ratio of the two.
problem-ratio-of-nothing = is 0 for everybody who answered both, so nothing can be divided by it; choose another column.
