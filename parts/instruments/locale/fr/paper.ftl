# Papier : impression et saisie
paper-round = Papier : imprimer, saisir
download-paper = Papier (PDF)
paper-desk = Papier
paper-desk-lead = Imprimez le questionnaire et saisissez les fiches qui reviennent. Chaque fiche est saisie deux fois, par deux personnes ; en cas d’écart, la fiche décide.
paper-print = Imprimer
paper-print-lead = Chaque page porte le code { $code } : seules les fiches de ce cycle le portent.
paper-print-go = Ouvrir le PDF
paper-language = Langue
paper-copies = Blocs de chaque partie répétée
paper-key = Saisir une fiche
paper-key-go = Ouvrir cette fiche
paper-code-typed = Code au pied de la page
paper-code-hint = Facultatif.
paper-respondent-hint = La seconde fois, inutile de le redire.
paper-choose = Choisir
paper-not-open = Le cycle n’est pas ouvert : rien ne peut être saisi maintenant.
paper-no-number = Tapez le numéro inscrit sur la fiche : lettres, chiffres et traits d’union, 20 au plus.
paper-no-respondent = Choisissez pour qui la fiche a été remplie.
paper-other-version = Les fiches de ce cycle portent le code { $code }, celle-ci porte { $typed }. Elle appartient à un autre cycle ou à une version antérieure : mettez-la de côté.
sheet = Numéro de la fiche
sheets = Fiches
sheets-empty = Aucune fiche n’a encore été saisie.
sheets-so-far = { $taken } prises, { $once } en attente de la seconde saisie, { $differs } à départager, { $begun } commencées.
sheets-file = La liste en fichier
sheets-take-once = { $count ->
    [one] Prendre la fiche saisie une fois
   *[other] Prendre les { $count } fiches saisies une fois
 }
sheets-take-once-hint = S’il n’y a personne pour saisir une seconde fois. Les fautes de frappe restent alors inaperçues.
sheet-state = État
sheet-clerk = Saisie par
sheet-begun = commencée
sheet-once = saisie une fois
sheet-differs = à départager
sheet-taken = prise
sheet-mine = vous
sheet-not-mine = pas par vous
sheet-done = La fiche { $sheet } est conservée.
sheet-batch = { $count ->
    [one] Une fiche dans cette séance.
   *[other] { $count } fiches dans cette séance.
 }
key-title = Fiche { $sheet }
key-first = Première saisie
key-second = Seconde saisie
key-lead = Tapez le numéro de la réponse ; Entrée passe à la suite. Plusieurs réponses : leurs numéros séparés par une espace. Ce qui est sauté sur papier est sauté ici.
key-both = Vous avez déjà saisi cette fiche la première fois. Une autre personne verrait ce qui vous échappe.
key-keep = Conserver et rester ici
key-done = La fiche est terminée
key-forget = Abandonner
key-more = Un de plus
key-file = Un fichier : pas depuis le papier
key-mark = figure ainsi sur le papier
key-tick = cochée
key-kept = Conservé.
key-not-kept = Non conservé : le site ne répond pas. Continuez ; un nouvel essai suit.
key-faults = À revoir
key-skipped = Des réponses précédentes écartent cette question. Si elle a quand même une réponse sur le papier, marquez-la.
key-no-choice = Aucune réponse ne porte ce numéro.
key-one-choice = Une seule réponse. Si plusieurs sont cochées, marquez-la.
key-no-ranks = Tapez les rangs comme ils figurent de haut en bas, chacun une fois.
key-no-number = Ce n’est pas un nombre.
key-no-day = Tapez un jour ainsi : 24 11 2026.
key-no-time = Tapez une heure ainsi : 14 30.
key-no-answer = Cela ne peut pas être une réponse ici.
key-constraint = Le formulaire n’attend pas cette réponse. Si elle figure ainsi sur le papier, marquez-la.
key-hint-one = Le numéro de la réponse
key-hint-several = Les numéros, séparés par une espace
key-hint-rank = Les rangs comme ils figurent de haut en bas
key-hint-number = Un nombre
key-hint-day = Jour mois année
key-hint-time = Heure minute
key-hint-words = En toutes lettres, comme il est écrit
key-differences-title = Fiche { $sheet } : deux lectures
key-differences-lead = { $count ->
    [one] Une réponse a été saisie différemment.
   *[other] { $count } réponses ont été saisies différemment.
 } Prenez la fiche et tranchez chacune.
key-differences-missing = Tranchez chaque réponse.
key-the-first = Première
key-the-second = Seconde
key-another = Ni l’une ni l’autre ; on lit :
key-nothing = rien
key-settle = Prendre la fiche
refusal-no-sheet = Il n’y a pas de fiche { $value } dans ce cycle.
refusal-no-sheet-do = Ouvrez-la dans la liste des fiches par son numéro.
refusal-sheet-taken = Cette fiche a été prise comme enregistrement.
refusal-sheet-taken-do = Il n’y a plus rien à faire. Si c’est une autre fiche, donnez-lui un autre numéro.
refusal-sheet-elsewhere = Quelqu’un d’autre saisit cette fiche.
refusal-sheet-elsewhere-do = Prenez-en une autre, ou attendez qu’elle soit terminée.
refusal-sheet-settled = Cette fiche n’a rien à départager.
refusal-sheet-settled-do = Revenez à la liste des fiches.
refusal-no-form-language = Le formulaire n’a pas la langue « { $value } ».
refusal-no-form-language-do = Choisissez-en une sur la page du papier.
refusal-paper-not-set = Ce formulaire ne peut pas être imprimé : il contient un signe qu’aucune police de ce site ne possède.
refusal-paper-not-set-do = Retirez du classeur les signes tels que les images (émojis), ou demandez à qui gère ce site : le journal nomme le signe.
devices-anonymous = D’un cycle anonyme, le site ne conserve ni l’appareil, ni l’heure, ni les fichiers joints.
