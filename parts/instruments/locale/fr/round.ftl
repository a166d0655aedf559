# Avancement, lettres, remarques, réponses d’une enquête antérieure
progress = Avancement
progress-at = État à { $clock }.
progress-again = Recharger chaque minute
progress-stop = Ne plus recharger
progress-anonymous = D’une enquête anonyme, on ne connaît que l’usage des liens : qui en a utilisé un a commencé, et nul ne peut dire s’il a envoyé ses réponses.
progress-share = Part répondue
progress-begun = Commencé, non envoyé
progress-no-country = aucun pays n’a été indiqué
progress-days = Réponses par jour
letters = Lettres et rappels
letters-lead = Les lettres vont à qui n’a pas répondu et à qui doit corriger. Chacune apporte un nouveau lien ; le précédent cesse de fonctionner.
letters-shared = Cette enquête a une seule adresse partagée : elle ne connaît personne à qui écrire.
letters-next = Prochaines lettres
letters-to = { $count ->
    [one] Une lettre partirait maintenant à :
   *[other] { $count } lettres partiraient maintenant à :
}
letters-correct = prié de corriger
letters-nobody = Il ne reste personne à qui écrire : tous ont répondu, ont reçu une lettre aujourd’hui, ou n’ont pas d’adresse ici.
letters-today = { $count ->
    [one] Une autre personne a reçu une lettre aujourd’hui.
   *[other] { $count } autres ont reçu une lettre aujourd’hui.
}
letters-without = { $count ->
    [one] Une autre personne n’a pas d’adresse électronique
   *[other] { $count } autres n’ont pas d’adresse électronique
}
letters-preview = Voici la lettre, telle que { $name } la lirait :
letters-go = { $count ->
    [one] Envoyer une lettre
   *[other] Envoyer { $count } lettres
}
letters-sent = Lettres envoyées
letters-none = Aucune lettre n’a encore été envoyée.
letter-turn = Quelle lettre
letter-words = Vos propres mots dans la lettre
letter-words-hint = 2 000 caractères au plus ; vide pour aucun. Ne nommez personne dans une enquête anonyme.
letter-words-go = Garder ces mots et revoir
letter-words-long = Vos propres mots dépassent 2 000 caractères.
letter-correct = Merci de corriger vos réponses : { $title }.
start = Réponses d’une enquête antérieure comme point de départ
start-lead = Les répondants peuvent partir de ce qu’ils ont répondu alors : le même membre d’un panel, ou le même nom dans le même pays. Ils voient le jour et choisissent.
start-earlier = Enquête antérieure
start-none = ne rien proposer
start-go = Fixer le point de départ
remarks = Remarques
remarks-open = Remarques ouvertes
remarks-none = Rien n’a été écrit sur cet enregistrement.
remark-reviewer = Examinateur
remark-about = À propos de
remark-whole = L’enregistrement entier
remark-words = Remarque
remark-words-hint = le répondant la lit derrière son lien et peut répondre
remark-go = Écrire la remarque
remark-settle = Régler
remark-reopen = Rouvrir
remark-settled = réglée
language-draft = projet à relire
language-draft-lead = Une langue ainsi marquée n’a été lue que par qui l’a écrite. Faites-la d’abord relire par quelqu’un qui la parle.
language-drafts = projets à relire : { $names }
refusal-round-no-start = Les réponses de cette enquête ne peuvent pas servir de point de départ à celle-ci.
refusal-round-no-start-do = Choisissez une enquête antérieure du même questionnaire, dont les répondants sont nommés et ont chacun un lien.
refusal-remark-words = Une remarque compte de 1 à 4 000 caractères.
refusal-remark-words-do = Écrivez-la plus courte, ou en deux.
refusal-remark-place = Il n’y a pas de réponse { $value } dans cet enregistrement.
refusal-remark-place-do = Choisissez la réponse dans la liste.
refusal-no-remark = Il n’y a pas de remarque { $value } dans cette enquête.
refusal-no-remark-do = La page de l’enregistrement liste ses remarques.
