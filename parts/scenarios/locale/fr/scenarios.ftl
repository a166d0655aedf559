# Scénarios : navigation, explorateur, réponse
way-scenarios = Et si
kind-scenarios = Scénarios
scenarios-title = Et si : des politiques essayées sur un modèle
scenarios-about = Déplacez un levier, par exemple le traitement en prison de un à quarante sur cent, et voyez ce qui changerait pour les infections, les décès et l’argent.
scenarios-of = Et si : { $place }
scenarios-country-note = { $assumed } des { $parameters } chiffres qui entrent ne reposent sur aucune source publiée et sont tirés largement.
scenarios-calibrated = Le modèle est ajusté aux chiffres publiés du pays.
scenarios-not-calibrated = Non ajusté aux enquêtes de ce pays : les chiffres sont tirés tels que son fichier les donne, supposés pour la plupart, d’où des intervalles larges.

explorer-lead = Déplacez un levier. La réponse oppose le pays avec le levier déplacé au même pays tel qu’il va, vie par vie.
explorer-presets = Commencer par
explorer-when = Quand
explorer-more-levers = { $count ->
    [one] Un autre levier
   *[other] { $count } autres leviers
}
explorer-how = Comment c’est calculé
explorer-how-help = Plus de tirages et plus de personnes donnent une réponse plus stable, et plus lente.
explorer-draws = Tirages
explorer-people = % des personnes suivies
explorer-seed = Graine
explorer-show = Montrer ce qui change
explorer-reset = Tel que cela va
explorer-answer = La réponse : { $place }
explorer-failed = Aucune réponse n’est venue. Déplacez de nouveau le levier, ou utilisez le bouton « Montrer ce qui change ».

scenario-from = Commence en
scenario-by = Atteint en
scenario-until = Compté jusqu’à la fin de
lever-dates = Autres dates
lever-now = aujourd’hui { $value }

policy-status-quo = Tel que cela va
policy-oat-prison = Traitement en prison
policy-throughcare = Traitement maintenu au passage de la porte
policy-needles = Échange de seringues
policy-daa = Traitement de l’hépatite C pour tous
policy-naloxone = Naloxone à la libération
policy-diversion = Alternatives à la prison
policy-together = Tout ensemble

levers-oat = Traitement par agonistes opioïdes (méthadone, buprénorphine)
levers-overdose = Surdose
levers-needles = Aiguilles et seringues
levers-hcv = Hépatite C
levers-hiv = VIH
levers-justice = La prison elle-même

