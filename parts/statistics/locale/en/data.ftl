# Data sets: how interviews come in, what they mean, how they were drawn.
kind-csv = CSV
kind-xlsx = Excel workbook
kind-spss = SPSS file
kind-stata = Stata file
kind-parquet = Parquet file
kind-round = Round of a questionnaire
data-not-counted = not counted
data-described = described
data-period = When people were asked
data-period-short = Asked in
data-period-hint = A year or a month, such as 2026 or 2026-05. Rounds of one survey are put in this order.
data-kind = From
data-sample = Sample
data-day = Sent
data-add-lead = The file is known by its content, whatever it is called. Labels and missing values of SPSS and Stata files come with it.
data-round-of = Is it another round of a survey that is here?
data-round-of-hint = Rounds of one survey can be compared and shown as a trend.
data-round-of-none = No, it stands alone
data-here = These interviews, or most of them, are here already, as “{ $title }”, sent on { $day }. Nothing was added.
data-here-go = Open it
data-here-version = Send a corrected file
data-asked-in = asked in { $period }
data-version = version { $version }
data-other-rounds = Other rounds of this survey:
data-notes = To be looked at:
data-about-title = What it is called
data-about-keep = Keep
take-round-title = Take a closed round
take-round-lead = A questionnaire that was asked on this site becomes a data set here when its round is closed: what was chosen, counted and measured, with its labels. Answers in words, and who answered, stay where they are.
take-round-none = No round is closed yet. Whoever runs a round closes it on its page; then it can be taken here.
take-round-closed = closed on { $day }
take-round-anonymous = anonymous
take-round-take = Take this round
take-round-taken = It is here, as “{ $title }”
take-round-asked = How many were asked
take-round-about = Taken from a closed round of this site.
codebook-title = Codebook
codebook-go = Codebook
codebook-lead = What each column means. Figures and groups are named by these words.
codebook-caption = Codebook of { $title }
column-values = Codes
column-missing = No answer
column-answered = Answered
codebook-give = Give another codebook
codebook-give-lead = Take the CSV away, fill in what is missing, and send it back. It is held against every row.
codebook-file = Codebook
codebook-send = Check and keep
versions-title = Versions, name, deletion
versions-go = Versions, name, deletion
versions-none = This is the first version.
versions-not-yours = Whoever sent this data set, or a data steward, can send a corrected file, rename it or delete it.
version-replaced = Version { $version } was replaced on { $day }:
version-add = Send a corrected file
version-add-lead = It takes the place of the present file under the same name. The present one is kept as it is, and the description of the sample holds on where it holds of the new rows.
version-codebook-hint = None: the present codebook holds on.
version-because = What is different
version-because-hint = Kept with the version: “two prisons were entered twice”.
version-send = Check and replace
delete-title = Delete these interviews
delete-lead = The interviews, their codebook and every earlier version are deleted for good. { $out ->
    [0] No table was published from them.
    [one] The table that was published from them stays in the register.
   *[other] The { $out } tables that were published from them stay in the register.
  }
delete-sure = Yes, delete all of it
delete-go = Delete for good

# The description of the sample.
design-file = Description as design.toml
design-understood = This is what was understood:
design-look = Look at this again:
design-offered = The fields are filled in with what the file, or the names of its columns, say of the sample. Nothing is kept until you check it.
design-people-asked = For whom the interviews stand
design-held = How many people there are in all
design-held-hint = People held in the prisons that the survey is about, if you know. The weights are held against it.
design-stage-2-open = A second drawing within the first
design-restart-hint = Tick it if prison 1 of one stratum is another prison than prison 1 of the next.
check-weights = { $n } interviews stand for { $people } people, each for { $least } to { $most }.
check-no-weights = { $n } interviews, each counting the same. That is right only where everybody had the same chance of being asked.
check-people-near = That is within { $percent } % of the { $people } people there are.
check-people-above = That is { $percent } % more than the { $people } people there are: is the weight the right column, and is everybody in it once?
check-people-below = That is { $percent } % fewer than the { $people } people there are: are prisons, or groups of people, not in the file?
check-weights-normed = The weights add up to the number of interviews. Shares and means are right with them; numbers of people cannot be told.
check-weight-large = One interview stands for { $most } people, more than ten times the mean of { $mean }: is that weight right?
check-simple = The interviews count as a simple random sample of people.
check-units-in-strata = { $units } units (column { $clusters }) were drawn separately in { $strata } strata (column { $stratified }), between { $fewest } and { $most } in each.
check-units = { $units } units (column { $clusters }) were drawn, without strata.
check-people-in-strata = People were drawn separately in { $strata } strata (column { $stratified }), between { $fewest } and { $most } in each.
check-interviews = In each unit { $fewest } to { $most } people were interviewed.
check-single-interviews = In some units one person was interviewed, in others up to { $most }: is it the right column?
check-population = The strata hold { $all } units in all, of which { $units } were drawn ({ $percent } %); intervals are narrower for it.
check-unlimited = The units count as few of very many, since the number there are is not given.
check-df = { $df } degrees of freedom.
check-df-few = Only { $df } degrees of freedom: intervals will be wide, and standard errors themselves unsure.
check-lonely = { $count ->
    [one] In one stratum a single unit was drawn
   *[other] In { $count } strata a single unit was drawn
  } ({ $strata }); it is treated as chosen below.

