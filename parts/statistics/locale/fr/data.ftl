# Jeux de données : comment les entretiens arrivent, ce qu’ils veulent dire, comment ils ont été tirés.
kind-csv = CSV
kind-xlsx = Classeur Excel
kind-spss = Fichier SPSS
kind-stata = Fichier Stata
kind-parquet = Fichier Parquet
kind-round = Vague d’un questionnaire
data-not-counted = non compté
data-described = décrit
data-period = Quand les personnes ont été interrogées
data-period-short = Interrogées en
data-period-hint = Une année ou un mois, comme 2026 ou 2026-05. Les vagues d’une même enquête sont mises dans cet ordre.
data-kind = Origine
data-sample = Échantillon
data-day = Envoyé
data-add-lead = Le fichier est reconnu à son contenu, quel que soit son nom. Les libellés et les valeurs manquantes des fichiers SPSS et Stata viennent avec lui.
data-round-of = Est-ce une autre vague d’une enquête qui est ici ?
data-round-of-hint = Les vagues d’une même enquête peuvent être comparées et montrées comme une évolution.
data-round-of-none = Non, il est seul
data-here = Ces entretiens, ou la plupart d’entre eux, sont déjà ici, sous le titre « { $title } », envoyés le { $day }. Rien n’a été ajouté.
data-here-go = L’ouvrir
data-here-version = Envoyer un fichier corrigé
data-asked-in = interrogées en { $period }
data-version = version { $version }
data-other-rounds = Autres vagues de cette enquête :
data-notes = À regarder :
data-about-title = Comment il s’appelle
data-about-keep = Garder
take-round-title = Prendre une vague close
take-round-lead = Un questionnaire posé sur ce site devient ici un jeu de données quand sa vague est close : ce qui a été choisi, compté et mesuré, avec ses libellés. Les réponses en mots, et qui a répondu, restent où elles sont.
take-round-none = Aucune vague n’est encore close. Qui conduit une vague la clôt sur sa page ; elle peut alors être prise ici.
take-round-closed = close le { $day }
take-round-anonymous = anonyme
take-round-take = Prendre cette vague
take-round-taken = Elle est ici, sous le titre « { $title } »
take-round-asked = Combien ont été sollicités
take-round-about = Pris d’une vague close de ce site.
codebook-title = Dictionnaire des variables
codebook-go = Dictionnaire des variables
codebook-lead = Ce que veut dire chaque colonne. Les chiffres et les groupes portent ces mots.
codebook-caption = Dictionnaire de { $title }
column-values = Codes
column-missing = Sans réponse
column-answered = Réponses
codebook-give = Donner un autre dictionnaire
codebook-give-lead = Emportez le CSV, complétez ce qui manque et renvoyez-le. Il est confronté à chaque ligne.
codebook-file = Dictionnaire
codebook-send = Vérifier et garder
versions-title = Versions, nom, suppression
versions-go = Versions, nom, suppression
versions-none = C’est la première version.
versions-not-yours = Qui a envoyé ce jeu de données, ou un responsable des données, peut envoyer un fichier corrigé, le renommer ou le supprimer.
version-replaced = La version { $version } a été remplacée le { $day } :
version-add = Envoyer un fichier corrigé
version-add-lead = Il prend la place du fichier actuel sous le même nom. L’actuel est gardé tel quel, et la description de l’échantillon vaut encore là où elle vaut pour les nouvelles lignes.
version-codebook-hint = Aucun : le dictionnaire actuel vaut encore.
version-because = Ce qui est différent
version-because-hint = Gardé avec la version : « deux prisons étaient saisies deux fois ».
version-send = Vérifier et remplacer
delete-title = Supprimer ces entretiens
delete-lead = Les entretiens, leur dictionnaire et toute version antérieure sont supprimés définitivement. { $out ->
    [0] Aucun tableau n’en a été publié.
    [one] Le tableau qui en a été publié reste au registre.
   *[other] Les { $out } tableaux qui en ont été publiés restent au registre.
  }
