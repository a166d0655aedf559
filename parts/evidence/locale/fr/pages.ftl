# Pages
evidence-title = Ce qui fonctionne
evidence-lead = Effets publiés, par thème et par milieu, chacun avec sa source et ses incertitudes.
evidence-topic-title = Ce que l’on sait : { $topic }
evidence-effect-title = Un effet et son origine
evidence-sources-title = Sources
evidence-source-title = Source : { $short }
evidence-interventions-title = Interventions
evidence-none-for-topic = Aucun effet n’est encore consigné pour ce thème.
evidence-none-for-intervention = Aucun effet n’est encore consigné pour cette intervention.
evidence-in-words = Constats en mots et dénombrements
evidence-note-original = Note, telle que consignée en anglais
evidence-effects-of-source = Effets fondés sur cette source

# Dans la navigation et le fil
way-evidence = Ce qui est efficace
way-sources = Sources
change-evidence-loaded =
    Données probantes chargées : { $sources ->
        [one] { $sources } source
       *[other] { $sources } sources
    } et { $effects ->
        [one] { $effects } effet
       *[other] { $effects } effets
    }, ajoutés ou modifiés
