# Navigation et genres
way-indicators = Indicateurs
kind-country = Pays
kind-indicator = Indicateur
place = Lieu
region = Région
indicator = Indicateur
topic = Thème
setting = Cadre
unit = Unité
kind = Genre
kind-reported = Rapporté
kind-computed = Calculé ici
definition = Définition
numerator = Au numérateur
denominator = Au dénominateur
compare-with = Comparé au-dehors avec
better = Sens
group = Groupe
locator = Emplacement dans la source
reason = Raison
flag = Doute
rank = Rang
trend = Évolution
yes = oui
no = non
figure-missing = pas de chiffre dans nos sources
publisher-unodc = ONUDC
publisher-unaids = ONUSIDA
publisher-eurostat = Eurostat
publisher-space = SPACE I
publisher-national = Une source nationale
figure-other-source = { $source } donne { $value } ({ $period })
people-in-prison = personnes détenues
people-outside = personnes qui s’injectent des drogues, au-dehors

# Parties de la fiche
section-situation-lead = Combien de personnes sont détenues, sur combien de places, et pourquoi.
section-infection-lead = Les personnes détenues à côté des personnes qui s’injectent des drogues au-dehors : deux populations différentes, côte à côte, et non un rapport.
section-deaths = Décès en prison
section-deaths-lead = Les décès d’une année sont peu nombreux ; les taux varient donc au hasard, et les bandes montrent de combien.
section-care-lead = Ce qui est offert en prison, et le même service au-dehors.
section-equivalence = Équivalence des soins
section-equivalence-lead = Les personnes détenues ont droit à la qualité de soins disponible au-dehors. Pour chaque service : la couverture en prison rapportée à la couverture au-dehors.
section-trafficking-lead = Ce que les statistiques pénitentiaires disent du trafic et des infractions à la législation sur les drogues.
section-unknown = Ce que l’on ignore
section-unknown-lead = Classé selon ce qu’une réponse apporterait : d’abord ce qui compléterait une comparaison des soins.

# Constats
finding-rate = { $value } personnes pour 100 000 habitants sont détenues ({ $year }) : { $ratio } fois la médiane de { $countries } États membres ({ $median }).
finding-rate-alone = { $value } personnes pour 100 000 habitants sont détenues ({ $year }).
finding-full = Les prisons comptent { $value } personnes pour 100 places ({ $year }).
finding-drug-law = { $value } % des personnes détenues le sont pour des infractions liées aux drogues ({ $year }).
finding-hiv = { $value } % des personnes détenues vivent avec le VIH ({ $year }) ; au-dehors, c’est le cas de { $outside } % des personnes qui s’injectent des drogues ({ $outside_year }).
finding-hiv-alone = { $value } % des personnes détenues vivent avec le VIH ({ $year }).
finding-oat = { $value } personnes détenues reçoivent un traitement agoniste opioïde ({ $year }) : { $share } % de toutes les personnes détenues. Au-dehors, il atteint { $outside } % des personnes qui s’injectent ou dépendent des opioïdes ({ $outside_year }).
finding-oat-alone = { $value } personnes détenues reçoivent un traitement agoniste opioïde ({ $year }) : { $share } % de toutes les personnes détenues.
finding-oat-outside-only = Au-dehors, le traitement agoniste opioïde atteint { $value } % des personnes qui s’injectent ou dépendent des opioïdes ({ $year }) ; le nombre de personnes détenues qui le reçoivent n’est pas dans nos sources.
finding-equivalence = Sur { $services } services, les soins en prison peuvent être rapportés aux soins au-dehors pour { $known } ; pour { $missing }, rien n’est publié sur les prisons.
finding-equivalence-none = Pour aucun des { $services } services, rien n’est publié qui permette de rapporter les soins en prison aux soins au-dehors.

# Situation
situation-rate-title = Personnes détenues pour 100 000 habitants
situation-rate-changed = Le taux de détention { $way ->
    [fell] a baissé de { $change } % entre { $from } et { $to }, de { $first } à { $last } pour 100 000
    [rose] a augmenté de { $change } % entre { $from } et { $to }, de { $first } à { $last } pour 100 000
   *[other] était à peu près le même en { $to } qu’en { $from } : { $last } pour 100 000
}
situation-shares-title = Personnes détenues sans condamnation définitive, et pour infractions liées aux drogues, parmi toutes les personnes détenues