lever-oat-prison = Traitement par agonistes opioïdes en prison
lever-oat-prison-help = Parmi les personnes en prison qui s’injectent : combien sont traitées.
lever-oat-kept-release = Traitement maintenu à la libération
lever-oat-kept-release-help = Parmi les personnes libérées sous traitement : combien continuent dehors sans interruption.
lever-oat-kept-arrest = Traitement maintenu à l’arrestation
lever-oat-kept-arrest-help = Parmi les personnes arrêtées sous traitement : combien continuent en prison.
lever-oat-kept-transfer = Traitement maintenu au transfert
lever-oat-kept-transfer-help = Parmi les personnes transférées sous traitement : combien continuent dans l’autre prison.
lever-oat-community = Traitement par agonistes opioïdes au-dehors
lever-oat-community-help = Parmi les personnes qui s’injectent, au-dehors : combien sont traitées.
lever-psychosocial-prison = Traitement psychosocial en prison
lever-psychosocial-prison-help = Parmi les personnes en prison qui s’injectent : combien y sont, communautés thérapeutiques comprises.
lever-naloxone-release = Naloxone à la libération
lever-naloxone-release-help = Parmi les personnes libérées : combien reçoivent de la naloxone et apprennent à l’utiliser.
lever-needles-prison = Échange de seringues en prison
lever-needles-prison-help = Parmi les personnes en prison qui s’injectent : combien reçoivent du matériel propre.
lever-needles-community = Échange de seringues au-dehors
lever-needles-community-help = Parmi les personnes qui s’injectent, au-dehors : combien reçoivent du matériel propre.
lever-hcv-testing-prison = Dépistage de l’hépatite C en prison
lever-hcv-testing-prison-help = Parmi les personnes en prison qui ignorent leur hépatite C : combien sont dépistées en un an.
lever-daa-prison = Traitement de l’hépatite C en prison
lever-daa-prison-help = Parmi les personnes en prison qui connaissent leur hépatite C : combien commencent les antiviraux en un an.
lever-daa-kept-gate = Cure de l’hépatite C maintenue au passage de la porte
lever-daa-kept-gate-help = Parmi les personnes libérées ou arrêtées au milieu d’une cure : combien la terminent.
lever-hcv-testing-community = Dépistage de l’hépatite C au-dehors
lever-hcv-testing-community-help = Parmi les personnes au-dehors qui ignorent leur hépatite C : combien sont dépistées en un an.
lever-daa-community = Traitement de l’hépatite C au-dehors
lever-daa-community-help = Parmi les personnes au-dehors qui connaissent leur hépatite C : combien commencent les antiviraux en un an.
lever-hiv-testing-prison = Dépistage du VIH en prison
lever-hiv-testing-prison-help = Parmi les personnes en prison qui ignorent leur VIH : combien sont dépistées en un an.
lever-art-prison = Traitement du VIH en prison
lever-art-prison-help = Parmi les personnes en prison qui connaissent leur VIH : combien commencent le traitement en un an.
lever-art-kept-release = Traitement du VIH maintenu à la libération
lever-art-kept-release-help = Parmi les personnes libérées sous traitement du VIH : combien continuent dehors.
lever-art-kept-arrest = Traitement du VIH maintenu à l’arrestation
lever-art-kept-arrest-help = Parmi les personnes arrêtées sous traitement du VIH : combien continuent en prison.
lever-hiv-testing-community = Dépistage du VIH au-dehors
lever-hiv-testing-community-help = Parmi les personnes au-dehors qui ignorent leur VIH : combien sont dépistées en un an.
lever-art-community = Traitement du VIH au-dehors
lever-art-community-help = Parmi les personnes au-dehors qui connaissent leur VIH : combien commencent le traitement en un an.
lever-diversion-arrest = Orientation à l’arrestation
lever-diversion-arrest-help = Parmi les personnes arrêtées pour une infraction liée à la drogue : combien vont vers des soins au lieu de la prison.
lever-diversion-sentence = Orientation au jugement
lever-diversion-sentence-help = Parmi les personnes condamnées pour une infraction liée à la drogue : combien vont vers des soins au lieu de la prison.
lever-remand-months = Durée de la détention provisoire
lever-remand-months-help = Temps passé en prison avant jugement, en moyenne.
lever-early-release = Libération anticipée vers le traitement
lever-early-release-help = Parmi les personnes condamnées pour une infraction liée à la drogue et traitées : combien sont libérées plus tôt en un an.

unit-of-people = %
unit-within-a-year = % par an
unit-months = mois
setting-percent = { $n } %
setting-yearly = { $n } % par an
setting-months = { $n } mois
move-line = { $name } : { $now } → { $to }, de { $from } à { $by }
move-step = { $name } : { $now } → { $to }, dès { $from }

result-hcv-infections = Infections par l’hépatite C
result-hcv-infections-short = VHC
result-hcv-infections-what = infections par l’hépatite C
result-hiv-infections = Infections par le VIH
result-hiv-infections-short = VIH
result-hiv-infections-what = infections par le VIH
result-overdose-deaths = Décès par surdose
result-overdose-deaths-short = Surdoses mortelles
result-overdose-deaths-what = décès par surdose
result-release-deaths = Surdoses mortelles dans les quatre semaines après la libération
result-release-deaths-short = Après la sortie
result-dalys = Années de vie en bonne santé perdues
result-dalys-short = Années de santé
result-deaths = Décès de toute cause
result-imprisonments = Incarcérations
result-oat-years = Années sous traitement par agonistes opioïdes
result-hcv-cured = Personnes guéries de l’hépatite C
result-service-cost = Dépensé pour les services
result-cost = Argent
result-cost-short = Argent
result-per-daly = Argent par année de vie en bonne santé gagnée
result-per-daly-short = Par année

result-in-everywhere = Partout
result-in-prison = En prison
result-in-community = Au-dehors

