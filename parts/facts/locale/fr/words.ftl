# Mots des listes fixes : régions, unités, groupes, réserves et leurs raisons, méthodes, notes.

region-eastern-europe = Europe de l’Est
region-south-east-europe = Europe du Sud-Est
region-caucasus = Caucase
region-central-europe = Europe centrale
region-northern-europe = Europe du Nord
region-western-europe = Europe de l’Ouest
region-southern-europe = Europe du Sud
region-central-asia = Asie centrale
region-other = Ailleurs

section-situation = Situation
section-infection = Infections
section-care = Soins
section-mortality = Décès
section-trafficking = Trafic et infractions liées aux drogues

setting-inside = À l’intérieur
setting-outside = Au-dehors
setting-justice = Système judiciaire

better-higher = Plus élevé, c’est mieux
better-lower = Plus bas, c’est mieux
better-neither = Ni plus haut ni plus bas n’est meilleur en soi

unit-people = personnes
unit-places = places
unit-facilities = établissements
unit-deaths = décès
unit-items = unités
unit-events = événements
unit-percent = %
unit-per100k-inhabitants = pour 100 000 habitants
unit-per1000-held = pour 1 000 personnes détenues
unit-per-person = par personne
unit-yes-no = oui ou non

group-total = Ensemble
group-female = Femmes
group-male = Hommes
group-transgender = Personnes transgenres
group-adult = Adultes
group-juvenile = Mineurs
group-female-adult = Femmes adultes
group-male-adult = Hommes adultes
group-female-juvenile = Filles mineures
group-male-juvenile = Garçons mineurs
group-under-25 = Moins de 25 ans
group-25-plus = 25 ans et plus
group-foreign = Personnes étrangères

flag-none = Sans réserve
flag-none-means = Rien ne s’oppose à ce chiffre.
flag-provisional = Provisoire
flag-provisional-means = La source peut encore le modifier.
flag-estimated = Estimé
flag-estimated-means = Estimé ou moyen, non compté un jour donné.
flag-second-hand = De seconde main
flag-second-hand-means = Recopié par d’autres que la source. À vérifier chez elle avant de le citer.
flag-disagrees = Sources en désaccord
flag-disagrees-means = Une autre source diffère de plus de 10 % pour le même lieu et la même année.
flag-break-in-series = Rupture de série
flag-break-in-series-means = Non comparable aux années précédentes.
flag-sharp-change = Variation brusque
flag-sharp-change-means = A varié en deux ans plus qu’un tel chiffre ne devrait ; peut-être un autre échantillon.
flag-low-reliability = Peu fiable
flag-low-reliability-means = Repose sur peu de personnes, ou jugé peu fiable par la source.
flag-definition-differs = Définition différente
flag-definition-differs-means = Compté selon une autre définition qu’ailleurs. Montré, mais exclu des rangs et des rapports.
flag-counting-rule = Règle de comptage différente
flag-counting-rule-means = Compté selon une autre règle qu’ailleurs. Montré, mais exclu des rangs et des rapports.
flag-zero-may-be-missing = Zéro peut-être manquant
flag-zero-may-be-missing-means = Le zéro peut signifier « non mesuré ». Montré, mais exclu des rangs et des rapports.
flag-scope-doubtful = Champ douteux
flag-scope-doubtful-means = Compte peut-être plus qu’il ne le dit, par exemple tout le pays au lieu de ses prisons. Montré, mais exclu des rangs et des rapports.
flag-implausible = Invraisemblable
flag-implausible-means = Ne peut être exact en l’état. Montré, mais exclu des rangs et des rapports.

reason-zero-may-be-missing = L’ONUSIDA donne 0 pour { $year }. Elle écrit 0 aussi lorsque rien n’a été mesuré.
reason-counting-rule = { $value } sur { $held } personnes détenues, soit { $share } %. Au-delà de { $limit } %, le pays compte sans doute toutes les infractions, et non la principale.
reason-scope-doubtful = { $value } aiguilles pour { $held } personnes détenues ({ $year }), soit { $perperson } chacune par an. Au-delà de { $limit }, il peut s’agir du total de tout le pays.
reason-sharp-change = { $from } % en { $fromyear }, { $to } % en { $toyear } : plus probablement un autre échantillon ou une autre méthode qu’une autre épidémie.
reason-disagrees = Cette source donne { $value }, une autre ({ $source }) { $other }.
reason-part-exceeds-whole = { $value } dépasse l’ensemble dont c’est une partie ({ $whole } : { $wholevalue }). Les deux ont été comptés selon des règles différentes.
reason-second-hand = Recopié de { $publisher } par d’autres. À vérifier chez la source avant de le citer.
reason-not-whole = { $value } n’est pas un nombre entier : une moyenne sur l’année, non un décompte un jour donné.
reason-publisher-flag = { $flag ->
    [provisional] Indiqué comme provisoire par la source.
    [estimated] Indiqué comme estimé par la source.
    [break-in-series] Indiqué par la source comme non comparable aux années précédentes.
    [low-reliability] Indiqué comme peu fiable par la source.
    [definition-differs] Indiqué par la source comme relevant d’une autre définition.
   *[other] Indiqué par la source : { $flag }.
}

method-reported = Tel que la source le donne.
method-ratio = { $numerator }, divisé par { $denominator }. Les deux sont des décomptes complets : il n’y a donc pas d’intervalle.
method-ratio-wilson = { $numerator }, divisé par { $denominator }, avec l’intervalle à 95 % de Wilson (1927).
method-ratio-garwood = { $numerator }, divisé par { $denominator }, avec l’intervalle de Poisson exact à 95 % de Garwood (1936) autour des décès.

footnote-unscr-1244 = * Toute référence au Kosovo, que ce soit le territoire, les institutions ou la population, doit se comprendre en pleine conformité avec la Résolution 1244 du Conseil de sécurité des Nations Unies et sans préjuger du statut du Kosovo.

template-title = Chiffres nationaux
template-sheet-figures = Chiffres
template-sheet-instructions = Mode d’emploi
template-sheet-lists = Listes
template-instructions = Une ligne par chiffre. Donnez à chacun sa source : un chiffre que personne ne peut vérifier ne peut servir. Omettez la ligne lorsqu’il n’y a pas de chiffre ; n’écrivez 0 que si vous avez compté et n’avez rien trouvé. Enregistrez, puis importez le fichier.
template-column-place = Le pays, ou la partie qui déclare séparément : son code (MDA) ou son nom.
template-column-indicator = À choisir dans la liste. La feuille des listes dit ce que chacun mesure.
template-column-year = L’année que décrit le chiffre (2024), ou le jour du recensement (2024-01-31).
template-column-group = De qui : vide pour l’ensemble, ou à choisir dans la liste.
template-column-value = Le chiffre, dans l’unité de l’indicateur. Virgule ou point décimal ; pas de séparateur de milliers.
template-column-low = Borne inférieure de son intervalle à 95 %, s’il y en a un.
template-column-high = Borne supérieure de son intervalle à 95 %, s’il y en a un.
template-column-unit = L’unité, pour vérification. Ce doit être celle de l’indicateur.
template-column-source-title = Titre du rapport, du registre ou de l’enquête.
template-column-source-publisher = Qui le publie ou le tient.
template-column-source-year = L’année de sa publication.
template-column-source-url = Où on peut le lire, le cas échéant.
template-column-page = Page ou tableau.
template-column-note = Ce qu’un lecteur doit savoir, dans vos mots.