# Infections
infection-hiv = VIH
infection-hcv = Hépatite C
infection-hbv = Hépatite B
infection-tb = Tuberculose
infection-hiv-within = VIH
infection-hcv-within = hépatite C
infection-hbv-within = hépatite B
infection-tb-within = tuberculose
infection-title = { $infection } : l’infection la plus rapportée parmi les personnes détenues
infection-title-two = { $infection } et { $second } : les infections les plus rapportées parmi les personnes détenues
infection-subtitle = Part des personnes vivant avec l’infection, pour cent
infection-note = Ce que l’on ne cherche pas ne se trouve pas : un chiffre bas peut signifier peu de dépistage.

# Décès
deaths-title = { $value } décès pour 1 000 personnes détenues en { $year } (intervalle à 95 % : { $interval })
deaths-title-plain = Décès pour 1 000 personnes détenues

# Trafic
trafficking-title = Personnes détenues pour trafic et pour détention de drogues

# Équivalence des soins
equivalence-title = Les soins en prison peuvent être comparés aux soins au-dehors pour { $known ->
    [one] 1 service
   *[other] { $known } services
} sur { $services }
equivalence-subtitle = Couverture en prison ÷ couverture au-dehors ; 1 est égal
equivalence-less = moins en prison
equivalence-equal = égal
equivalence-more = plus en prison
equivalence-service = Service
equivalence-ratio = Couverture en prison ÷ couverture au-dehors
equivalence-at-least = au moins { $value }
equivalence-computed = Calculé ici à partir des deux chiffres voisins.
equivalence-one-side = un côté manque
equivalence-one-side-sentence = Un côté manque.
equivalence-flagged = un chiffre est douteux
equivalence-flagged-sentence = Aucun rapport n’est donné, car un chiffre est douteux.
equivalence-zero = rien de rapporté au-dehors
equivalence-zero-sentence = Aucun rapport n’est donné, car le chiffre au-dehors est zéro.
equivalence-short-held-back = retenu : un chiffre est douteux
equivalence-short-no-inside = rien de publié sur les prisons
equivalence-short-no-outside = rien de publié pour le dehors
equivalence-says-nothing-sentence = Rien n’est publié d’aucun côté.
equivalence-says-no-inside-sentence = Le dehors est connu ; rien n’est publié sur les prisons.
equivalence-says-no-outside-sentence = La prison est connue ; nos sources n’ont pas de chiffre pour le dehors.
equivalence-says-floor = La couverture en prison est d’au moins { $value } fois celle du dehors ; de combien davantage dépend du nombre de personnes détenues qui en ont besoin.
equivalence-says-unsure = La prison peut être en deçà ou au-delà du dehors : le rapport se situe entre { $low } et { $high }.
equivalence-says-less = La couverture en prison est de { $value } fois celle du dehors : moins qu’égale.
equivalence-says-more = La couverture en prison est de { $value } fois celle du dehors : plus qu’égale.
equivalence-says-equal = La couverture en prison est à peu près égale à celle du dehors.
equivalence-years = Les deux chiffres sont d’années différentes : { $inside } en prison, { $outside } au-dehors.
equivalence-nothing = { $count ->
    [one] Pour un autre service, rien n’est publié d’aucun côté : { $services }.
   *[other] Pour { $count } autres services, rien n’est publié d’aucun côté : { $services }.
}
assumption-need-share = En prison, le chiffre compte toutes les personnes détenues, alors que seules certaines ont besoin du service. La part dans le besoin est prise à { $value } %, part des personnes détenues qui s’injectent en prison en Europe de l’Est et en Asie centrale (Moazen 2018) ; aucun intervalle n’étant publié, la plage la laisse varier de { $low } % à { $high } %.
service-drug_treatment_community = Traitement de la dépendance
service-oat_coverage_community = Traitement agoniste opioïde
service-needles_per_person_community = Aiguilles et seringues
service-naloxone_community = Naloxone
service-hiv_testing_community = Dépistage du VIH
service-art_coverage_community = Traitement du VIH
service-hcv_testing_community = Dépistage de l’hépatite C
service-hcv_treatment_community = Traitement de l’hépatite C
service-hbv_vaccination_community = Vaccination contre l’hépatite B
service-tb_treatment_success_community = Traitement de la tuberculose
service-stigma_avoided_care_community = Soins évités par crainte de la stigmatisation

# Ce que l’on ignore
unknown-missing = Pas de chiffre dans nos sources.
unknown-flagged = Le chiffre de { $year } ({ $value }) est douteux. { $reason }
unknown-old = Le dernier chiffre date de { $year }.
unknown-more = { $count } autres chiffres manquent, sont douteux ou anciens.