arm-status-quo = Tel que cela va
arm-policy = Avec la politique
scenario-outcome = Résultat
scenario-place = Où
scenario-change = Changement
scenario-between = { $low } à { $high }
scenario-fewer = { $n } de moins
scenario-more = { $n } de plus
scenario-unclear = pas de changement net
scenario-none = aucun changement
scenario-either-way = entre { $fewer } de moins et { $more } de plus
scenario-up-to-fewer = jusqu’à { $fewer } de moins
scenario-up-to-more = jusqu’à { $more } de plus
scenario-of-expected = sur { $expected } attendus ({ $interval })
scenario-of-expected-share = { $share } % de { $expected } attendus ({ $interval })
# Comme pour les infections : « fewer » est épargné, « more » est dépensé.
scenario-cost-fewer = { $n } de moins
scenario-cost-more = { $n } de plus
scenario-cost-unclear = pas de différence nette
scenario-cost-none = aucune différence
scenario-cost-either-way = entre { $less } de moins et { $more } de plus
scenario-cost-yearly = { $n } par an en moyenne ; les années lointaines comptent moins
scenario-worth = À { $pays } l’année de vie en bonne santé, vaut son coût dans { $share } tirages sur 100.
scenario-no-ratio = ne peut être dit
scenario-saves-both = épargne argent et santé
money-plain = { $n } { $currency }
money-million = { $n } millions { $currency }
money-billion = { $n } milliards { $currency }
list-and = { $before } et { $last }
scenario-piece-fewer = { $n } { $what } de moins
scenario-piece-more = { $n } { $what } de plus
scenario-headline-status-quo = Tel que cela va : ce qui est à attendre si aucun levier n’est déplacé.
scenario-headline-unclear = En { $years } ans, de { $first } à { $until } : pas de changement net des infections ni des décès.
scenario-headline = En { $years } ans, de { $first } à { $until } : environ { $pieces }.
scenario-headline-costs = En { $years } ans, de { $first } à { $until } : environ { $pieces }, pour { $money } de plus.
scenario-headline-saves = En { $years } ans, de { $first } à { $until } : environ { $pieces }, et { $money } dépensés de moins.
scenario-not-fitted = Non ajusté aux enquêtes de ce pays.
scenario-not-fitted-means = Non ajusté aux enquêtes de ce pays. Les intervalles montrent ce que permettent les hypothèses de son fichier, non ce que les données du pays appuient : lisez-y le sens d’un changement, non son ampleur.
scenario-interval-not-fitted = Intervalle, modèle non ajusté
compare-not-fitted = { $name } (modèle non ajusté)
scenario-interval-means = En encre plus claire : là où se trouvent 95 tirages sur 100. « De moins » et « de plus » : par rapport au même pays tel qu’il va, tirage par tirage.
scenario-moved = { $count ->
    [one] Le levier déplacé
   *[other] Les { $count } leviers déplacés
}
scenario-all-figures = Tous les chiffres, en prison et au-dehors
scenario-table = Ce qui est à attendre, de { $first } à { $until }
scenario-rests-on = { $draws } tirages, { $people } % des personnes suivies ({ $followed } par tirage), graine { $seed } ; modèle { $version }, données { $inputs }.
scenario-assumed = { $assumed } des { $parameters } chiffres ne reposent sur aucune source publiée.
scenario-what-went-in = Ce qui est entré
scenario-link = Lien qui redonne cette réponse
scenario-copy = Copier le lien
scenario-copied = Copié
scenario-hash = Même empreinte, même tableau : { $hash }
scenario-updated = Nouvelle réponse.
scenario-back = Retour aux leviers
scenario-made-with = Ce lien a été fait avec d’autres données ({ $then }) : les chiffres ou le modèle ont changé depuis, et la réponse avec eux.

course-title = { $what } en { $year } : { $policy } au lieu de { $expected }
course-title-same = { $what } en { $year } : { $expected }, tel que cela va et avec la politique
course-title-status-quo = { $what } en { $year } : { $expected }, tel que cela va
course-hcv-infections = Nouvelles infections par an ; milieu de { $draws } tirages, et la bande qui en contient 95 sur 100
course-hiv-infections = Nouvelles infections par an ; milieu de { $draws } tirages, et la bande qui en contient 95 sur 100
course-overdose-deaths = Décès par an ; milieu de { $draws } tirages, et la bande qui en contient 95 sur 100
course-release-deaths = Décès additionnés depuis { $first }, une année en ayant peu ; milieu de { $draws } tirages, et la bande qui en contient 95 sur 100

