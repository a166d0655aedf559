# Tableaux de chiffres, et ce qui les accompagne.
internal-mark = NE PAS DIFFUSER : ces chiffres pourraient montrer qui a répondu quoi. Réservé aux personnes qui gardent les données.
synthetic-mark = DONNÉES SYNTHÉTIQUES : faites par un programme pour montrer son fonctionnement. Ces chiffres ne parlent de personne.
title-share = { $what } : part des personnes
title-share-by = { $what } : part des personnes, par { $by }
title-mean = { $what } : moyenne
title-mean-by = { $what } : moyenne, par { $by }
title-ratio = { $what } : rapport
title-ratio-by = { $what } : rapport, par { $by }
title-median = { $what } : médiane
title-median-by = { $what } : médiane, par { $by }
title-quantile = { $what } : valeur que { $percent } % des personnes ne dépassent pas
title-quantile-by = { $what } : valeur que { $percent } % des personnes ne dépassent pas, par { $by }
head-ratio = rapport
head-median = médiane
head-quantile = { $percent } % au plus
ratio-note = Un rapport est le total du premier divisé par le total du second, parmi ceux qui ont répondu aux deux ; n compte ceux qui n’ont pas 0 aux deux.
quantile-note = Une médiane ou un autre quantile est dit par pas que partagent au moins 3 personnes, pour n’être la réponse de personne.
head-percent = %
head-mean = moyenne
head-interval = intervalle à { $level } %
head-n = n
head-effective-n = n effectif
head-effect = effet du plan
group-all = ensemble
group-unlabelled = non précisé
no-interval = aucun
method-note = Pondéré ; intervalles à { $level } % : { $method }. n : personnes qui ont répondu ; n effectif : l’échantillon simple qui serait aussi précis.
method-logit = sur l’échelle logit
method-beta = de Korn et Graubard (bêta)
method-likelihood = par vraisemblance profilée
method-arcsine = sur l’échelle arc sinus
method-xlogit = sur l’échelle logit, méthode delta
method-wilson = de Wilson avec le n effectif
method-mean = plus et moins t erreurs types
method-woodruff = de Woodruff
weak-note = † trop fragile pour s’y appuyer : { $reasons }.
weak-few-people = moins de 30 personnes, en nombre ou en effet
weak-few-units = moins de 8 degrés de liberté
weak-wide-interval = un intervalle trop large
weak-large-error = une erreur type au-dessus de 30 % du chiffre
weak-few-positives = moins de 30 oui, ou non, en effet : un tel intervalle est alors trop étroit ; choisissez logit ou bêta
withheld-empty = personne n’a répondu
withheld-few-answers = retenu : moins de 10 réponses
withheld-few-alike = retenu : 1 ou 2 qui diffèrent
withheld-all-alike = retenu : toutes les réponses pareilles
withheld-dominated = retenu : une personne en fait l’essentiel
withheld-few-beyond = retenu : moins de 5 personnes à cette valeur ou au-delà
withheld-complementary = retenu : d’autres s’en déduisent
withheld-protected = retenu
withheld-empty-why = Personne de ce groupe n’a répondu : il n’y a pas de chiffre.
withheld-protected-why = Retenu pour protéger les personnes. Soit trop peu de personnes sont derrière le chiffre, soit un chiffre sur si peu de personnes s’en déduirait avec les totaux. Laquelle des deux raisons n’est pas dit, car le dire le révélerait.
would-go-note = ‡ serait retenu en public.

# Ce que les données disent du plan.
design-people = { $n } entretiens représentent { $people } personnes.
design-weights = Les poids vont de { $least } à { $most } ; leur seule inégalité multiplie la variance par { $effect }.
design-zero-weights = { $count } { $count ->
    [one] ligne a un poids nul et ne compte
   *[other] lignes ont un poids nul et ne comptent
  } que pour le plan.
design-units = { $units } unités tirées dans { $strata } { $strata ->
    [one] strate
   *[other] strates
  } : { $df } degrés de liberté.
design-finite = Le premier tirage a pris une part assez grande pour compter : sa population finie entre dans les erreurs types.
design-unlimited = Le premier tirage compte comme fait parmi un très grand nombre (sans population finie).
design-simple = Un échantillon aléatoire simple de lignes.
lonely-fail-said = Une strate d’une seule unité est refusée.
lonely-remove-said = Une strate d’une seule unité n’ajoute rien à la variance.
lonely-certainty-said = Une strate d’une seule unité compte comme tirée à coup sûr.
lonely-adjust-said = Une strate d’une seule unité est comparée à la moyenne de toutes, ce qui est prudent.
lonely-average-said = Une strate d’une seule unité ajoute autant que les autres en moyenne.

# Ce qui ne va pas, et que faire.
problems-found = { $count ->
    [one] Une chose est à corriger d’abord :
   *[other] { $count } choses sont à corriger d’abord :
  }
