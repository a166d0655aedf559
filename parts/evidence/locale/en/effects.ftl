# Sentences made from data. $outcome, $detail, $population, $place, $first, $second and $arm arrive as words;

# $measure and $way are ids to choose by; “none” stands for what a row does not say.
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
       *[other] , among { $population }
    }
effect-arm =
    { $arm ->
        [none] {""}
       *[other] {" "}{ $arm }
    }
effect-measured =
    { $measure ->
        [rate_ratio] rate
        [hazard_ratio] hazard
        [odds_ratio] odds
        [prevalence_ratio] prevalence
       *[other] risk
    }
effect-way =
    { $way ->
        [lower] lower
       *[higher] higher
    }
effect-multiplied = { $times } times as high
effect-amount =
    { $measure ->
        [percent] { $value } %
        [rate_per_100_py] { $value } per 100 person-years
        [rate_per_1000_py] { $value } per 1,000 person-years
        [rate_per_100000] { $value } per 100,000 inhabitants
        [per_10000_exposures] { $value } per 10,000 exposures
        [probability] probability { $value }
       *[other] { $value }
    }
effect-changed =
    { effect-subject }: { effect-measured } { $change } % { effect-way } { $first } than { $second } (between { $near } % and { $far } % { $way ->
        [lower] lower
       *[higher] higher
    }){ effect-whom }{ effect-where }.
effect-changed-uncertain =
    { effect-subject }: { effect-measured } { $change } % { effect-way } { $first } than { $second }, but this is not certain (from { $lower } % lower to { $higher ->
        [none] no difference
       *[other] { $higher } % higher
    }){ effect-whom }{ effect-where }.
effect-changed-alone = { effect-subject }: { effect-measured } { $change } % { effect-way } { $first } than { $second } (no interval given){ effect-whom }{ effect-where }.
effect-times = { effect-subject }: { effect-measured } { effect-multiplied } { $first } as { $second } (between { $low } and { $high } times){ effect-whom }{ effect-where }.
effect-times-uncertain = { effect-subject }: { effect-measured } { effect-multiplied } { $first } as { $second }, but this is not certain (from { $low } to { $high } times){ effect-whom }{ effect-where }.
effect-times-alone = { effect-subject }: { effect-measured } { effect-multiplied } { $first } as { $second } (no interval given){ effect-whom }{ effect-where }.
effect-level = { effect-subject }: { effect-amount }{ effect-arm } (between { $low } and { $high }){ effect-whom }{ effect-where }.
effect-level-alone = { effect-subject }: { effect-amount }{ effect-arm }{ effect-whom }{ effect-where }; no interval given.
effect-source-words = “{ $words }”
effect-count = { effect-subject }: { $value } of { $of } { $population }{ effect-where }.
effect-found =
    { effect-subject }: { $way ->
        [lower] less
       *[higher] more
    } { $first } than { $second }{ effect-whom }{ effect-where }. No pooled number; the source says { effect-source-words }.
effect-words = { effect-subject }: { effect-source-words } of { $population }{ effect-where }.

# A row of the forest plot
forest-label = { effect-subject }
forest-note = { $what }{ effect-where }
forest-note-turned-round = { $what }{ effect-where }; ratio turned round

# Interventions in few words, beside a row
intervention-oat-short = OAT
intervention-methadone-short = methadone
intervention-buprenorphine-short = buprenorphine
intervention-oat-prison-short = OAT in prison
intervention-methadone-prison-short = methadone in prison
intervention-oat-release-short = OAT at release
intervention-oat-interruption-short = OAT interrupted
intervention-opioid-interventions-custody-short = treatment in custody
intervention-nsp-short = needles and syringes
intervention-nsp-prison-short = needles and syringes in prison
intervention-oat-nsp-short = OAT with needles and syringes
intervention-naloxone-short = take-home naloxone
intervention-daa-prison-short = hepatitis C treatment in prison
intervention-incarceration-short = imprisonment
intervention-release-short = release
intervention-none-short = no intervention