# Ce qui est entré
inputs-title = Ce qui est entré : { $place }
inputs-lead = Chaque chiffre du modèle avec son intervalle et sa source. Ce qu’aucune source ne donne est marqué comme supposé, tiré largement, et compté dans chaque réponse.
inputs-counts = Sur { $all } chiffres, { $published } sont publiés pour le pays ou repris d’une publication, { $effects } sont des effets mesurés, { $design } des choix de construction, et { $assumed } sont supposés.
inputs-databook = Classeur Excel : chaque chiffre, dans un classeur à remplir
inputs-databook-about = Un ministère peut y mettre ses propres chiffres et leurs sources ; la commande « throughcare country read » en fait le fichier du pays, et dit par feuille et par ligne ce qui n’est pas encore juste.
inputs-caption = { $count } chiffres du modèle
inputs-find = par exemple : naloxone, supposé, coût
inputs-table-note = L’intervalle contient les 95 % du milieu de ce qui est tiré. Les chiffres « ajustés » sont déplacés dans leur intervalle jusqu’à ce que le modèle rejoigne les chiffres publiés du pays. « Cloche » : médiane et intervalle donnés, normale à l’échelle des logarithmes ou des cotes.
inputs-parameter = Ce que c’est
inputs-unit = Unité
inputs-basis = Repose sur
inputs-distribution = Tiré selon
inputs-learnt = Ajusté
inputs-note = Note
inputs-name = Nom dans les fichiers
inputs-certain = tenu pour certain
inputs-carried-over = mesuré au-dehors, appliqué en prison
basis-source = publication
basis-effect = effet mesuré
basis-effect-unverified = effet mesuré, non vérifié
basis-design = choix de construction
basis-assumed = supposé
basis-assumed-means = aucune source ; tiré largement
distribution-fixed = une valeur
distribution-uniform = uniforme
distribution-spread = cloche
unit-persons = personnes
unit-persons-per-year = personnes par an
unit-per-year = par an
unit-years = ans
unit-ratio = fois
unit-events-per-year = fois par an

# Refus
refusal-no-model = Il n’y a pas encore de modèle de { $value }.
refusal-no-model-do = Les pays qui en ont un sont énumérés sous « Et si ».
refusal-no-lever = Il n’y a pas de levier { $name }.
refusal-no-lever-do = Vérifiez l’adresse ; les leviers de chaque pays sont énumérés à /api/scenarios.
refusal-lever-range = { $name } ne peut être { $value }.
refusal-lever-range-do = Donnez un nombre de { $low } à { $high }.
refusal-scenario-year = { $name } ne peut être { $value } : le modèle commence en { $low }.
refusal-scenario-year-do = Donnez une année de { $low } à { $high }.
refusal-scenario-turned = { $name } ne peut être { $value } : c’est avant le début.
refusal-scenario-turned-do = Donnez { $low } ou plus tard.
refusal-scenario-number = { $name } ne peut être { $value }.
refusal-scenario-number-do = Donnez un nombre entier de { $low } à { $high }.
refusal-scenario-people = { $value } % des personnes ne peuvent être suivies.
refusal-scenario-people-do = Donnez un nombre de { $low } à { $high } : 100, c’est tout le monde.
refusal-scenario-too-big = { $value } tirages d’autant de personnes sont trop pour une réponse rapide.
refusal-scenario-too-big-do = Donnez au plus { $high } tirages, ou suivez moins de personnes ; un calcul complet se fait par « throughcare simulate ».
refusal-scenario-twice = { $name } figure deux fois dans l’adresse.
refusal-scenario-twice-do = Retirez l’un des deux.
refusal-busy = Beaucoup de personnes posent des questions en ce moment.
refusal-busy-do = Réessayez dans quelques secondes ; rien de votre question n’est perdu.

# Un calcul complet
simulate-policy = Politique
simulate-extra-cost = Argent en plus, { $currency }
simulate-worth = Vaut son coût, % des tirages
simulate-caption = Ce que chaque politique évite et coûte, de { $first } à { $until } ; milieu de { $draws } tirages et intervalle de 95 sur 100
simulate-source = { $country } : modèle Throughcare { $version }, { $draws } tirages, graine { $seed }
simulate-target = Publié
simulate-prevalence-hiv = VIH parmi les personnes qui s’injectent
simulate-prevalence-hcv = Vivant avec le virus de l’hépatite C, parmi les personnes qui s’injectent
simulate-prevalence-of = Pour cent à la fin de l’année ; milieu de tous les tirages et bande qui en contient 95 sur 100
simulate-averted = { $what } : ce que chaque politique évite
simulate-averted-of = En { $years } ans, par rapport au pays tel qu’il va ; milieu de tous les tirages et intervalle de 95 sur 100
plane-title = La santé gagnée, et ce qu’elle coûte
plane-subtitle = Chaque petite marque est un tirage, chaque grande la moyenne d’une politique
plane-across = années de vie en bonne santé gagnées
plane-up = millions { $currency } de plus
plane-line = { $pays } l’année de vie
budget-curve-title = Ce qu’achète plus d’argent
budget-curve-subtitle = Chaque politique qui gagne plus que toutes les moins chères
budget-across = millions { $currency } par an

