# Microdonnées sûres.
safe-title = Faire un fichier sûr
safe-go = Faire un fichier sûr de ces entretiens
safe-lead = Choisissez ce qui sort et avec quelle finesse. Des valeurs isolées sont ensuite supprimées jusqu’à ce que personne ne soit seul avec ce que d’autres peuvent savoir, et vous voyez ce que cela coûte avant tout envoi.
safe-columns = Colonnes
safe-columns-hint = Une clé est ce que quelqu’un peut savoir d’une personne : âge, sexe, pays, peine. Sensible est ce que personne ne doit apprendre. Écartez ce qui nomme une personne, un entretien ou une prison.
safe-role = Ce qu’elle signifie
safe-role-key = clé : d’autres peuvent la connaître
safe-role-sensitive = sensible : personne ne doit l’apprendre
safe-role-other = écrite telle quelle
safe-role-left-out = écartée
safe-importance = Importance d’une clé (1 : supprimée d’abord)
safe-bands = Les classes commencent à (par exemple 25, 35, 45)
safe-least = Les valeurs inférieures sont données comme
safe-most = Les valeurs supérieures sont données comme
safe-round = Arrondie aux multiples de
safe-merge = Regrouper des réponses
safe-merge-hint = Une par ligne : ancienne = plus large. Les réponses :
safe-demands = Degré de sûreté
safe-k = Personnes partageant chaque combinaison de clés, au moins
safe-k-hint = 5 à 10 pour le public, 3 à 5 pour des personnes nommées sous contrat.
safe-distinct = Réponses sensibles différentes parmi elles, au moins
safe-distinct-hint = 2 : pour qu’aucun groupe n’ait répondu pour ses membres. 0 n’en demande aucune.
safe-closeness = Écart permis entre leurs réponses et celles de tous (0 à 1)
safe-closeness-hint = Vide, cela n’est pas demandé.
safe-preview = Montrer le risque et la perte
safe-result = Risque et perte de votre choix
safe-rows = { $count ->
    [one] Une ligne serait écrite.
   *[other] { $count } lignes seraient écrites.
  }
safe-risk = Qui pourrait être reconnu
safe-risk-note = Unique : seul avec ses clés. À risque : un risque individuel de plus d’un sur cinq. Attendu : combien en reconnaîtrait un intrus qui cherche tout le monde. Ce ne sont que des comptes ; ils ne disent rien d’une personne.
safe-step = Fichier
safe-collected = tel que recueilli
safe-recoded = une fois recodé
safe-written = tel qu’écrit
safe-records = Lignes
safe-unique = Uniques
safe-below-k = Dans un groupe trop petit
safe-not-diverse = Dans un groupe aux réponses pareilles
safe-at-risk = À risque
safe-greatest = Plus grand risque, %
safe-expected = Attendu
safe-losses = Ce que cela coûte
safe-suppressed = Supprimées
safe-values-before = Valeurs avant
safe-values-after = Valeurs après
safe-share-change = Plus grand changement d’une part, points
safe-mean = Moyenne, avant → après
safe-sd = Écart type, avant → après
safe-not-so = pas un nombre, ou pas une clé
safe-tells = Ce fichier dirait ce que des tableaux publiés ne montrent pas ; il ne peut pas paraître tel quel.
safe-tells-cells = { $count ->
    [one] une cellule non montrée
   *[other] { $count } cellules non montrées
  }
safe-tells-do = Rendez plus larges les groupes de ces tableaux, ou laissez de côté ces groupes ou l’indicateur.
safe-tells-nothing = Le fichier a été compté comme le ferait quiconque le tient avec tous les tableaux publiés : aucune cellule non montrée ne s’en déduit.
safe-send-title = L’envoyer à un responsable des données
safe-audience = Qui peut le prendre
safe-audience-named = les personnes qu’un responsable des données nomme
safe-audience-public = tout le monde
safe-reason = À quoi il sert, et pourquoi ces choix
safe-send = L’envoyer pour examen
safe-incomplete = Pour l’envoyer, donnez un titre, qui peut le prendre et à quoi il sert.
safe-about = Microdonnées rendues sûres
safe-own = Vous l’avez fait ; un autre responsable des données décide.
safe-promise = { $rows } lignes. Chaque personne partage toute combinaison de ce que d’autres peuvent savoir avec au moins { $k } personnes du fichier ; « * » tient lieu de ce qui n’est pas dit.
safe-promise-distinct = Parmi elles, on trouve au moins { $distinct } réponses sensibles différentes.
safe-codebook = Dictionnaire
safe-for-named = Ce fichier est pour des personnes nommées par un responsable des données. Connectez-vous si vous en êtes, ou demandez à l’éditeur du jeu de données.
safe-decide-hint = Regardez le fichier lui-même, le risque et les pertes. Un seul fichier d’un jeu de données peut jamais sortir, car deux pourraient être mis côte à côte ; les tableaux diffusés parlent aussi des mêmes personnes.
safe-publish = Le laisser sortir
safe-refuse = Ne pas le laisser sortir
safe-columns-in = Ce qu’il contient
safe-readers = Qui peut le prendre
safe-reader = Compte { $number }
safe-reader-email = Adresse électronique d’un compte
safe-reader-hint = La personne doit avoir un compte ici ; chaque fois que le fichier est pris, la chaîne d’audit le dit.
safe-reader-add = Permettre à cette personne de le prendre
safe-reader-remove = Ne plus permettre
safe-withdraw = Retirer ce fichier
safe-withdraw-hint = On ne pourra plus le prendre. Ce qui a été pris ne peut être rappelé ; aucun autre fichier de ces données ne peut donc sortir non plus.
file-withdrawn = Ce fichier a été retiré le { $day }.
set-files = Microdonnées rendues sûres
change-file-published = Nouvelles microdonnées rendues sûres : { $what }
change-file-withdrawn = Microdonnées retirées : { $what }
problem-safe-number = « { $value } » n’est pas un nombre entier jusqu’à 1 000.
problem-safe-k = avec moins de 3 personnes par combinaison, chacune de deux connaîtrait les réponses de l’autre ; demandez 3 au moins.
problem-safe-merge = « { $value } » : écrivez ancienne = plus large, une par ligne.
refusal-no-safe-file = Il n’y a pas de fichier « { $value } ».
refusal-no-safe-file-do = La page de son jeu de données liste ce qui est diffusé.
refusal-file-withdrawn = Ce fichier a été retiré.
refusal-file-withdrawn-do = Sa page dit pourquoi.
refusal-file-not-named = Ce fichier est pour des personnes nommées par un responsable des données, et vous n’en êtes pas.
refusal-file-not-named-do = Demandez à l’éditeur du jeu de données.
refusal-file-tells = Ce fichier dirait { $count ->
    [one] une cellule
   *[other] { $count } cellules
  } que le tableau publié « { $table } » ne montre pas.
refusal-file-tells-do = Refusez-le et demandez-en un plus grossier.
refusal-second-file = Un autre fichier sûr de ces données est ou a été diffusé ; mis à côté de celui-ci, il pourrait trahir des personnes.
refusal-second-file-do = Refusez celui-ci, et dites-le à qui l’a fait.
refusal-no-such-account = Aucun compte n’a l’adresse « { $value } ».
refusal-no-such-account-do = Demandez d’abord à un administrateur d’inviter la personne.
