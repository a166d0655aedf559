# Le cadre de chaque page
language-name = Français
skip-to-content = Aller au contenu
main-navigation = Navigation principale
you-are-here = Vous êtes ici
languages = Langues
search = Rechercher
search-label = Trouver un pays, un indicateur, une étude ou une source
search-hint = Tapez pour chercher ; flèches pour choisir ; Entrée pour ouvrir
search-none = Rien trouvé. Essayez une autre graphie.
search-failed = La recherche ne répond pas pour l’instant ; Entrée ouvre la page des résultats.
search-count = {"{"}count{"}"} trouvés
close = Fermer
theme = Apparence
theme-auto = Comme l’appareil
theme-light = Clair
theme-dark = Sombre
not-official = Throughcare est un logiciel libre. Il réunit des chiffres publiés ; ce n’est la publication officielle d’aucune des organisations citées ici.
account = Votre compte
about-title = Comment lire ces pages
api-title = Données et API
feed-title = Ce qui a changé
go-home = Page d’accueil
go-countries = Tous les pays

# La boucle
step-ask = Interroger
step-measure = Mesurer
step-foresee = Prévoir
step-agree = Convenir
step-teach = Former
step-know = Savoir

# Chiffres
figure = Chiffre
value = Valeur
interval = Intervalle
period = Année
source = Source
sources = Sources
more = Définition et notes
none-given = non donné
inside = En prison
outside = Au-dehors
inside-over-outside = Prison ÷ dehors
question-to-ask = À demander :
table-behind = Le tableau derrière ce graphique

# Listes
filter-list = Chercher dans cette liste
filter-go = Chercher
filter-shown = { $found ->
    [one] { $found } sur { $total } affichée
   *[other] { $found } sur { $total } affichées
}
filter-shown-js = {"{"}shown{"}"} sur {"{"}all{"}"} affichées
nothing-found = Rien ici ne contient « { $query } ».
take-away = Emporter :
pages = Pages de cette liste
page-of = Page { $page } sur { $pages }
earlier = Précédente
later = Suivante

# Refus : ce qui ne va pas, puis que faire
refusal-no-page = Il n’y a pas de page à l’adresse { $value }.
refusal-no-page-do = Vérifiez l’adresse, ou cherchez ce qu’il vous faut.
refusal-no-form = { $value } n’existe pas sous cette forme.
refusal-no-form-do = Les listes existent en CSV, XLSX et JSON ; les fiches aussi en PDF.
refusal-method = Cette adresse ne s’utilise pas ainsi.
refusal-method-do = Lisez-la avec GET ; voir « Données et API » pour ce qui peut être envoyé, et où.
refusal-broken = Une erreur s’est produite de notre côté.
refusal-broken-do = Elle a été notée pour les personnes qui gèrent ce site. Rien de ce que vous avez saisi n’est perdu ; réessayez dans une minute.
refusal-storage = Les données ne sont pas joignables pour l’instant.
refusal-storage-do = Réessayez dans une minute. Rien n’est perdu.
refusal-no-job = Aucun travail n’a le numéro { $value }.
refusal-no-job-do = Revenez à la page où vous l’avez demandé et demandez-le de nouveau.
refusal-jobs-full = { $count } travaux attendent déjà ; aucun autre ne peut être pris pour le moment.
refusal-jobs-full-do = Rien n’est perdu. Demandez de nouveau dans quelques minutes.
refusal-sign-in = Seule une personne connectée peut faire cela.
refusal-sign-in-do = Connectez-vous, puis réessayez. Les programmes envoient un jeton : Authorization: Bearer …
refusal-token-unknown = Ce jeton n’est pas connu ici, ou il est échu.
refusal-token-unknown-do = Créez-en un nouveau sur votre page.
refusal-token-reads = Ce jeton permet de lire, non de modifier.
refusal-token-reads-do = Créez-en un qui permet aussi de modifier, sur votre page.
refusal-forbidden = Vos fonctions ne le permettent pas.
refusal-forbidden-do = Votre page énumère ce que vous pouvez faire. Les fonctions sont attribuées par l’administration du site.
refusal-cross-site = Cet envoi vient d’une page d’un autre site, et rien n’a été fait.
refusal-cross-site-do = Ouvrez la page ici, dans ce navigateur, et envoyez-la depuis cette page.
refusal-form-too-large = Ce formulaire contient plus que ce qui peut être reçu en une fois.
refusal-form-too-large-do = Raccourcissez le texte, ou envoyez-le en plusieurs fois.
refusal-no-typesetter = Ce site a été démarré sans le module de composition pour PDF et PNG.
refusal-no-typesetter-do = Lisez la page elle-même, ou imprimez-la depuis le navigateur.

# Papier
paper-findings = En bref
paper-drawing = Figure
paper-table = Tableau
paper-page = page
paper-version = version
paper-figures-of = Chiffres au
paper-read = lu le
paper-care = À lire avec prudence