# Politiques types
section-what-could-be-done = Ce qui pourrait être fait
section-what-could-be-done-lead = Des politiques types essayées sur un modèle du pays, chacune par rapport au même pays tel qu’il va.
policies-title = Politiques types : { $place }
policies-link = Politiques types
policies-none = Les politiques types n’ont pas encore été calculées pour ce pays. Ses leviers peuvent être déplacés quand même.
policies-earlier = Calculé le { $day } à partir de chiffres antérieurs ou par un modèle antérieur : ces politiques ne correspondent plus à ce qu’emploie l’explorateur. Elles seront recalculées.
policies-made = Calculé le { $day } : { $draws } tirages, { $people } % des personnes suivies, graine { $seed }, modèle { $version }, données { $inputs }.
policies-source = modèle Throughcare { $version }, calculé le { $day }
policies-gained-title = { $clear } politiques types sur { $all } gagnent nettement des années de vie en bonne santé
policies-gained-of = Années de vie en bonne santé gagnées, de { $first } à { $until }, par rapport au pays tel qu’il va ; milieu de tous les tirages et intervalle de 95 sur 100
policies-caption = Ce que chaque politique évite et coûte, de { $first } à { $until }
policies-table-note = Par rapport au même pays tel qu’il va, tirage par tirage ; l’intervalle contient 95 tirages sur 100. Chaque nom mène aux leviers.
policies-move = Déplacer soi-même les leviers
finding-policies = Sur un modèle du pays, « { $policy } » à elle seule gagnerait environ { $n } années de vie en bonne santé ({ $interval }) de { $first } à { $until }.
finding-policies-caution = un modèle, non une mesure

# Comparer
compare-title = Comparer : { $place }
compare-link-short = Comparer
compare-lead = Jusqu’à six scénarios côte à côte, chacun par rapport au même pays tel qu’il va.
compare-choose = Scénarios, { $most } au plus
compare-paste = Ou collez le lien d’une réponse
compare-show = Comparer
compare-caption = Ce que change chaque scénario
compare-bars = { $what } : évitées
compare-open = Déplacer les leviers de « { $name } »
compare-link = Lien vers cette comparaison
compare-years-differ = Ces scénarios commencent ou finissent en des années différentes : leurs totaux couvrent des périodes différentes.
compare-runs-differ = Ces scénarios ont été calculés avec des tirages ou des graines différents : une part de leur différence est due au hasard.
compare-name = { $more ->
    [0] { $name } : { $to }
   *[other] { $name } : { $to }, et { $more } de plus
}
scenario-compare = Comparer avec d’autres
refusal-too-many-scenarios = { $value } scénarios sont trop pour être lus côte à côte.
refusal-too-many-scenarios-do = Choisissez-en six au plus.

# Budget
budget-title = Ce que l’argent achète : { $place }
budget-link = Budget
budget-lead = Un montant annuel pour les services, et l’ensemble de politiques qui gagne le plus avec lui.
budget-amount = Montant par an
budget-amount-help = En plus de ce qui est dépensé aujourd’hui. Tout ensemble demanderait { $most } par an.
budget-show = Montrer le meilleur ensemble
budget-best = Avec { $amount } par an
budget-runner-up = Deuxième
budget-part = { $name }, { $share } % du chemin
budget-gains = Gagne { $gained } années de vie en bonne santé ({ $interval }) pour { $costs } par an.
budget-open = Ouvrir avec les leviers
budget-here = Ce montant
budget-next = Ce qu’apporte chaque { $step } de plus par an
budget-up-to = Jusqu’à, par an
budget-brings = Années de vie en bonne santé gagnées
budget-all = Toute la courbe
budget-mix = Ensemble
budget-per-year = { $currency } par an
budget-note = L’argent est ce que coûtent les services au-delà d’aujourd’hui, moyenne des tirages, non actualisé ; ce qu’ils épargnent ailleurs n’est pas déduit. Chaque politique à moitié ou en entier.
refusal-budget-amount = { $value } n’est pas un montant.
refusal-budget-amount-do = Donnez un nombre entier dans la monnaie du pays, par exemple 1 000 000.
refusal-no-policies = Rien n’a été calculé d’avance pour { $value }.
refusal-no-policies-do = Déplacez plutôt les leviers du pays.
refusal-no-such-target = « { $value } » n’est pas un chiffre auquel le modèle de ce pays peut être confronté.
refusal-no-such-target-do = Prenez l’un de ceux-ci : { $known }. La page « Comment le modèle s’accorde » les donne.

