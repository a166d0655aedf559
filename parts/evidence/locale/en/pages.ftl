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