delete-sure = Oui, supprimer le tout
delete-go = Supprimer définitivement

# La description de l’échantillon.
design-file = Description en design.toml
design-understood = Voici ce qui a été compris :
design-look = À regarder encore :
design-offered = Les champs sont remplis avec ce que le fichier, ou les noms de ses colonnes, disent de l’échantillon. Rien n’est gardé avant votre vérification.
design-people-asked = Pour qui valent les entretiens
design-held = Combien il y a de personnes en tout
design-held-hint = Personnes détenues dans les prisons que vise l’enquête, si vous le savez. Les poids y sont confrontés.
design-stage-2-open = Un second tirage dans le premier
design-restart-hint = À cocher si la prison 1 d’une strate est une autre prison que la prison 1 de la suivante.
check-weights = { $n } entretiens valent pour { $people } personnes, chacun pour { $least } à { $most }.
check-no-weights = { $n } entretiens, comptant chacun autant. Ce n’est juste que si chacun avait la même chance d’être interrogé.
check-people-near = C’est à { $percent } % près le nombre de personnes, { $people }.
check-people-above = C’est { $percent } % de plus que les { $people } personnes qu’il y a : le poids est-il la bonne colonne, et chacun y est-il une seule fois ?
check-people-below = C’est { $percent } % de moins que les { $people } personnes qu’il y a : des prisons, ou des groupes de personnes, manquent-ils au fichier ?
check-weights-normed = La somme des poids est le nombre d’entretiens. Les parts et les moyennes sont justes ; des nombres de personnes ne peuvent être donnés.
check-weight-large = Un entretien vaut pour { $most } personnes, plus de dix fois la moyenne de { $mean } : ce poids est-il juste ?
check-simple = Les entretiens comptent comme un échantillon aléatoire simple de personnes.
check-units-in-strata = { $units } unités (colonne { $clusters }) ont été tirées séparément dans { $strata } strates (colonne { $stratified }), entre { $fewest } et { $most } dans chacune.
check-units = { $units } unités (colonne { $clusters }) ont été tirées, sans strates.
check-people-in-strata = Des personnes ont été tirées séparément dans { $strata } strates (colonne { $stratified }), entre { $fewest } et { $most } dans chacune.
check-interviews = Dans chaque unité, { $fewest } à { $most } personnes ont été interrogées.
check-single-interviews = Dans certaines unités une personne a été interrogée, dans d’autres jusqu’à { $most } : est-ce la bonne colonne ?
check-population = Les strates comptent { $all } unités en tout, dont { $units } ont été tirées ({ $percent } %) ; les intervalles en sont plus étroits.
check-unlimited = Les unités comptent pour quelques-unes de très nombreuses, car leur nombre n’est pas donné.
check-df = { $df } degrés de liberté.
check-df-few = Seulement { $df } degrés de liberté : les intervalles seront larges, et les erreurs types elles-mêmes incertaines.
check-lonely = { $count ->
    [one] Dans une strate une seule unité a été tirée
   *[other] Dans { $count } strates une seule unité a été tirée
  } ({ $strata }) ; elle est traitée comme choisi plus bas.

# Ce qui ne va pas, et que faire.
problem-too-many-rows = plus de { $most } lignes d’autant de colonnes ; gardez les colonnes nécessaires, ou employez la commande throughcare estimate.
problem-too-much-to-keep = déplié, il prend { $megabytes } Mo, et { $most } Mo au plus sont gardés ; gardez les colonnes nécessaires.
problem-truncated = le fichier finit avant d’être entier ({ $bytes } octets) ; il a été coupé en route. Envoyez-le de nouveau.
problem-rows-missing = le fichier promet { $promised } lignes et en contient { $count } ; il a été coupé en route, ou il est abîmé. Enregistrez-le de nouveau avec le programme qui l’a fait.
problem-nested-column = contient des listes ou des structures ; laissez-la, ou faites-en des colonnes.
problem-long-text-left = { $count ->
    [one] Une colonne de textes longs (strL) a été laissée.
   *[other] { $count } colonnes de textes longs (strL) ont été laissées.
  }
