# Pages
evidence-title = What works
evidence-lead = Published effects, by topic and setting, each with its source and its doubt.
evidence-topic-title = What is known: { $topic }
evidence-effect-title = One effect, and where it comes from
evidence-sources-title = Sources
evidence-source-title = Source: { $short }
evidence-interventions-title = Interventions
evidence-none-for-topic = No effect is recorded for this topic yet.
evidence-none-for-intervention = No effect is recorded for this intervention yet.
evidence-in-words = Findings in words, and counts
evidence-note-original = Note, as recorded in English
evidence-effects-of-source = Effects that rest on this source

# In the navigation and the feed
way-evidence = What works
way-sources = Sources
change-evidence-loaded =
    Evidence loaded: { $sources ->
        [one] { $sources } source
       *[other] { $sources } sources
    } and { $effects ->
        [one] { $effects } effect
       *[other] { $effects } effects
    } new or different

# Lists and records
evidence-kind-topic = Topic
evidence-kind-intervention = Intervention
evidence-kind-effect = Effect
evidence-kind-source = Source
evidence-effect = What was found
evidence-setting = Where
evidence-topic = Topic
evidence-topics = Topics
evidence-intervention = Intervention
evidence-outcome = Outcome
evidence-detail = More exactly
evidence-people = People
evidence-place = Place
evidence-years = Years of the data
evidence-direction = Which way
evidence-measure = Measure
evidence-estimate = Estimate
evidence-estimate-help = As published, in the unit of the measure
evidence-interval = 95% interval
evidence-low = Low
evidence-high = High
evidence-out-of = of { $of }
evidence-whole = Out of
evidence-turned = With over without
evidence-adjustment = Adjustment
evidence-studies = Studies
evidence-participants = People studied
evidence-heterogeneity = Agreement of the studies
evidence-grade = Certainty
evidence-locator = Where in the source
evidence-address = Where it was read
evidence-checked = Checked
evidence-is-checked = Checked
evidence-no-interval = The source, as recorded, gives no interval
evidence-in-words-only = The finding is in words, without a number
evidence-id = Id
evidence-parameter = What was measured
evidence-population = In whom
evidence-note = Note
evidence-subject = { $intervention }: { $outcome }
evidence-figure = The figure
evidence-about = What it is about
evidence-original = As recorded, in English
evidence-siblings = Published together with it
evidence-to-source = All about this source
evidence-usable = A model may start from this figure.
evidence-no-number = It has no number, so no model starts from it.
evidence-empty = No evidence is loaded yet. The effects and sources that come with the program are loaded by:
evidence-count =
    { $count ->
        [one] { $count } effect
       *[other] { $count } effects
    } · { $prison ->
        [none] none from prison or after release
       *[other] { $prison } from prison or after release
    }
evidence-all = All effects
evidence-all-lead = { $count } effects from { $sources } sources. Every line leads to the effect’s record, and from there to its source.
evidence-of-topic = All effects: { $topic }
evidence-topic-lead = Evidence from prison, from the weeks after release and from the community is shown apart and never pooled. A hollow mark is a figure that nobody has checked against its source.
evidence-other-topics = Other topics
evidence-filter = hepatitis, methadone, release…
evidence-filter-sources = author, title, publisher…
evidence-sources-lead = Every figure and every effect leads to one of these.

# Drawings
forest-subtitle = { $scale }; 95% intervals where the source gives them. Nothing is pooled across settings.
forest-finding-ratio =
    { $way ->
        [better] { $topic }: clearly better in { $better } of { $all } comparisons{ $worse ->
            [none] {""}
           *[other] , worse in { $worse }
        }
        [worse] { $topic }: clearly worse in { $worse } of { $all } comparisons{ $better ->
            [none] {""}
           *[other] , better in { $better }
        }
       *[other] { $topic }: no clear answer in { $all } comparisons
    }
forest-unit =
    { $scale ->
        [percent] %
        [per-1000-person-years] {" "}per 1,000 person-years
        [per-10000-exposures] {" "}per 10,000 exposures
       *[other] {" "}per 100,000 inhabitants
    }
forest-finding-level =
    { $way ->
        [one] { $topic }: { $high }{ forest-unit }
        [several] { $topic }: { $all } published figures of { $outcomes } different outcomes
        [range] { $topic }: from { $low } to { $high }{ forest-unit } in { $all } published figures
       *[other] { $topic }: no verified figure
    }

# In a country’s brief
section-what-works = What works
section-what-works-lead = Published effects of what a prison service can do, with evidence from prison, release and community kept apart. They come from studies, not from this country alone.
finding-what-works = { $intervention }, in studies: { effect-subject } { $change } % lower ({ $near }–{ $far } %).

# Refusals
refusal-no-topic = There is no topic { $value }.
refusal-no-topic-do = Choose one from the list of topics under “What works”.
refusal-no-effect = There is no effect with the id { $value }.
refusal-no-effect-do = Find it in the list of all effects under “What works”.
refusal-no-source = There is no source with the id { $value }.
refusal-no-source-do = Find it in the list of sources, by author or title.
refusal-no-drawing = There is no drawing { $value } for this topic.
refusal-no-drawing-do = Open the topic’s page: the downloads stand under each drawing.
refusal-unknown-word = “{ $value }” cannot be used for { $name }.
refusal-unknown-word-do = Use one of: { $known }.