problem-at = { $place }, ligne { $row } : { $what }
problem-on-row = ligne { $row } : { $what }
problem-in = { $place } : { $what }
problem-engine = { $text }
problem-no-column = il n’y a pas de telle colonne ; vouliez-vous dire « { $nearest } » ?
problem-empty-file = le fichier est vide ; enregistrez de nouveau le tableau, avec une ligne de titres et une ligne par entretien.
problem-no-rows = des titres, mais aucune ligne dessous ; enregistrez de nouveau le tableau avec ses entretiens.
problem-not-text = aucun des fichiers lus ici ; enregistrez-le en CSV (UTF-8), XLSX, SPSS (.sav), Stata (.dta) ou Parquet.
problem-other-kind = c’est un fichier { $kind }, qui n’est pas lu ici ; enregistrez-le en CSV (UTF-8), XLSX, SPSS (.sav), Stata (.dta) ou Parquet.
problem-broken-line = cette ligne ne se lit pas comme une ligne de tableau ; enregistrez de nouveau le fichier en CSV (UTF-8).
problem-encoding-guessed = le fichier n’est pas en UTF-8 et a été lu comme { $encoding } ; si des lettres sont fausses, enregistrez-le de nouveau en UTF-8.
problem-damaged = le fichier est abîmé ({ $text }) ; ouvrez-le dans le programme qui l’a fait, enregistrez-le de nouveau et recommencez.
problem-unfolds-too-far = le fichier se déplie en plus de { $most } Mo ; ne gardez que les colonnes utiles.
problem-too-many-columns = { $count } colonnes, et { $most } au plus sont lues ; le séparateur est-il le bon ? Ne gardez que les colonnes utiles.
problem-column-without-name = la colonne { $count } n’a pas de nom ; donnez-lui-en un, ou supprimez-la.
problem-column-twice = les colonnes { $first } et { $second } ont le même nom ; renommez-en une, ou supprimez-la.
problem-row-length = { $count } cellules, alors que les titres en ont { $wanted } ; une virgule dans un texte doit être entre guillemets.
problem-more-rows = { $count ->
    [one] une autre ligne a un problème de ce genre
   *[other] { $count } autres lignes ont un problème de ce genre
  }
problem-not-a-number = « { $value } » n’est pas un nombre ; corrigez-le, laissez-le vide, ou nommez-le comme code manquant dans le dictionnaire.
problem-decimal-comma = « { $value } » a une virgule décimale ; écrivez-le avec un point.
problem-factor-missing = pas de valeur ; chaque ligne doit en avoir une, car elle dit combien de personnes la ligne représente.
problem-weight-negative = « { $value } » ne peut être un poids ; un poids est le nombre de personnes que la ligne représente, zéro ou plus.
problem-not-above-zero = « { $value } » n’est pas au-dessus de zéro.
problem-no-label = pas de libellé ; chaque ligne doit appartenir à une unité et à une strate.
problem-weights-and-probabilities = des poids et des probabilités sont nommés ; donnez les uns ou les autres.
problem-lonely-word = « { $value } » n’est pas connu ; écrivez fail, remove, certainty, adjust ou average.
problem-design-form = la description ne se lit pas : { $text }
problem-one-unit = une seule unité a été tirée dans chaque strate : aucune incertitude ne se calcule ; il faut au moins deux unités dans une strate.
problem-codebook-no-column = le dictionnaire décrit une variable que les données n’ont pas ; corrigez son nom, ou supprimez la ligne.
problem-codebook-twice = le dictionnaire décrit deux fois cette variable ; supprimez une ligne.
problem-codebook-value-form = « { $value } » n’a pas de libellé ; écrivez les valeurs comme 1=oui|0=non.
problem-codebook-stranger = « { $value } » n’est pas parmi les valeurs que le dictionnaire connaît ({ $known }) ; ajoutez-la, ou nommez-la comme manquante.
problem-method = « { $value } » n’est pas une méthode ; choisissez parmi { $known }.
problem-level = confiance de { $value } ; choisissez entre 0.5 et 1, par exemple 0.95.
problem-nothing-asked = aucun indicateur n’est nommé ; nommez au moins une colonne.
problem-too-many-groups = plus de { $most } groupes à la fois ; presque aucune cellule ne resterait à montrer.
problem-group-twice = est nommé deux fois parmi les groupes ; nommez-le une fois.
problem-all-missing = personne n’a répondu ; toutes les lignes sont manquantes.
problem-no-such-value = personne n’a répondu « { $value } » ; les réponses sont : { $known }
problem-ask-one-value = ni oui et non, ni nombres ; demandez une de ses réponses par colonne=réponse. Les réponses sont : { $known }
problem-quantile-share = « { $value } » n’est pas une part entre 0 et 1 (dans le formulaire : un pourcentage entre 0 et 100, comme 90) ; écrivez la médiane median(COLONNE), ou ce que neuf personnes sur dix ne dépassent pas quantile(COLONNE,0.9).
problem-quantile-of-yes-or-no = oui ou non n’a pas de médiane ; demandez la colonne elle-même, qui donne la part de ceux qui ont dit oui.
problem-quantile-of-words = pas des nombres, donc pas de médiane ; les réponses sont : { $known }
problem-ratio-needs-two = un rapport demande deux colonnes ; écrivez ce qui est divisé, une virgule, et par quoi, comme ratio(injections,injects).
problem-ratio-of-itself = est divisé par lui-même ; nommez deux colonnes différentes.
problem-ratio-of-words = ni oui et non, ni nombres, donc pas de rapport ; les réponses sont : { $known }
problem-ratio-nobody = personne n’a répondu à la fois à ceci et à { $other } ; il n’y a pas de rapport des deux.
problem-ratio-of-nothing = vaut 0 pour tous ceux qui ont répondu aux deux, donc rien ne peut être divisé par lui ; choisissez une autre colonne.
