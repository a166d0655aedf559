//! The fixed words of the evidence tables: topics, outcomes, settings, measures, and the rest.
//! Each word has an id, as it stands in a table, and a message, under which its wording is found.

use std::fmt;

/// A word that a list does not hold, with the list, so that the reader can choose another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnknownWord {
    /// What was written.
    pub word: String,
    /// What may be written instead.
    pub known: Vec<&'static str>,
}

impl fmt::Display for UnknownWord {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "\"{}\" is not known here; use one of: {}", self.word, self.known.join(", "))
    }
}

impl std::error::Error for UnknownWord {}

/// One list of words: an enum with `ALL`, `id`, `message` and `FromStr`.
macro_rules! vocabulary {
    ($(#[$doc:meta])* $name:ident in $prefix:literal {
        $($(#[$word_doc:meta])* $word:ident = $id:literal),+ $(,)?
    }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name {
            $($(#[$word_doc])* #[doc = concat!("`", $id, "`")] $word),+
        }

        impl $name {
            /// Every word, in reading order.
            pub const ALL: &'static [Self] = &[$(Self::$word),+];

            /// The word as it stands in a table, a link or an API.
            pub fn id(self) -> &'static str {
                match self { $(Self::$word => $id),+ }
            }

            /// The message that holds the word's wording in each language.
            pub fn message(self) -> &'static str {
                match self { $(Self::$word => concat!($prefix, "-", $id)),+ }
            }
        }

        impl std::str::FromStr for $name {
            type Err = UnknownWord;

            fn from_str(word: &str) -> Result<Self, UnknownWord> {
                match word {
                    $($id => Ok(Self::$word),)+
                    _ => Err(UnknownWord { word: word.to_owned(), known: vec![$($id),+] }),
                }
            }
        }
    };
}

vocabulary! {
    /// The one topic scheme of the whole product, in the order of the programme.
    Topic in "topic" {
        Prevention = "prevention",
        TreatmentRehabilitation = "treatment-rehabilitation",
        OpioidAgonistTreatment = "opioid-agonist-treatment",
        HarmReduction = "harm-reduction",
        Alternatives = "alternatives",
        Stigma = "stigma",
        Infection = "infection",
        Mortality = "mortality",
        Justice = "justice",
        Trafficking = "trafficking",
    }
}

vocabulary! {
    /// Where an intervention is given, or a burden is borne; not where it was later measured.
    Setting in "setting" {
        Prison = "prison",
        /// The weeks after release.
        Release = "release",
        Community = "community",
        /// More than one of these, pooled.
        Mixed = "mixed",
    }
}

vocabulary! {
    /// Whether an intervention is given to help, is something that happens to people, or is absent.
    InterventionKind in "intervention-kind" {
        Service = "service",
        /// Imprisonment, release, a broken treatment: what people are exposed to.
        Exposure = "exposure",
        /// No intervention: the figure shows a burden.
        None = "none",
    }
}

vocabulary! {
    /// What was measured.
    Outcome in "outcome" {
        HivAcquisition = "hiv-acquisition",
        HivPrevalence = "hiv-prevalence",
        HivAttributable = "hiv-attributable",
        HivPerSharedInjection = "hiv-per-shared-injection",
        HivPerContaminatedSyringe = "hiv-per-contaminated-syringe",
        HcvAcquisition = "hcv-acquisition",
        HcvPrimaryInfection = "hcv-primary-infection",
        HcvReinfection = "hcv-reinfection",
        HcvRecurrence = "hcv-recurrence",
        HcvPrevalence = "hcv-prevalence",
        HcvAttributable = "hcv-attributable",
        HcvClearance = "hcv-clearance",
        HcvCure = "hcv-cure",
        DaaCompletion = "daa-completion",
        HbvPrevalence = "hbv-prevalence",
        TbPrevalence = "tb-prevalence",
        AllCauseDeath = "all-cause-death",
        DrugDeath = "drug-death",
        OverdoseDeath = "overdose-death",
        PoisoningDeath = "poisoning-death",
        TreatmentEntry = "treatment-entry",
        OatRetention = "oat-retention",
        OpioidUse = "opioid-use",
        Injecting = "injecting",
        OpioidUseInjectingSharing = "opioid-use-injecting-sharing",
        OpioidUseRiskBehaviour = "opioid-use-risk-behaviour",
        InjectingInPrison = "injecting-in-prison",
        TattooingInPrison = "tattooing-in-prison",
        OatAvailableInPrison = "oat-available-in-prison",
        OatCoverageBelow30 = "oat-coverage-below-30",
        NspAvailableInPrison = "nsp-available-in-prison",
        Reoffending = "reoffending",
        PrisonPopulationRate = "prison-population-rate",
    }
}

/// Which way an outcome is better for people.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Better {
    /// Fewer is better: infections, deaths.
    Lower,
    /// More is better: cures, people kept in treatment.
    Higher,
    /// A description that by itself is neither.
    Neither,
}

impl Outcome {
    /// Which way this outcome is better for people.
    pub fn better(self) -> Better {
        match self {
            Self::HcvClearance
            | Self::HcvCure
            | Self::DaaCompletion
            | Self::TreatmentEntry
            | Self::OatRetention
            | Self::OatAvailableInPrison
            | Self::NspAvailableInPrison => Better::Higher,
            Self::PrisonPopulationRate => Better::Neither,
            _ => Better::Lower,
        }
    }
}

vocabulary! {
    /// A closer description of the outcome: its time, or which studies or people were counted.
    Detail in "detail" {
        First4Weeks = "first-4-weeks",
        From4WeeksTo4Months = "4-weeks-to-4-months",
        AfterRelease = "after-release",
        At12Months = "at-12-months",
        At3Years = "at-3-years",
        AllStudies = "all-studies",
        HigherQualityStudies = "higher-quality-studies",
        AdequateDose = "adequate-dose",
        PerProtocol = "per-protocol",
        IntentionToTreat = "intention-to-treat",
        OutcomeKnown = "outcome-known",
    }
}

vocabulary! {
    /// The people (or, for a probability, the exposures) that the figure is about.
    Population in "population" {
        PeopleWhoInject = "people-who-inject",
        OpioidDependence = "opioid-dependence",
        OnOat = "on-oat",
        InPrison = "in-prison",
        WomenInPrison = "women-in-prison",
        OnOatImprisoned = "on-oat-imprisoned",
        CustodyOpioidUseDisorder = "custody-opioid-use-disorder",
        ClosedSettings = "closed-settings",
        ClosedSettingsInjected = "closed-settings-injected",
        StartingDaa = "starting-daa",
        TreatedInJail = "treated-in-jail",
        CuredInJail = "cured-in-jail",
        Released = "released",
        ReleasedOpioidUseDisorder = "released-opioid-use-disorder",
        AcuteHcv = "acute-hcv",
        SharedInjection = "shared-injection",
        ContaminatedSyringe = "contaminated-syringe",
        Countries = "countries",
        Inhabitants = "inhabitants",
    }
}

vocabulary! {
    /// Where the people lived, as far as the publication says so.
    Place in "place" {
        World = "world",
        AllRegions = "all-regions",
        Europe = "europe",
        Europe16Countries = "europe-16-countries",
        Europe30Countries = "europe-30-countries",
        CouncilOfEurope = "council-of-europe",
        WesternEurope = "western-europe",
        EasternEuropeCentralAsia = "eastern-europe-central-asia",
        EuropeIsrael = "europe-israel",
        EuropeNorthAmerica = "europe-north-america",
        NorthAmerica = "north-america",
        AsiaPacific = "asia-pacific",
        AzerbaijanKyrgyzstanUkraine = "azerbaijan-kyrgyzstan-ukraine",
        England = "england",
        UnitedKingdom = "united-kingdom",
        Australia = "australia",
        Australia4Prisons = "australia-4-prisons",
        NewSouthWales = "new-south-wales",
        WashingtonState = "washington-state",
        NewMexico = "new-mexico",
        NewYorkCityJails = "new-york-city-jails",
        NewHaven = "new-haven",
    }
}

vocabulary! {
    /// What was compared with what. It has two messages, `…-with` and `…-without`: the group that
    /// has the intervention (or the exposure) and the group that has not.
    Comparison in "comparison" {
        OnOffOat = "on-off-oat",
        InOutOat = "in-out-oat",
        InOutMethadone = "in-out-methadone",
        InOutBuprenorphine = "in-out-buprenorphine",
        MethadoneInPrison = "methadone-in-prison",
        OatInPrison = "oat-in-prison",
        OatInterrupted = "oat-interrupted",
        OatAtRelease = "oat-at-release",
        OatAfterRelease = "oat-after-release",
        TreatedInCustody = "treated-in-custody",
        NspUse = "nsp-use",
        NspHighLow = "nsp-high-low",
        OatAndNsp = "oat-and-nsp",
        AfterBeforeDaa = "after-before-daa",
        RecentImprisonment = "recent-imprisonment",
        PastImprisonment = "past-imprisonment",
        EverImprisoned = "ever-imprisoned",
        Weeks1To2AfterRelease = "weeks-1-2-after-release",
        Weeks3To4AfterRelease = "weeks-3-4-after-release",
        First2WeeksGeneralPopulation = "first-2-weeks-general-population",
    }
}

vocabulary! {
    /// The kind of number (or of words) that a study reports.
    Measure in "measure" {
        RateRatio = "rate_ratio",
        RiskRatio = "risk_ratio",
        HazardRatio = "hazard_ratio",
        OddsRatio = "odds_ratio",
        PrevalenceRatio = "prevalence_ratio",
        RelativeRisk = "relative_risk",
        /// A ratio pooled over studies that report different kinds of ratio.
        PooledRatio = "pooled_ratio",
        Percent = "percent",
        Proportion = "proportion",
        /// Per 100 person-years.
        RatePer100Py = "rate_per_100_py",
        /// Per 1,000 person-years.
        RatePer1000Py = "rate_per_1000_py",
        /// Per 100,000 inhabitants.
        RatePer100000 = "rate_per_100000",
        Probability = "probability",
        Per10000Exposures = "per_10000_exposures",
        /// So many, out of so many.
        Count = "count",
        /// A finding in words, without a pooled number.
        Narrative = "narrative",
    }
}

impl Measure {
    /// Whether the number compares two groups, so that 1 means no difference.
    pub fn is_ratio(self) -> bool {
        matches!(
            self,
            Self::RateRatio
                | Self::RiskRatio
                | Self::HazardRatio
                | Self::OddsRatio
                | Self::PrevalenceRatio
                | Self::RelativeRisk
                | Self::PooledRatio
        )
    }

    /// The largest value that makes sense, where there is one.
    pub fn largest(self) -> Option<f64> {
        match self {
            Self::Percent => Some(100.0),
            Self::Proportion | Self::Probability => Some(1.0),
            Self::Per10000Exposures => Some(10_000.0),
            Self::RatePer100000 => Some(100_000.0),
            _ => None,
        }
    }
}

vocabulary! {
    /// How sure a review is of its pooled figure (GRADE).
    Grade in "grade" {
        High = "high",
        Moderate = "moderate",
        Low = "low",
        VeryLow = "very-low",
    }
}

vocabulary! {
    /// Why a row could not be checked against its source.
    Doubt in "doubt" {
        FigureFromMemory = "figure-from-memory",
        IntervalFromMemory = "interval-from-memory",
    }
}

vocabulary! {
    /// What sort of thing a source is.
    SourceKind in "source-kind" {
        DataSet = "data-set",
        Review = "review",
        Study = "study",
        FactSheet = "fact-sheet",
    }
}

vocabulary! {
    /// On what terms a source's content may be shown.
    Terms in "terms" {
        CcBy4 = "cc-by-4",
        PublicDomain = "public-domain",
        /// May be reproduced if the credit line is shown.
        Credit = "credit",
        /// May be reproduced for education and without profit, with the credit line.
        EducationalWithCredit = "educational-with-credit",
        /// Only figures are quoted; the text stays with its publisher.
        FiguresOnly = "figures-only",
        NotVerified = "not-verified",
    }
}

vocabulary! {
    /// Who typed the figures, where they did not come from the publisher's own file.
    TypedBy in "typed-by" {
        Journalists = "journalists",
    }
}
