way-countries = Pays
way-region = Région
print = Imprimer

# Page d’accueil
home-title = Drogues et santé en prison : ce que l’on sait, et ce que l’on ignore
home-about = Les chiffres publiés pour chaque pays de l’espace du Conseil de l’Europe, côte à côte : les soins en prison face aux soins au-dehors, ce qui est efficace, ce qui manque, et d’où vient chaque chiffre.
home-placeholder = Pays, indicateur ou étude
home-counts = { $figures } chiffres pour { $places } lieux, tirés de { $sources } sources.
home-empty-title = Pas encore de chiffres
home-empty = Ce site ne contient aucun chiffre. Chargez ceux qui accompagnent le programme, puis rouvrez cette page :
home-focus = Europe de l’Est et Balkans
home-doors = Par où commencer
home-loop = La boucle pour laquelle cette plateforme est faite
home-step-know = Chiffres, études, sources, et qui appartient à quoi.
home-step-ask = Des questionnaires à remplir partout sur le terrain.
home-step-measure = Des estimations avec leur incertitude, publiables sans risque.
home-step-foresee = Ce que changerait une politique, par un modèle que chacun peut relancer.
home-step-agree = Des consultations et des plans, avec leurs preuves.
home-step-teach = Des cours dans les langues locales, même sans réseau.
home-loop-note = Les étapes en pointillé sont en construction ; rien n’en est montré avant de fonctionner.

# Recherche, API
api-lead = Tout ce qu’une page montre s’obtient aussi comme données, par les mêmes fonctions et sans inscription.
api-forms = Ajoutez .csv, .xlsx ou .json à l’adresse d’une liste ; .pdf à celle d’une fiche de pays ; .svg ou .png à celle d’un graphique. lang=fr choisit la langue.
api-description = Description pour les programmes (OpenAPI 3.1)
api-paths = Chemins de l’API
api-path = Chemin
api-does = Ce qu’il donne
api-takes = Paramètres

# La fiche
brief-kind = Fiche de pays
brief-subtitle = Drogues et santé en prison : situation, soins en prison et au-dehors, ce qui est efficace, ce que l’on ignore
brief-findings = En bref
brief-contents = Sommaire
brief-related = Voir aussi :
brief-all-figures = Tous les chiffres
brief-made = Chiffres au { $figures } (changement { $revision }) ; Throughcare { $version }.
brief-section = Partie
brief-unit = Unité
brief-low = Bas
brief-high = Haut
brief-group = Groupe
brief-locator = Emplacement dans la source
brief-flag = Doute
brief-note = Note
brief-source-read = lu le
brief-source-licence = Conditions
refusal-no-country = Aucun pays ni territoire n’a le code { $value }.
refusal-no-country-do = { $near ->
    [none] Les codes sont ceux d’ISO 3166-1, par exemple MDA ; voir la liste des pays.
   *[other] Peut-être : { $near }. Les codes sont ceux d’ISO 3166-1, par exemple MDA ; voir la liste des pays.
}
refusal-no-chart = Cette fiche n’a pas de graphique nommé { $value }.
refusal-no-chart-do = Les noms des graphiques figurent dans leurs liens de téléchargement, sur la page du pays.

