# Les pages des statistiques.
way-statistics = Statistiques
statistics = Statistiques
statistics-lead = Des chiffres tirés d’entretiens, pondérés et avec leurs intervalles, qui ne permettent de reconnaître personne.
synthetic-short = synthétique
percent = { $number } %
finding-range = { $what } : de { $low } ({ $low_group }) à { $high } ({ $high_group })
finding-one = { $what } : { $value } ({ $group })
finding-none = { $what } : aucun chiffre ne peut être montré
figures-group = Groupe
register-caption = Tableaux publiés
register-table = Tableau
register-state = État
register-cells = Cellules
register-withheld = Retenues
register-day = Jour
register-mark = Marque
register-filter = Indicateur, groupe
register-empty = Aucun tableau n’est encore publié. Une chercheuse ou un chercheur connecté ouvre un jeu de données, regarde ses chiffres et les publie ; tout le monde peut alors les lire ici.
register-rules = Un chiffre est montré si au moins 10 personnes ont répondu, au moins 3 oui et au moins 3 non (pour une médiane ou un autre quantile, si au moins 5 personnes s’y trouvent ou au-delà de chaque côté), et si aucun chiffre retenu ne peut s’en déduire, ni des totaux, ni d’un tableau antérieur.
state-published = publié
state-waiting = attend un responsable des données
state-refused = non publié
asked-weaker = Des règles moins strictes ont été demandées : au moins { $least_n } réponses et { $least_either } oui, et non.
asked-reason = La raison : { $reason }
decided-reason = La décision : { $reason }
decide-reason = Pourquoi vous décidez ainsi (gardé au registre et dans la chaîne d’audit)
decide-publish = Publier ce tableau
decide-refuse = Ne pas le publier
why-empty = Pourquoi une cellule est-elle vide ?
why-empty-1 = Un surveillant connaît sa prison. Un chiffre sur quatre personnes, ou qui dit que tout un groupe a répondu de même, peut lui apprendre ce qu’une personne a répondu. Un tel chiffre est retenu avec son intervalle, son n et son effet du plan.
why-empty-2 = Si un seul chiffre d’une ligne était retenu, il se déduirait du total. D’autres partent donc avec lui : ceux qui coûtent le moins, jusqu’à ce que le nombre derrière chaque chiffre retenu reste incertain d’au moins 3 personnes dans les deux sens pour qui sait combien ont répondu. Un programme linéaire le prouve, aussi face à tout tableau antérieur des mêmes données.
why-empty-3 = Le tableau ne dit pas laquelle de ces raisons a vidé une cellule, car « toutes les réponses pareilles » dirait la réponse.

# Jeux de données.
data-sets = Jeux de données
data-sets-go = Jeux de données (pour la recherche)
data-lead = Des entretiens tels qu’ils ont été recueillis. Seuls les chercheurs et les responsables des données voient qu’ils sont là ; personne n’en voit une ligne.
data-none = Aucun jeu de données n’est encore là. Envoyez des entretiens ci-dessous : un tableau avec une ligne par personne.
data-undescribed = le tirage de l’échantillon n’est pas encore décrit
data-add = Envoyer des entretiens
data-title = Titre
data-about = À propos
data-about-hint = Qui a été interrogé, quand, par qui ; comment le citer.
data-interviews = Entretiens
data-interviews-hint = SPSS (.sav, .zsav), Stata (.dta), Excel (.xlsx), CSV ou Parquet ; une ligne par personne, 16 Mo au plus. Ni noms, ni numéros de personnes.
data-codebook = Dictionnaire des variables, s’il y en a un
data-codebook-hint = CSV ou XLSX avec les colonnes variable, label, values (1=oui|0=non) et missing (8|9, ou 97..99). Les fichiers SPSS et Stata apportent le leur.
data-synthetic = Ces entretiens sont synthétiques : faits par un programme, donnés par personne
data-send = Envoyer et vérifier
data-rows = { $rows } entretiens, { $columns } colonnes.
data-columns = Ce qu’il contient
column-name = Colonne
column-label = Libellé
column-answers = Réponses différentes
column-none = aucune
problem-not-given = manque ; remplissez ce champ.
problem-register-unreadable = le registre tient ce tableau sous une forme qui ne se lit plus ; aucun tableau de ces données ne peut être diffusé à côté avant qu’un administrateur l’ait regardé.
problem-out-of-range = « { $value } » n’est pas entre { $least } et { $most }.

