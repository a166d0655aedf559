# The pages of the statistics.
way-statistics = Statistics
statistics = Statistics
statistics-lead = Figures from interviews, weighted and with their intervals, from which nobody can be recognised.
synthetic-short = synthetic
percent = { $number } %
finding-range = { $what }: from { $low } ({ $low_group }) to { $high } ({ $high_group })
finding-one = { $what }: { $value } ({ $group })
finding-none = { $what }: no figure may be shown
figures-group = Group
register-caption = Published tables
register-table = Table
register-state = State
register-cells = Cells
register-withheld = Withheld
register-day = Day
register-mark = Mark
register-filter = Indicator, group
register-empty = No table was published yet. A researcher who is signed in opens a data set, looks at its figures and publishes them; here anyone can read them.
register-rules = A figure is shown where at least 10 people answered, at least 3 said yes and at least 3 said no (of a median or other quantile, at least 5 lie at it or beyond on either side), and where no withheld figure could be worked out from it, from the totals or from any earlier table.
state-published = published
state-waiting = waits for a data steward
state-refused = not published
asked-weaker = Weaker rules were asked for: at least { $least_n } answers and { $least_either } who said yes, and no.
asked-reason = The reason: { $reason }
decided-reason = The decision: { $reason }
decide-reason = Why you decide so (kept in the register and in the audit chain)
decide-publish = Publish this table
decide-refuse = Do not publish it
why-empty = Why is a cell empty?
why-empty-1 = A guard knows his prison. A figure of four people, or one that says that all of a group answered alike, can tell him what one person answered. Such a figure is withheld with its interval, its n and its design effect.
why-empty-2 = If only one figure of a row were withheld, it would follow from the total. So further ones go with it: those that cost least, until the number behind each withheld figure stays uncertain by at least 3 people in both directions for anyone who knows how many people answered. A linear programme proves it, also against every earlier table of the same data.
why-empty-3 = The table does not say which of these reasons emptied a cell, since “all answered alike” would itself tell the answer.

# Data sets.
data-sets = Data sets
data-sets-go = Data sets (for researchers)
data-lead = Interviews as they were collected. Only researchers and data stewards see that they are here; nobody sees a row of them.
data-none = No data set is here yet. Send interviews in below: a table with a row for each person.
data-undescribed = how the sample was drawn is not described yet
data-add = Send interviews in
data-title = Title
data-about = About
data-about-hint = Who was asked, when, by whom; how to cite it.
data-interviews = Interviews
data-interviews-hint = SPSS (.sav, .zsav), Stata (.dta), Excel (.xlsx), CSV or Parquet; a row for each person, at most 16 MB. No names, no numbers of persons.
data-codebook = Codebook, if there is one
data-codebook-hint = CSV or XLSX with the columns variable, label, values (1=yes|0=no) and missing (8|9, or 97..99). SPSS and Stata files bring their own.
data-synthetic = These interviews are synthetic: made by a program, given by nobody
data-send = Send in and check
data-rows = { $rows } interviews, { $columns } columns.
data-columns = What is in it
column-name = Column
column-label = Label
column-answers = Different answers
column-none = none
problem-not-given = is missing; fill it in.
problem-register-unreadable = the register holds this table in a form that cannot be read any more; no table of these data can be released beside it until an administrator has looked at it.
problem-out-of-range = “{ $value }” does not lie between { $least } and { $most }.

# How the sample was drawn.
design-title = How the sample was drawn
design-lead = Intervals are right only if this is. The columns named here are checked against every row before anything is estimated.
design-weight = Weights
design-weight-hint = How many people in prison each interview stands for. None: all the same.
design-stage-1 = What was drawn first
design-stage-2 = What was drawn within it, if the share drawn was large
design-clusters = Units
design-clusters-hint = The column that names what was drawn, usually the prison. None: the people themselves.
design-strata = Strata
design-strata-hint = Within what it was drawn separately, such as country or security level.
design-population = Units there are
design-population-hint = The column with the number of units in the stratum, if it is known; it makes intervals narrower where most of them were drawn.
design-restart = The numbers of units start again in each stratum
design-lonely = A stratum in which one unit was drawn
design-lonely-hint = Its variance cannot be seen, so somebody must judge. If you are not sure, leave the first.
design-check = Check and keep

