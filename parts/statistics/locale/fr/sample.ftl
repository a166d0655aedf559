# Un échantillon, prévu et tiré.
sample-short = Les prisons tirées ne permettent d’interroger que { $reached } personnes : interrogez dans plus de prisons, ou acceptez un intervalle plus large.
sample-list-note = Tirage systématique à probabilité proportionnelle aux personnes détenues, dans l’ordre de la liste, par strate (Madow 1949) ; graine { $seed }. Poids d’un entretien = poids de base × personnes détenues ÷ personnes ayant répondu ; le poids montré est celui si toutes répondent. Demandez le nombre de personnes détenues le jour même, et prenez-le.
sample-prisons-hint = Une par ligne : nom, personnes détenues et, si l’on tire par strates, la strate, par exemple : Prison 5, 420, femmes. Triez selon ce qui compte, comme la région, car les voisines se partagent l’échantillon. 1 000 lignes au plus.
sample-paper = Échantillon de prisons
sample-number = No
sample-stratum = Strate
sample-base-weight = Poids de base
sample-strata = Par strate
sample-there = Prisons existantes
sample-drawn = Tirées
sample-expected = Intervalle attendu pour une prévalence de { $prevalence } %
sample-of-whom = Parmi
sample-part-all = toutes les réponses
sample-part = un groupe de { $part } % d’entre elles
sample-answers = Réponses
sample-expected-note = Intervalle de Wilson avec le n effectif, et t pour autant de degrés de liberté que de prisons moins les strates. Un groupe présent dans peu de prisons en a un plus large.
sample-then = Après l’enquête, design.toml dit à « throughcare estimate », et à la page du jeu de données, comment elle a été tirée.
problem-prison-line = « { $value } » : écrivez un nom, une virgule et le nombre de personnes détenues, par exemple : Prison 5, 420 ; ou avec une strate : Prison 5, 420, femmes
problem-prison-twice = « { $value } » figure deux fois dans la liste ; n’en laissez qu’une, ou distinguez-les par leurs noms.
problem-too-many-prisons = plus de { $most } prisons ; tirez par strate, une liste après l’autre.
problem-strata-of-some = { $count } { $count ->
    [one] prison n’a
   *[other] prisons n’ont
  } pas de strate alors que d’autres en ont une ; donnez-en une à chacune, ou à aucune.
problem-nobody-held = personne n’est détenu dans ces prisons ; aucune ne peut être tirée en proportion ; écrivez le nombre de personnes après chaque nom.
refusal-sample = L’échantillon ne peut pas être tiré : { $value }
refusal-sample-do = Revenez à la page, où chaque point est dit à côté de son champ.
refusal-sample-no-list = Aucune prison n’a été tirée, faute de liste.
refusal-sample-no-list-do = Écrivez les prisons sur la page, une par ligne, et tirez.