# Le tirage de l’échantillon.
design-title = Comment l’échantillon a été tiré
design-lead = Les intervalles ne sont justes que si ceci l’est. Les colonnes nommées ici sont vérifiées à chaque ligne avant toute estimation.
design-weight = Poids
design-weight-hint = Combien de personnes détenues chaque entretien représente. Aucune : toutes pareilles.
design-stage-1 = Ce qui a été tiré d’abord
design-stage-2 = Ce qui a été tiré dedans, si la part tirée était grande
design-clusters = Unités
design-clusters-hint = La colonne qui nomme ce qui a été tiré, le plus souvent la prison. Aucune : les personnes elles-mêmes.
design-strata = Strates
design-strata-hint = À l’intérieur de quoi on a tiré séparément, comme le pays ou le niveau de sécurité.
design-population = Unités existantes
design-population-hint = La colonne du nombre d’unités de la strate, s’il est connu ; les intervalles en sont plus étroits là où la plupart ont été tirées.
design-restart = Les numéros d’unités recommencent dans chaque strate
design-lonely = Une strate où une seule unité a été tirée
design-lonely-hint = Sa variance ne se voit pas ; quelqu’un doit donc juger. Dans le doute, laissez le premier choix.
design-check = Vérifier et garder

# Explorer et diffuser.
explore = Explorer
explore-go = Regarder les chiffres
explore-lead = Choisissez des indicateurs et des groupes. Chaque cellule passe le contrôle de divulgation avant d’être dessinée, ici comme en public.
explore-of = Indicateurs
compose-title = Une autre mesure
compose-lead = Parts et moyennes se demandent par les cases ci-dessus. Toute autre mesure se compose ici et s’y ajoute.
compose-kind = Mesure
compose-none = aucune
compose-total = total : combien de personnes disent oui, ou combien il y en a
compose-median = médiane : la moitié des personnes ne la dépasse pas
compose-quantile = un autre quantile : tant de pour cent des personnes ne le dépassent pas
compose-ratio = rapport : un total divisé par un autre
compose-of = De
compose-over = Divisé par (pour un rapport)
compose-percent = Pour cent des personnes (pour un autre quantile)
compose-choose = choisir
explore-by = Groupe { $number }
explore-by-none = aucun
explore-method = Intervalles
explore-show = Montrer les chiffres
explore-empty = Choisissez au moins un indicateur.
explore-withheld = { $count ->
    [0] Aucune cellule n’est retenue.
    [one] Une cellule est retenue.
   *[other] { $count } cellules sont retenues.
  }
explore-for-earlier = { $count ->
    [one] L’une d’elles
   *[other] { $count } d’entre elles
  } révélerait sinon des personnes avec des tableaux déjà publiés.
explore-already = Des tableaux déjà publiés révèlent à eux seuls { $count ->
    [one] un groupe
   *[other] { $count } groupes
  } : prévenez un responsable des données.
explore-told-by-file = { $count ->
    [one] Une cellule non montrée se déduit
   *[other] { $count } cellules non montrées se déduisent
  } du fichier sûr déjà paru ; la retenue n’y cache rien.
explore-version = La version { $version } de ces données a déjà donné lieu à une publication ; { $records ->
    [0] aucun enregistrement n’en diffère
    [one] un enregistrement en diffère
   *[other] { $records } enregistrements en diffèrent
  } dans ce qui est demandé ici. Ce que la différence dirait de trop peu de personnes n’est pas montré.