# Exploring and releasing.
explore = Explore
explore-go = Look at the figures
explore-lead = Choose indicators and groups. Every cell passes disclosure control before it is drawn, here as in public.
explore-of = Indicators
compose-title = Another measure
compose-lead = Shares and means are asked with the boxes above. Anything else is put together here and added to them.
compose-kind = Measure
compose-none = none
compose-total = total: how many people say yes, or how much there is
compose-median = median: half of the people lie at or below
compose-quantile = another quantile: so many percent of people lie at or below
compose-ratio = ratio: a total over another total
compose-of = Of
compose-over = Divided by (for a ratio)
compose-percent = Percent of people (for another quantile)
compose-choose = choose
explore-by = Group { $number }
explore-by-none = none
explore-method = Intervals
explore-show = Show the figures
explore-empty = Choose at least one indicator.
explore-withheld = { $count ->
    [0] No cell is withheld.
    [one] One cell is withheld.
   *[other] { $count } cells are withheld.
  }
explore-for-earlier = { $count ->
    [one] One of them
   *[other] { $count } of them
  } would otherwise give people away together with tables that are already out.
explore-already = Tables that are already out give away { $count ->
    [one] one group
   *[other] { $count } groups
  } by themselves: tell a data steward.
explore-told-by-file = { $count ->
    [one] One withheld cell follows
   *[other] { $count } withheld cells follow
  } from the safe file that is out, so withholding hides nothing there.
explore-version = Something of version { $version } of these data is out; { $records ->
    [0] no record
    [one] one record
   *[other] { $records } records
  } differ from it in what is asked here. What the difference would tell of too few people is withheld.
release-title = Publish
release-lead = What you see goes into the register and can be read by anyone, at once and for good.
release-go = Publish these tables
weaker-title = Ask for weaker rules
weaker-hint = Sometimes a figure of few people protects nobody, as with a count of prisons. A data steward decides; both reasons stay on record.
weaker-ask = Ask a data steward to publish under these rules instead
weaker-least-n = Answers at least
weaker-least-either = Who said yes, and who said no, at least
weaker-reason = Why
weaker-incomplete = To ask for weaker rules give 3 to 10 answers, 1 to 3 who said yes or no, and a reason.
release-failed = These tables could not be released; look at them again and at what is said above.
release-nothing = Nothing was chosen to publish.

# Planning a sample.
sample-title = Plan a sample
sample-go = Plan a sample
sample-lead = How many people to ask, in how many prisons, and which ones.
sample-answer = Ask { $people } people in { $prisons } prisons. Asking in prisons costs a design effect of { $effect }.
sample-link = Link to this selection, with its seed
sample-prevalence = Prevalence expected, %
sample-prevalence-hint = From an earlier survey; 50 where nothing is known, since it asks for most people.
sample-margin = Half the interval, percentage points
sample-margin-hint = 5 means: plus and minus five points.
sample-level = Confidence, %
sample-level-hint = 95 is usual.
sample-response = Who answers of those asked, %
sample-response-hint = 80 is what well-prepared surveys in prison often reach; take your own experience.
sample-per_prison = People asked in each prison
sample-per_prison-hint = Fewer people in more prisons tell more than many in few.
sample-correlation = How alike people of one prison are
sample-correlation-hint = The intraclass correlation: 0 not at all, 1 entirely; 0.01 to 0.05 is usual for infections.
sample-seed = Seed
sample-seed-hint = The same seed draws the same prisons; write it down before you draw.
sample-prisons = Prisons to draw from
sample-compute = Compute and draw
sample-list = Prisons drawn, with probability proportional to size
sample-prison = Prison
sample-held = People held
sample-ask = Ask
sample-chance = Chance of being drawn
sample-weight = Weight of an interview

# The data set that ships.
demonstration-title = Synthetic survey of sixty prisons, { $period }
demonstration-about = Made by a program from published figures to show how these pages work; nobody was asked.

# Refusals.
refusal-no-data-set = There is no data set “{ $value }”.
refusal-no-data-set-do = The list of data sets shows what is here.
refusal-no-table = There is no published table “{ $value }”.
refusal-no-table-do = The page “Statistics” lists all that are published.
refusal-not-described = How the sample was drawn is not described yet, so nothing can be estimated.
refusal-not-described-do = Open the data set and fill in the form.
refusal-register-moved = Something else of these data was published in the meantime, and this was not held against it.
refusal-register-moved-do = Go back, look at the figures again, and publish then.
refusal-decide-own = Whoever asked for weaker rules cannot decide on them.
refusal-decide-own-do = Ask another data steward.
refusal-decided-already = This was decided already.
refusal-decided-already-do = Load the page again to see how.
refusal-decision = A decision needs a reason.
refusal-decision-do = Go back and write why.
refusal-no-upload = The form did not arrive whole.
refusal-no-upload-do = Go back and send it again.
refusal-upload-too-large = The files are larger than 16 MB together.
refusal-upload-too-large-do = Keep only the columns that are needed, or use the command throughcare estimate, which reads larger files.
refusal-question = These figures cannot be made: { $value }
refusal-question-do = Open the explorer and choose again.