# Ajustement
calibration-title = Le modèle face aux chiffres publiés : { $place }
calibration-link = Comment le modèle s’accorde
calibration-lead = Ce qui est publié du pays, ce que donne le modèle ajusté, et ce que l’ajustement a fait des chiffres que personne n’a mesurés.
calibration-says = { $met ->
    [0] Le modèle ne rejoint aucun des { $all } chiffres publiés
   *[other] Le modèle rejoint { $met } des { $all } chiffres publiés
}
calibration-missed-lead = Non rejoints :
calibration-met = { $what } ({ $year }) : rejoint
calibration-missed = { $what } ({ $year }) : non rejoint
calibration-none = Le modèle de ce pays n’a pas encore été ajusté. Il est interrogé avec les chiffres de son fichier.
calibration-earlier = Le modèle a été ajusté le { $day }, à des chiffres antérieurs. Jusqu’au prochain ajustement, il est interrogé avec les chiffres de son fichier.
calibration-measure = Chiffre publié
calibration-published = Publié
calibration-model = Modèle
calibration-meets = Rejoint
calibration-not-yet = pas encore ajusté
calibration-targets = Chiffres publiés et modèle ajusté
calibration-learnt = Ce que l’ajustement a fait des chiffres que personne n’a mesurés
calibration-learnt-says = De { $moved } chiffres sur { $all }, les chiffres publiés disent quelque chose : leur intervalle a perdu un cinquième ou plus. Les autres restent aussi larges qu’ils étaient supposés.
calibration-before = Avant
calibration-after = Après
calibration-made = Ajusté le { $day } : { $particles } jeux de chiffres en { $rounds } tours, valant { $effective } jeux égaux ; { $draws } tirages gardés, { $people } % des personnes suivies, graine { $seed }, modèle { $version }. Méthode : échantillonnage préférentiel par mélanges successifs (Raftery et Bao 2010).
calibration-offered = Confronter aussi le modèle à des chiffres de ce site
calibration-offered-lead = Ces chiffres du pays sont dans le site et ne servent pas encore de cible : chiffres que le programme a mesurés et publiés lui-même, ou chiffres plus récents d’un éditeur. Choisissez-en, et prenez le fichier du pays qui les contient. Si un chiffre a été écarté à dessein, ce fichier dit pourquoi.
calibration-offer = { $what }, { $year } : { $value } ({ $interval })
calibration-offer-assumed = { $what }, { $year } : { $value } ({ $interval } ; l’intervalle n’a pas été publié et est supposé)
calibration-offer-replaces = Il prend la place de { $value }.
calibration-offer-figure = Le chiffre et sa source
calibration-offered-file = Fichier du pays avec ces cibles
calibration-offered-next = La personne qui exploite le site ajuste le modèle avec ce fichier ; cela prend quelques minutes :
calibration-offered-none = Le site n’a aucun chiffre de ce pays que le modèle donne et qui ne soit pas déjà une cible. Un chiffre que le programme publie sous Statistiques peut devenir un chiffre du pays, et figure alors ici.
measure-hiv_among_current = VIH parmi les personnes qui s’injectent
measure-hcv_antibody_among_current = Anticorps de l’hépatite C parmi les personnes qui s’injectent
measure-hcv_viraemic_among_current = Vivant avec le virus de l’hépatite C, parmi les personnes qui s’injectent
measure-hiv_among_held = VIH parmi les personnes en prison
measure-hcv_antibody_among_held = Anticorps de l’hépatite C parmi les personnes en prison
measure-on_oat_in_prison = Personnes sous agonistes opioïdes en prison
measure-oat_among_current = Sous agonistes opioïdes, parmi les personnes qui s’injectent
measure-people_injecting = Personnes qui s’injectent
measure-modelled_people_in_prison = Personnes en prison qui s’injectent ou se sont injectées
measure-ever_imprisoned_among_all = Déjà incarcérées, parmi les personnes qui s’injectent ou se sont injectées

