# Milieux
setting-prison = En prison
setting-release = Après la libération
setting-community = En milieu libre
setting-mixed = Dans plusieurs milieux

# Interventions : services
intervention-oat = Traitement par agonistes opioïdes (TAO)
intervention-methadone = Traitement par la méthadone
intervention-buprenorphine = Traitement par la buprénorphine
intervention-oat-prison = TAO en prison
intervention-methadone-prison = Traitement par la méthadone en prison
intervention-oat-release = TAO à la libération
intervention-opioid-interventions-custody = Traitement de l’usage d’opioïdes en détention
intervention-nsp = Programmes d’échange de seringues (PES)
intervention-nsp-prison = Programmes d’échange de seringues (PES) en prison
intervention-oat-nsp = TAO associé à un programme d’échange de seringues
intervention-naloxone = Naloxone à emporter
intervention-daa-prison = Traitement de l’hépatite C en prison (antiviraux à action directe)

# Interventions : expositions
intervention-oat-interruption = TAO interrompu par l’incarcération
intervention-incarceration = Incarcération
intervention-release = Libération de prison
intervention-none = L’ampleur des besoins
intervention-kind-service = Service
intervention-kind-exposure = Exposition
intervention-kind-none = Charge, sans intervention

# Critères de jugement
outcome-hiv-acquisition = Nouvelle infection par le VIH
outcome-hiv-prevalence = Vivre avec le VIH
outcome-hiv-attributable = Infections par le VIH attribuables à l’incarcération
outcome-hiv-per-shared-injection = Transmission du VIH lors d’une injection partagée
outcome-hiv-per-contaminated-syringe = Transmission du VIH par une seringue contaminée
outcome-hcv-acquisition = Nouvelle infection par le virus de l’hépatite C
outcome-hcv-primary-infection = Primo-infection par le virus de l’hépatite C
outcome-hcv-reinfection = Réinfection par le virus de l’hépatite C
outcome-hcv-recurrence = Virus de l’hépatite C de nouveau détecté après guérison
outcome-hcv-prevalence = Anticorps contre l’hépatite C
outcome-hcv-attributable = Infections par le virus de l’hépatite C attribuables à l’incarcération
outcome-hcv-clearance = Guérison spontanée de l’hépatite C
outcome-hcv-cure = Guérison de l’hépatite C
outcome-daa-completion = Traitement de l’hépatite C mené à son terme
outcome-hbv-prevalence = Hépatite B chronique
outcome-tb-prevalence = Tuberculose active
outcome-all-cause-death = Décès toutes causes
outcome-drug-death = Décès lié aux drogues
outcome-overdose-death = Décès par surdose
outcome-poisoning-death = Décès par intoxication aux drogues
outcome-treatment-entry = Entrée en traitement en milieu libre
outcome-oat-retention = Maintien en TAO
outcome-opioid-use = Usage d’opioïdes illicites
outcome-injecting = Injection de drogues
outcome-opioid-use-injecting-sharing = Usage d’héroïne, injection et partage de seringues
outcome-opioid-use-risk-behaviour = Usage d’opioïdes et comportements à risque
outcome-injecting-in-prison = Injection de drogues en prison
outcome-tattooing-in-prison = Tatouage en prison
outcome-oat-available-in-prison = TAO proposé en prison
outcome-oat-coverage-below-30 = TAO en prison pour moins de 30 % des personnes qui en ont besoin
outcome-nsp-available-in-prison = Programmes d’échange de seringues proposés en prison
outcome-reoffending = Récidive
outcome-prison-population-rate = Personnes en prison

# Précisions sur le critère
detail-first-4-weeks = 4 premières semaines
detail-4-weeks-to-4-months = de 4 semaines à 4 mois
detail-after-release = après la libération
detail-at-12-months = à 12 mois
detail-at-3-years = à 3 ans
detail-all-studies = toutes les études
detail-higher-quality-studies = études de meilleure qualité
detail-adequate-dose = à dose adéquate
detail-per-protocol = traitement et contrôle achevés
detail-intention-to-treat = parmi toutes les personnes traitées
detail-outcome-known = résultat connu

