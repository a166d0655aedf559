# Phrases faites à partir des données. $outcome, $detail, $population, $place, $first, $second et $arm arrivent en mots ;

# $measure et $way sont des identifiants ; « none » signale ce qu’une ligne ne dit pas.
effect-subject =
    { $detail ->
        [none] { $outcome }
       *[other] { $outcome } ({ $detail })
    }
effect-where =
    { $place ->
        [none] { $years ->
            [none] {""}
           *[other] {" "}({ $years })
        }
       *[other] { $years ->
            [none] {" "}({ $place })
           *[other] {" "}({ $place }, { $years })
        }
    }
effect-whom =
    { $measure ->
        [rate_per_100000] {""}
        [count] , parmi { $population }
        [probability] , parmi { $population }
        [per_10000_exposures] , parmi { $population }
        [proportion] , parmi { $population }
       *[other] , chez { $population }
    }
effect-arm =
    { $arm ->
        [none] {""}
       *[other] {" "}{ $arm }
    }
effect-measured =
    { $measure ->
        [rate_ratio] taux
        [hazard_ratio] risque instantané
        [odds_ratio] cote
        [prevalence_ratio] prévalence
       *[other] risque
    }
effect-way =
    { $way ->
        [lower] { $measure ->
            [odds_ratio] plus basse
            [prevalence_ratio] plus basse
           *[other] plus bas
        }
       *[higher] { $measure ->
            [odds_ratio] plus élevée
            [prevalence_ratio] plus élevée
           *[other] plus élevé
        }
    }
effect-multiplied =
    { $measure ->
        [odds_ratio] multipliée par { $times }
        [prevalence_ratio] multipliée par { $times }
       *[other] multiplié par { $times }
    }
effect-amount =
    { $measure ->
        [percent] { $value } %
        [rate_per_100_py] { $value } pour 100 personnes-années
        [rate_per_1000_py] { $value } pour 1 000 personnes-années
        [rate_per_100000] { $value } pour 100 000 habitants
        [per_10000_exposures] { $value } pour 10 000 expositions
        [probability] probabilité de { $value }
       *[other] { $value }
    }
effect-changed =
    { effect-subject } : { effect-measured } { effect-way } de { $change } % { $first } que { $second } (entre { $near } % et { $far } % de { $way ->
        [lower] moins
       *[higher] plus
    }){ effect-whom }{ effect-where }.
effect-changed-uncertain =
    { effect-subject } : { effect-measured } { effect-way } de { $change } % { $first } que { $second }, mais ce n’est pas certain (de { $lower } % de moins à { $higher ->
        [none] aucune différence
       *[other] { $higher } % de plus
    }){ effect-whom }{ effect-where }.
effect-changed-alone = { effect-subject } : { effect-measured } { effect-way } de { $change } % { $first } que { $second } (intervalle non fourni){ effect-whom }{ effect-where }.
effect-times = { effect-subject } : { effect-measured } { effect-multiplied } { $first } plutôt que { $second } (entre { $low } et { $high }){ effect-whom }{ effect-where }.
effect-times-uncertain = { effect-subject } : { effect-measured } { effect-multiplied } { $first } plutôt que { $second }, mais ce n’est pas certain (de { $low } à { $high }){ effect-whom }{ effect-where }.
effect-times-alone = { effect-subject } : { effect-measured } { effect-multiplied } { $first } plutôt que { $second } (intervalle non fourni){ effect-whom }{ effect-where }.
effect-level = { effect-subject } : { effect-amount }{ effect-arm } (entre { $low } et { $high }){ effect-whom }{ effect-where }.
effect-level-alone = { effect-subject } : { effect-amount }{ effect-arm }{ effect-whom }{ effect-where } ; intervalle non fourni.
effect-source-words =
    { $words ->
        [half] la moitié
        [reduced] une baisse
        [increased] une hausse
       *[other] « { $words } » (en anglais)
    }
effect-count = { effect-subject } : { $value } sur { $of }{ effect-whom }{ effect-where }.
effect-found =
    { effect-subject } : { $way ->
        [lower] moins
       *[higher] plus
    } { $first } que { $second }{ effect-whom }{ effect-where }. Sans chiffre combiné ; la source indique { effect-source-words }.
effect-words = { effect-subject } : { effect-source-words }{ effect-whom }{ effect-where }.

# Une ligne du graphique en forêt
forest-label = { effect-subject }
forest-note = { $what }{ effect-where }
forest-note-turned-round = { $what }{ effect-where } ; rapport inversé

# Interventions en peu de mots, à côté d’une ligne
intervention-oat-short = TAO
intervention-methadone-short = méthadone
intervention-buprenorphine-short = buprénorphine
intervention-oat-prison-short = TAO en prison
intervention-methadone-prison-short = méthadone en prison
intervention-oat-release-short = TAO à la libération
intervention-oat-interruption-short = TAO interrompu
intervention-opioid-interventions-custody-short = traitement en détention
intervention-nsp-short = échange de seringues
intervention-nsp-prison-short = échange de seringues en prison
intervention-oat-nsp-short = TAO et échange de seringues
intervention-naloxone-short = naloxone à emporter
intervention-daa-prison-short = traitement de l’hépatite C en prison
intervention-incarceration-short = incarcération
intervention-release-short = libération
intervention-none-short = sans intervention