# Pays et chiffres
countries-lead = Tous les lieux dont nos sources donnent des chiffres ; ouvrez-en un pour sa fiche.
countries-caption = Les lieux et leurs derniers chiffres
countries-figures = Chiffres
countries-place = Une partie du nom
facts-empty = Ce site ne contient pas encore de chiffres. Chargez ceux qui accompagnent le programme :
figures-of = Tous les chiffres : { $place }
figures-lead = Chaque chiffre tel que sa source le donne, avec son emplacement dans la source et ses marques de doute. Une valeur mène à son historique.
figure-one = Un chiffre
figure-indicator = Ce qui est mesuré :
figure-versions = Ce que dit chaque source, version la plus récente d’abord
figure-replaced = remplacé
figure-read = Lu ici
doubts-title = Chiffres douteux
doubts-lead = Chaque chiffre qu’une règle a marqué, avec la raison. Les marques graves excluent un chiffre des rangs, des rapports et des courbes ; rien n’est effacé.
imports-title = Importations
imports-lead = Chaque fichier qui a modifié des chiffres, le plus récent d’abord.
imports-number = Changement
imports-at = Jour
imports-kind = Origine
imports-file = Fichier
imports-added = Ajoutés
imports-changed = Modifiés
imports-same = Inchangés
imports-refused = Lignes refusées
import-kind-shipped = Livré avec le programme
import-kind-unodc = ONUDC
import-kind-unaids = ONUSIDA
import-kind-eurostat = Eurostat
import-kind-space = SPACE I
import-kind-template = Chiffres nationaux
change-facts-imported = { $kind ->
    [shipped] Chiffres livrés chargés : { $added } ajoutés, { $changed } modifiés
   *[other] { $file } importé ({ $kind }) : { $added } chiffres ajoutés, { $changed } modifiés
}

# Indicateurs et région
indicators-lead = Ce qui est mesuré, sur qui, et combien de lieux ont un chiffre.
indicators-caption = Indicateurs
indicators-places = Lieux ayant un chiffre
indicator-empty = Aucun lieu n’a de chiffre dans nos sources.
indicator-places = Tous les lieux
indicator-compare = Comparer avec d’autres indicateurs
region-lead = Choisissez quoi comparer et où. Les rangs sont des intervalles : ils avouent combien peu sépare des voisins.
region-choose-indicators = Chiffres (jusqu’à { $most })
region-choose-places = Lieux
region-choose-named = Choisir les lieux un à un
region-show = Comparer
region-kind = Comparaison régionale
region-paper-title = Drogues et santé en prison : comparaison des pays
region-paper-subtitle = { $count } lieux, derniers chiffres
region-title = { $indicator } : de { $low } ({ $lowest }) à { $high } ({ $highest }), dans { $count } lieux
region-title-one = { $indicator } : seul { $place } a un chiffre
region-title-none = { $indicator } : aucun chiffre comparable
region-map-title = { $indicator } sur la carte
region-dots-title = { $indicator } : tous les lieux, du plus haut au plus bas
region-dots-subtitle = Les barres montrent l’intervalle de la source ou, à défaut, ce que disent les sources du lieu sur ses trois dernières années
region-years-title = { $indicator } : les années derrière
region-years-subtitle = Une seule échelle pour tous les lieux
region-table = Derniers chiffres
region-table-note = † Un chiffre douteux : voir sa raison. Un point signifie que nos sources n’ont pas de chiffre.
rank-help = 1 est la valeur la plus haute. Un intervalle, car chaque chiffre peut varier sur son intervalle ou sur ses trois dernières années et ses sources.
rank-note = Le rang 1 est la valeur la plus haute. Intervalles : chaque chiffre varie sur son intervalle ou, à défaut, sur ce que disent les sources du lieu pour ses trois dernières années. Les chiffres gravement douteux ne sont pas classés.
rank-none = non classé : le chiffre est douteux
map-no-data = pas de chiffre
map-flagged = douteux
scope-all = Tous les lieux
scope-members = Membres du Conseil de l’Europe
scope-focus = Europe de l’Est et Balkans
scope-chosen = Choisis un à un

refusal-no-indicator = Il n’y a pas d’indicateur { $value }.
refusal-no-indicator-do = La liste des indicateurs les montre tous, avec leurs noms dans les adresses.
refusal-no-figure = Il n’y a pas de chiffre { $value }.
refusal-no-figure-do = Ouvrez la liste de tous les chiffres du pays et choisissez-y.
refusal-too-many-indicators = { $value } indicateurs sont trop pour une comparaison.
refusal-too-many-indicators-do = Choisissez-en six au plus ; prenez le reste dans un second tableau.
refusal-no-scope = { $value } n’est pas une région de ce site.
refusal-no-scope-do = Utilisez all, members, focus, ou une région de la liste de la page.
refusal-not-a-number = { $name } doit être un nombre entier ; { $value } n’en est pas un.
refusal-not-a-number-do = Écrivez-le en chiffres, par exemple 2018.