# What is wrong, and what to do.
problem-too-many-rows = more than { $most } rows of so many columns; keep only the columns that are needed, or use the command throughcare estimate.
problem-too-much-to-keep = unfolded it takes { $megabytes } MB, and { $most } MB are kept at most; keep only the columns that are needed.
problem-truncated = the file ends before it is whole ({ $bytes } bytes); it was cut off on its way. Send it again.
problem-rows-missing = the file promises { $promised } rows and holds { $count }; it was cut off on its way, or is damaged. Save it again from the program that made it.
problem-nested-column = holds lists or structures; leave it out, or make columns of it.
problem-long-text-left = { $count ->
    [one] One column of long texts (strL) was left out.
   *[other] { $count } columns of long texts (strL) were left out.
  }
problem-design-of-file = the sample is described by what the file says of it ({ $text }); give --design to say otherwise.
problem-no-answers = nobody has answered in this round, so there is nothing to take.
problem-only-words = this round holds answers in words only, and those are not taken.
problem-words-left = answers in words stay where they are: { $columns }.
problem-repeats-left = repeated groups are tables of their own and are not taken: { $columns }.
problem-period-form = “{ $value }” is not a time; write a year or a month, such as 2026 or 2026-05.
problem-people-number = “{ $value }” is not a number of people.
codebook-because = another codebook
problem-same-interviews = this file is the one that is here already; nothing was changed.
problem-delete-unsure = nothing was deleted; tick the box if all of it is to go.
problem-not-nested = unit “{ $unit }” lies in stratum “{ $one }” and in “{ $other }”; correct one, or tick below that numbers start again in each stratum.
problem-more-units = and { $count } more units lie in more than one stratum.
problem-population-too-small = in stratum “{ $stratum }” { $sampled } units were drawn, but the column says that there are { $size }; it should hold the number of units (prisons) in the stratum, not of people or of interviews.
problem-more-strata = and so in { $count } more strata.
problem-lonely-strata = { $count ->
    [one] in one stratum a single unit was drawn
   *[other] in { $count } strata a single unit was drawn
  } ({ $strata }), so its variance cannot be seen. Join it with a similar stratum in the file, or choose how it is to be treated.
title-total = { $what }: number
title-total-by = { $what }: number, by { $by }
head-total = number

# Refusals.
refusal-no-closed-round = There is no closed round “{ $value }”.
refusal-no-closed-round-do = The page of data sets lists the rounds that can be taken.
refusal-not-your-data = Only whoever sent this data set, or a data steward, may change it.
refusal-not-your-data-do = Ask a data steward.
problem-version-gone = something was published of version { $version }, and its interviews cannot be read any more, so nothing new can be held against it.
refusal-version-gone = Something was published of an earlier version of these data, and its interviews cannot be read any more, so nothing new can be held against it.
refusal-version-gone-do = Ask a data steward; nothing more of these data can be published.
refusal-here-elsewhere = These interviews, or most of them, are here already; somebody else brought them.
refusal-here-elsewhere-do = Ask a data steward to share them with you.
refusal-delete-unsure = Nobody said that this is meant: send sure=yes.
refusal-delete-unsure-do = What is deleted cannot be brought back.
data-here-elsewhere = These interviews, or most of them, are here already; somebody else brought them. Nothing was added. Ask a data steward to share them with you.
take-round-elsewhere = Somebody else took it; ask a data steward to share it with you.
refusal-tables-are-out = Tables of this data set are published. What differs between them and the next ones could show whose answer was changed, so only a data steward may change the interviews or their codebook.
refusal-tables-are-out-do = Ask a data steward to do it.
refusal-version-moved = Somebody else replaced or deleted this data set in the meantime.
refusal-version-moved-do = Load the page again and look at what is there now.
