# Remarks on answers, the answers of an earlier round, languages that nobody has checked yet
fill-last = Vous pouvez partir de vos réponses du { $day } : relisez chacune et changez ce qui a changé.
fill-last-go = Commencer avec ces réponses
fill-empty-go = Commencer sans elles
fill-draft = projet à relire
fill-remarks = Remarques sur vos réponses
fill-remarks-lead = La personne qui examine vos réponses écrit ici ; vous pouvez répondre.
fill-remarks-none = Rien n’a encore été écrit.
fill-remarks-you = Vous
fill-remarks-reviewer = Examinateur
fill-remarks-whole = Sur l’ensemble
fill-remarks-about = À propos de
fill-remarks-write = Votre réponse
fill-remarks-send = Envoyer la réponse
fill-remarks-empty = Écrivez d’abord quelque chose.