# Calculs complets
runs-title = Calculs complets : { $place }
runs-all = Calculs complets
runs-lead = Des questions calculées avec des centaines de tirages de tout le monde ; chaque réponse est gardée à sa propre adresse.
runs-empty = Aucun encore. Déplacez un levier et choisissez « Calculer en entier ».
runs-caption = Calculs complets, les plus récents d’abord
runs-state = État
runs-asked = Demandé
run-kind = Calcul complet
run-title = { $place } : { $name }, { $draws } tirages
run-drawing = Tirage des sorts et suivi des personnes.
run-explore = Déplacer les leviers de ce calcul
run-state-waiting = en attente
run-state-running = en cours
run-state-done = terminé
run-state-failed = échoué
run-state-cancelled = annulé
scenario-run-full = Calculer en entier
scenario-steady = Avec deux fois plus de tirages, les bouts de l’intervalle pour « { $what } » bougeraient typiquement de { $ends }, sa moyenne de { $middle }.
explorer-more = Plus sur le modèle de ce pays
refusal-no-run = Il n’y a pas de calcul terminé { $value }.
refusal-no-run-do = Voyez la liste des calculs du pays.
refusal-no-course = Il n’y a pas de dessin { $value } ici.
refusal-no-course-do = Voyez sur la page ceux qui existent.
fitted-yes = oui
fitted-no = non