problem-design-of-file = l’échantillon est décrit par ce qu’en dit le fichier ({ $text }) ; donnez --design pour en dire autrement.
problem-no-answers = personne n’a répondu dans cette vague ; il n’y a rien à prendre.
problem-only-words = cette vague ne contient que des réponses en mots, et celles-ci ne sont pas prises.
problem-words-left = les réponses en mots restent où elles sont : { $columns }.
problem-repeats-left = les groupes répétés sont des tableaux à part et ne sont pas pris : { $columns }.
problem-period-form = « { $value } » n’est pas un moment ; écrivez une année ou un mois, comme 2026 ou 2026-05.
problem-people-number = « { $value } » n’est pas un nombre de personnes.
codebook-because = un autre dictionnaire des variables
problem-same-interviews = ce fichier est celui qui est déjà ici ; rien n’a été changé.
problem-delete-unsure = rien n’a été supprimé ; cochez la case si tout doit partir.
problem-not-nested = l’unité « { $unit } » est dans la strate « { $one } » et dans « { $other } » ; corrigez l’une, ou cochez plus bas que les numéros recommencent dans chaque strate.
problem-more-units = et { $count } autres unités sont dans plus d’une strate.
problem-population-too-small = dans la strate « { $stratum } » { $sampled } unités ont été tirées, mais la colonne dit qu’il y en a { $size } ; elle doit contenir le nombre d’unités (prisons) de la strate, non de personnes ou d’entretiens.
problem-more-strata = et ainsi dans { $count } autres strates.
problem-lonely-strata = { $count ->
    [one] dans une strate une seule unité a été tirée
   *[other] dans { $count } strates une seule unité a été tirée
  } ({ $strata }), et sa variance ne peut être vue. Joignez-la à une strate semblable dans le fichier, ou choisissez comment la traiter.
title-total = { $what } : nombre
title-total-by = { $what } : nombre, par { $by }
head-total = nombre

# Refus.
refusal-no-closed-round = Il n’y a pas de vague close « { $value } ».
refusal-no-closed-round-do = La page des jeux de données liste les vagues qui peuvent être prises.
refusal-not-your-data = Seul qui a envoyé ce jeu de données, ou un responsable des données, peut le changer.
refusal-not-your-data-do = Demandez à un responsable des données.
problem-version-gone = la version { $version } a donné lieu à une publication et ses entretiens ne peuvent plus être lus ; rien de nouveau ne peut y être confronté.
refusal-version-gone = Une version antérieure de ces données a donné lieu à une publication et ses entretiens ne peuvent plus être lus ; rien de nouveau ne peut y être confronté.
refusal-version-gone-do = Adressez-vous à un responsable des données ; rien d’autre de ces données ne peut paraître.
refusal-here-elsewhere = Ces entretiens, ou la plupart d’entre eux, sont déjà ici ; quelqu’un d’autre les a apportés.
refusal-here-elsewhere-do = Demandez à un responsable des données de les partager avec vous.
refusal-delete-unsure = Personne n’a dit que c’est voulu : envoyez sure=yes.
refusal-delete-unsure-do = Ce qui est supprimé ne revient pas.
data-here-elsewhere = Ces entretiens, ou la plupart d’entre eux, sont déjà ici ; quelqu’un d’autre les a apportés. Rien n’a été ajouté. Demandez à un responsable des données de les partager avec vous.
take-round-elsewhere = Quelqu’un d’autre l’a prise ; demandez à un responsable des données de la partager avec vous.
refusal-tables-are-out = Des tableaux de ce jeu de données sont publiés. Ce qui diffère entre eux et les suivants pourrait montrer à qui une réponse a été changée ; seul un responsable des données peut donc changer les entretiens ou leur dictionnaire.
refusal-tables-are-out-do = Demandez à un responsable des données de le faire.
refusal-version-moved = Quelqu’un d’autre a entre-temps remplacé ou supprimé ce jeu de données.
refusal-version-moved-do = Rechargez la page et regardez ce qui y est maintenant.