release-title = Publier
release-lead = Ce que vous voyez entre au registre et peut être lu par tout le monde, aussitôt et pour toujours.
release-go = Publier ces tableaux
weaker-title = Demander des règles moins strictes
weaker-hint = Parfois un chiffre sur peu de personnes ne protège personne, comme un nombre de prisons. Un responsable des données décide ; les deux raisons restent au dossier.
weaker-ask = Demander à un responsable des données de publier selon ces règles
weaker-least-n = Réponses au moins
weaker-least-either = Oui, et non, au moins
weaker-reason = Pourquoi
weaker-incomplete = Pour demander des règles moins strictes, donnez 3 à 10 réponses, 1 à 3 oui ou non, et une raison.
release-failed = Ces tableaux n’ont pu être diffusés ; regardez-les de nouveau, et ce qui est dit plus haut.
release-nothing = Rien n’a été choisi pour être publié.

# Préparer un échantillon.
sample-title = Préparer un échantillon
sample-go = Préparer un échantillon
sample-lead = Combien de personnes interroger, dans combien de prisons, et lesquelles.
sample-answer = Interrogez { $people } personnes dans { $prisons } prisons. Interroger par prison coûte un effet du plan de { $effect }.
sample-link = Lien vers ce tirage, avec sa graine
sample-prevalence = Prévalence attendue, en %
sample-prevalence-hint = D’une enquête antérieure ; 50 quand rien n’est connu, car c’est ce qui demande le plus de personnes.
sample-margin = Demi-intervalle, en points
sample-margin-hint = 5 veut dire : plus et moins cinq points.
sample-level = Confiance, en %
sample-level-hint = 95 est l’usage.
sample-response = Qui répond parmi les personnes interrogées, en %
sample-response-hint = 80 est ce qu’atteignent souvent des enquêtes bien préparées en prison ; prenez votre propre expérience.
sample-per_prison = Personnes interrogées par prison
sample-per_prison-hint = Moins de personnes dans plus de prisons en disent plus que beaucoup dans peu.
sample-correlation = Ressemblance des personnes d’une même prison
sample-correlation-hint = La corrélation intraclasse : 0 pas du tout, 1 entièrement ; 0,01 à 0,05 est l’usage pour les infections.
sample-seed = Graine
sample-seed-hint = La même graine tire les mêmes prisons ; notez-la avant de tirer.
sample-prisons = Prisons parmi lesquelles tirer
sample-compute = Calculer et tirer
sample-list = Prisons tirées, à probabilité proportionnelle à la taille
sample-prison = Prison
sample-held = Personnes détenues
sample-ask = Interroger
sample-chance = Probabilité de tirage
sample-weight = Poids d’un entretien

# Le jeu de données fourni.
demonstration-title = Enquête synthétique dans soixante prisons, { $period }
demonstration-about = Faite par un programme à partir de chiffres publiés pour montrer ces pages ; personne n’a été interrogé.

# Refus.
refusal-no-data-set = Il n’y a pas de jeu de données « { $value } ».
refusal-no-data-set-do = La liste des jeux de données montre ce qui est là.
refusal-no-table = Il n’y a pas de tableau publié « { $value } ».
refusal-no-table-do = La page « Statistiques » donne tous ceux qui sont publiés.
refusal-not-described = Le tirage de l’échantillon n’est pas encore décrit : rien ne peut être estimé.
refusal-not-described-do = Ouvrez le jeu de données et remplissez le formulaire.
refusal-register-moved = Autre chose de ces données a été publié entre-temps, et ceci n’y a pas été confronté.
refusal-register-moved-do = Revenez, regardez de nouveau les chiffres, puis publiez.
refusal-decide-own = Qui a demandé des règles moins strictes ne peut en décider.
refusal-decide-own-do = Demandez à un autre responsable des données.
refusal-decided-already = Cela est déjà décidé.
refusal-decided-already-do = Rechargez la page pour voir comment.
refusal-decision = Une décision demande une raison.
refusal-decision-do = Revenez et écrivez pourquoi.
refusal-no-upload = Le formulaire n’est pas arrivé entier.
refusal-no-upload-do = Revenez et envoyez-le de nouveau.
refusal-upload-too-large = Les fichiers dépassent ensemble 16 Mo.
refusal-upload-too-large-do = Ne gardez que les colonnes utiles, ou utilisez la commande throughcare estimate, qui lit de plus grands fichiers.
refusal-question = Ces chiffres ne peuvent être faits : { $value }
refusal-question-do = Ouvrez l’explorateur et choisissez de nouveau.