# Comment lire
about-lead = Un chiffre ne vaut que par sa source, son année et son incertitude. Ces pages montrent les trois.
about-figure = Ce qui accompagne un chiffre
about-figure-text = La valeur vient d’abord, puis son intervalle, son unité, son année et sa source. Le numéro placé près d’une source mène à sa référence ; « Définition et notes » ouvre ce qui a été compté exactement et où cela figure dans la source.
about-interval = L’intervalle est celui que donne la source, ou un intervalle calculé à partir d’effectifs par une méthode nommée. « Non donné » signifie que l’éditeur n’en donne pas, et non que le chiffre est exact.
about-missing = Un point signifie qu’il n’y a pas de chiffre, et dit pourquoi. Ce n’est jamais un zéro.
about-computed = Un chiffre calculé (part, taux, rapport) nomme les chiffres sur lesquels il repose, de la même année et si possible de la même source.
about-versions = Quand un éditeur modifie un chiffre, la valeur antérieure est conservée sur la page de ce chiffre.
about-equivalence = La prison rapportée au dehors
about-equivalence-text = Les personnes détenues ont droit à la même qualité de soins que tout le monde (Nations Unies, Règles Nelson Mandela, règle 24 ; Conseil de l’Europe, Règles pénitentiaires européennes, règle 40). Pour chaque service, la fiche divise la couverture en prison par la couverture au-dehors : 1 est égal, 0,5 est la moitié. Quand les deux côtés ne sont pas comptés sur les mêmes personnes, le rapport est donné par des bornes ou pas du tout, et la page dit ce qu’elle suppose.
about-flags = Marques de doute
about-flags-text = Des règles nommées examinent chaque chiffre à son arrivée. Un chiffre marqué reste visible avec sa raison ; les marques graves l’excluent des rangs, des rapports et des courbes.
about-flag-used = Utilisé avec cette marque.
about-flag-unused = Montré, mais exclu des rangs, des rapports et des courbes.
about-ranks = Rangs
about-ranks-text = Un rang est donné comme un intervalle : le chiffre de chaque pays varie sur son intervalle ou, à défaut, sur ce que disent ses propres sources et ses trois dernières années. Des pays dont les intervalles se recouvrent ne devraient pas être dits meilleurs ou moins bons.
about-doubt = Quand ne pas croire un chiffre
about-doubt-text = Quand il est ancien, quand il est marqué, quand deux sources divergent, quand sa définition diffère de celle du voisin, ou quand il semble trop beau. Les systèmes pénitentiaires comptent différemment, et ce que l’on ne cherche pas ne se trouve pas : une faible prévalence peut signifier peu de dépistage.
about-people = Les personnes
about-people-text = Seuls des totaux publiés sont montrés ici. Il n’y a aucun dossier de personnes détenues. Seules les personnes qui travaillent avec ce site peuvent avoir un compte : un nom, une adresse, et ce qu’elles peuvent faire.

# Travaux longs
job-waiting = En attente de son tour.
job-running = En cours.
job-failed = Ce travail n’a pas pu être fait.
job-cancelled = Annulé.
job-cancelling = Arrêt en cours…
job-done = Terminé.
job-before = { $count ->
    [one] Un autre passe avant.
   *[other] { $count } autres passent avant.
}
job-progress = Avancement
job-done-of = { $done } sur { $total }
job-error = Pourquoi le dernier essai a échoué :
job-leave = Cette page se renouvelle d’elle-même. Vous pouvez la quitter et y revenir par son adresse ; le travail continue.
job-cancel = Annuler ce travail
job-again = Réessayer

# Le journal
audit-title = Ce qui a été fait
audit-lead = Qui a fait quoi à quelle donnée, quand et dans quelle fonction. On ne fait qu’ajouter ; chaque entrée est liée à la précédente.
audit-whole = { $count ->
    [one] Une entrée, intacte. Sa fin, à noter ailleurs :
   *[other] { $count } entrées, intactes. Leur fin, à noter ailleurs :
}
audit-broken = La chaîne n’est pas intacte : elle a été touchée hors du programme. Gardez cette base telle quelle et comparez-la à une sauvegarde.
audit-number = Numéro
audit-at = Quand
audit-who = Qui
audit-role = Dans quelle fonction
audit-act = Ce qui a été fait
audit-kind = À quel genre
audit-record = À laquelle
audit-detail = Détail
audit-hash = Empreinte
audit-from = Du
audit-until = Au
refusal-no-audit-day = { $value } n’est pas un jour.
refusal-no-audit-day-do = Écrivez-le 2026-03-08 : année, mois, jour.