# Élimination
elimination-title = L’hépatite C et le VIH peuvent-ils être éliminés ? { $place }
elimination-link = Cibles de l’OMS pour 2030
elimination-more = Toutes les politiques face aux cibles de l’OMS
elimination-brief = Hépatite C et VIH face aux cibles de l’OMS pour 2030
elimination-brief-missing = pas calculé d’avance : la page interroge le modèle maintenant
elimination-choose = Montrer
elimination-own = Mes leviers : { $name }
elimination-own-note = Vos leviers figurent à côté des politiques courantes.
elimination-own-rests-on = Vos leviers :
elimination-says = { $likely ->
    [one] Une des politiques ci-dessous a plus d’une chance sur deux de ramener les nouvelles infections par l’hépatite C chez les personnes qui s’injectent des drogues à la cible de l’OMS en { $year }. La plus proche est « { $best } » : { $found } pour 100 personnes-années ({ $low } à { $high }).
   *[other] { $likely } des politiques ci-dessous ont plus d’une chance sur deux de ramener les nouvelles infections par l’hépatite C chez les personnes qui s’injectent des drogues à la cible de l’OMS en { $year }. La plus proche est « { $best } » : { $found } pour 100 personnes-années ({ $low } à { $high }).
}
elimination-says-later = Aucune des politiques ci-dessous n’a de bonnes chances de ramener les nouvelles infections par l’hépatite C chez les personnes qui s’injectent des drogues à la cible de l’OMS en { $year }. « { $best } » y parvient la première, à partir de { $first } environ ; en { $year } elle en est à { $found } pour 100 personnes-années ({ $low } à { $high }).
elimination-says-never = Aucune des politiques ci-dessous n’a de bonnes chances de ramener les nouvelles infections par l’hépatite C chez les personnes qui s’injectent des drogues à la cible de l’OMS d’ici { $until }. La plus proche est « { $best } » : { $found } pour 100 personnes-années en { $year } ({ $low } à { $high }).
elimination-target = OMS : { $most }
elimination-all = Toutes les politiques
elimination-caption = Chaque politique face aux cibles de l’OMS pour { $year }
elimination-low = le plus bas de 95 tirages sur 100
elimination-high = le plus haut de 95 tirages sur 100
elimination-met = Atteinte, sur 100 tirages
elimination-first = Atteinte à partir de
elimination-all-met = Les trois pour l’hépatite C, sur 100 tirages
elimination-after = après { $until }
elimination-table-note = Chiffres de { $year } : milieu des tirages, et où se trouvent 95 sur 100. « Atteinte à partir de » : la première année à partir de laquelle la cible reste atteinte jusqu’à la fin du calcul.
elimination-targets = Ce que demande l’OMS
elimination-population = La population du pays est prise pour { $people } : ce qu’impliquent le nombre de personnes en prison en { $year } et le taux pour 100 000 habitants.
elimination-population-source = Source des deux
elimination-no-population = La population du pays n’est pas parmi les chiffres d’ici ; seule la cible chez les personnes qui s’injectent des drogues peut être lue.
elimination-limits = Ce que ceci ne peut pas dire
elimination-limit-others = Les infections et les décès de personnes qui ne se sont jamais injecté ne sont pas dans le modèle. Pour les cibles qui comptent tout le pays, « atteinte » veut dire ici que les personnes qui s’injectent n’y font plus obstacle ; d’autres le peuvent.
elimination-limit-base = L’OMS demande aussi 80 % de nouvelles infections et 65 % de décès en moins qu’en 2015. Le modèle commence plus tard ; cette baisse ne peut pas être lue.
elimination-limit-cascade = Les cibles de l’OMS pour les soins (90 % des personnes ayant l’hépatite C diagnostiquées, 80 % d’entre elles traitées ; 95 % à chaque étape pour le VIH) ne sont pas lues : le modèle garde les tests, les cures et les années de traitement de chaque année, non qui est diagnostiqué.
elimination-limit-sample = Une année d’un petit échantillon est bruitée : avec une petite part des personnes, un pays proche d’une cible l’atteint dans certains tirages par hasard. Un calcul complet resserre cela, non ce qui est inconnu.
elimination-quick = Pas calculé d’avance pour ces chiffres : calculé maintenant, avec l’échantillon de l’explorateur.
goal-hcv-incidence-asks = Nouvelles infections par l’hépatite C chez les personnes qui s’injectent des drogues : 2 au plus pour 100 personnes-années
goal-hcv-incidence-source = OMS 2021, Interim guidance for country validation of viral hepatitis elimination ; de même OMS 2022, Stratégies mondiales du secteur de la santé 2022–2030
goal-hcv-incidence-column = Infections par l’hépatite C pour 100 personnes-années ({ $most } au plus)
goal-hcv-incidence-title = Hépatite C, { $policy } : la cible de l’OMS pour { $year } est atteinte dans { $draws } tirages sur 100
goal-hcv-incidence-subtitle = Nouvelles infections pour 100 personnes-années de personnes qui s’injectent ; milieu de { $draws } tirages, et la bande qui en contient 95 sur 100
goal-hcv-infections-asks = Nouvelles infections par l’hépatite C : 5 au plus par an pour 100 000 habitants
goal-hcv-infections-source = OMS 2021, Interim guidance for country validation of viral hepatitis elimination
goal-hcv-infections-column = Infections par l’hépatite C pour 100 000 habitants ({ $most } au plus)
goal-hcv-deaths-asks = Décès par l’hépatite C : 2 au plus par an pour 100 000 habitants
goal-hcv-deaths-source = OMS 2021, Interim guidance for country validation of viral hepatitis elimination
goal-hcv-deaths-column = Décès du foie pour 100 000 habitants ({ $most } au plus)
goal-hiv-infections-asks = Nouvelles infections par le VIH : 2,5 au plus par an pour 100 000 habitants
goal-hiv-infections-source = OMS 2022, Stratégies mondiales du secteur de la santé 2022–2030 : 0,025 pour 1 000 personnes non infectées
goal-hiv-infections-column = Infections par le VIH pour 100 000 habitants ({ $most } au plus)
goal-hiv-infections-title = VIH, { $policy } : les personnes qui s’injectent restent dans la cible de l’OMS pour { $year } dans { $draws } tirages sur 100
goal-hiv-infections-subtitle = Nouvelles infections de personnes qui s’injectent pour 100 000 habitants ; milieu de { $draws } tirages, et la bande qui en contient 95 sur 100
eliminates-status-quo = Hépatite C : tel que cela va, la cible de l’OMS pour les nouvelles infections en { $year } est atteinte dans { $expected } tirages sur 100.
eliminates-same = Hépatite C : la cible de l’OMS pour les nouvelles infections en { $year } est atteinte dans { $expected } tirages sur 100, avec la politique comme sans elle.
eliminates-policy = Hépatite C : la cible de l’OMS pour les nouvelles infections en { $year } est atteinte dans { $policy } tirages sur 100, au lieu de { $expected }.
refusal-no-elimination = Le calcul pour { $value } s’arrête avant 2030, l’année des cibles de l’OMS.
refusal-no-elimination-do = Comptez jusqu’à la fin de 2030 ou plus tard.

# Une seule prison
lever-where = Où
lever-every-prison = Dans toutes les prisons
lever-dates-place = Autres dates, une seule prison
lever-in-prison = { $name } ({ $prison })
refusal-no-prison = { $name } ne peut pas être { $value } : il n’y a pas de telle prison, ou ce levier n’est pas pour une seule prison.
refusal-no-prison-do = Choisissez une des prisons qui figurent sous le levier.
refusal-scenario-prisons = { $value } leviers pour une seule prison, c’est trop.
refusal-scenario-prisons-do = Déplacez-en { $high } au plus dans une seule prison ; les autres partout.

# Additionné sur les années
added-up-title = { $what }, { $first } à { $year } : { $policy } au lieu de { $expected }
added-up-title-unclear = { $what }, { $first } à { $year } : quelque { $expected }, pas de changement clair
added-up-title-same = { $what }, { $first } à { $year } : { $expected }, tel que cela va et avec la politique
added-up-title-status-quo = { $what }, { $first } à { $year } : { $expected }, tel que cela va