# Personnes ou expositions ; après « chez » ou « parmi »
population-people-who-inject = les personnes qui injectent des drogues
population-opioid-dependence = les personnes ayant une dépendance aux opioïdes
population-on-oat = les personnes sous TAO
population-in-prison = les personnes en prison
population-women-in-prison = les femmes en prison
population-on-oat-imprisoned = les personnes sous TAO qui sont incarcérées
population-custody-opioid-use-disorder = les personnes ayant un trouble de l’usage d’opioïdes, détenues ou récemment libérées
population-closed-settings = les personnes en prison ou dans d’autres lieux fermés
population-closed-settings-injected = les personnes en lieux fermés ayant déjà injecté des drogues
population-starting-daa = les personnes en prison qui commencent un traitement de l’hépatite C
population-treated-in-jail = les personnes traitées pour l’hépatite C en maison d’arrêt
population-cured-in-jail = les personnes guéries de l’hépatite C en maison d’arrêt
population-released = les personnes libérées de prison
population-released-opioid-use-disorder = les personnes ayant un trouble de l’usage d’opioïdes libérées de prison
population-acute-hcv = les personnes ayant une hépatite C aiguë
population-shared-injection = les injections avec du matériel utilisé par une personne vivant avec le VIH
population-contaminated-syringe = les injections avec une seringue contaminée par le VIH
population-countries = les pays
population-inhabitants = les habitants

# Lieux
place-world = monde
place-all-regions = toutes les régions étudiées
place-europe = Europe
place-europe-16-countries = 16 pays d’Europe
place-europe-30-countries = 30 pays d’Europe
place-council-of-europe = États membres du Conseil de l’Europe
place-western-europe = Europe occidentale
place-eastern-europe-central-asia = Europe orientale et Asie centrale
place-europe-israel = Europe et Israël
place-europe-north-america = Europe et Amérique du Nord
place-north-america = Amérique du Nord
place-asia-pacific = Asie et Pacifique
place-azerbaijan-kyrgyzstan-ukraine = Azerbaïdjan, Kirghizistan et Ukraine
place-england = Angleterre
place-united-kingdom = Royaume-Uni
place-australia = Australie
place-australia-4-prisons = 4 prisons d’Australie
place-new-south-wales = Nouvelle-Galles du Sud
place-washington-state = État de Washington, États-Unis
place-new-mexico = Nouveau-Mexique, États-Unis
place-new-york-city-jails = maisons d’arrêt de New York
place-new-haven = New Haven, États-Unis

# Ce qui est comparé ; après « plus bas … que … »
comparison-on-off-oat-with = sous TAO
comparison-on-off-oat-without = hors TAO
comparison-in-out-oat-with = sous TAO
comparison-in-out-oat-without = hors TAO
comparison-in-out-methadone-with = sous traitement par la méthadone
comparison-in-out-methadone-without = hors traitement par la méthadone
comparison-in-out-buprenorphine-with = sous traitement par la buprénorphine
comparison-in-out-buprenorphine-without = hors traitement par la buprénorphine
comparison-methadone-in-prison-with = avec un traitement par la méthadone en prison
comparison-methadone-in-prison-without = sans traitement par la méthadone en prison
comparison-oat-in-prison-with = avec un TAO en prison
comparison-oat-in-prison-without = sans TAO en prison
comparison-oat-interrupted-with = lorsque l’incarcération interrompt le traitement
comparison-oat-interrupted-without = lorsque le traitement se poursuit
comparison-oat-at-release-with = sous TAO à la libération
comparison-oat-at-release-without = sans TAO à la libération
comparison-oat-after-release-with = sous TAO après la libération
comparison-oat-after-release-without = sans TAO après la libération
comparison-treated-in-custody-with = avec un traitement en détention
comparison-treated-in-custody-without = sans traitement en détention
comparison-nsp-use-with = avec un programme d’échange de seringues
comparison-nsp-use-without = sans programme d’échange de seringues
comparison-nsp-high-low-with = avec une couverture élevée en seringues
comparison-nsp-high-low-without = sans couverture ou avec une faible couverture
comparison-oat-and-nsp-with = avec les deux services
comparison-oat-and-nsp-without = sans aucun des deux
comparison-after-before-daa-with = depuis la généralisation du traitement
comparison-after-before-daa-without = durant la période antérieure
comparison-recent-imprisonment-with = après une incarcération récente
comparison-recent-imprisonment-without = sans incarcération récente
comparison-past-imprisonment-with = après une incarcération passée
comparison-past-imprisonment-without = sans incarcération passée
comparison-ever-imprisoned-with = chez les personnes déjà incarcérées
comparison-ever-imprisoned-without = chez celles jamais incarcérées
comparison-weeks-1-2-after-release-with = durant les semaines 1 et 2 après la libération
comparison-weeks-1-2-after-release-without = durant les semaines 3 à 12
comparison-weeks-3-4-after-release-with = durant les semaines 3 et 4 après la libération
comparison-weeks-3-4-after-release-without = durant les semaines 5 à 12
comparison-first-2-weeks-general-population-with = durant les 2 premières semaines après la libération
comparison-first-2-weeks-general-population-without = dans la population générale

# Mesures
measure-rate_ratio = rapport de taux
measure-risk_ratio = rapport de risques
measure-hazard_ratio = rapport de risques instantanés
measure-odds_ratio = rapport de cotes
measure-prevalence_ratio = rapport de prévalences
measure-relative_risk = risque relatif
measure-pooled_ratio = rapport combinant plusieurs mesures
measure-percent = pour cent
measure-proportion = proportion
measure-rate_per_100_py = pour 100 personnes-années
measure-rate_per_1000_py = pour 1 000 personnes-années
measure-rate_per_100000 = pour 100 000 habitants
measure-probability = probabilité
measure-per_10000_exposures = pour 10 000 expositions
measure-count = nombre
measure-narrative = constat en mots

# Axes du graphique en forêt
scale-ratio = Rapport, où 1 signifie aucune différence
scale-percent = Pour cent
scale-per-1000-person-years = Pour 1 000 personnes-années
scale-per-10000-exposures = Pour 10 000 expositions
scale-per-100000-inhabitants = Pour 100 000 habitants
scale-no-difference = aucune différence

# Le sens de l’effet
direction-favours = Meilleur avec
direction-harms = Moins bon avec
direction-unclear = Incertain
direction-burden = Ampleur de la charge
direction-reached = Niveau atteint

# Le degré de certitude
verified-yes = Vérifié à la source
verified-no = Non vérifié
doubt-figure-from-memory = Non vérifié : chiffre noté de mémoire
doubt-interval-from-memory = Non vérifié : intervalle noté de mémoire
effect-not-used = Les chiffres non vérifiés sont affichés, jamais utilisés comme valeur de départ.
grade-high = Certitude élevée (GRADE)
grade-moderate = Certitude modérée (GRADE)
grade-low = Certitude faible (GRADE)
grade-very-low = Certitude très faible (GRADE)
effect-adjusted = Ajusté sur d’autres différences
effect-unadjusted = Non ajusté
effect-turned-round = Publié dans l’autre sens ; inversé ici pour que toutes les lignes se lisent de même
effect-studies =
    { $count ->
        [one] { $count } étude
       *[other] { $count } études
    }
effect-participants =
    { $count ->
        [one] { $count } personne
       *[other] { $count } personnes
    }
effect-heterogeneity = Hétérogénéité entre études (I²) : { $value } %
effect-as-published = Tel que publié
