# La bibliothèque
way-instruments = Questionnaires
way-rounds = Enquêtes
instrument = Questionnaire
instruments = Questionnaires
instruments-lead = Tous les questionnaires du programme, avec leurs versions et leurs langues. Chacun peut en essayer un et l’emporter ; rien n’est gardé d’un essai.
instruments-empty = Les questionnaires seront listés ici. Déposez un classeur écrit dans Excel, ou chargez ceux qui sont livrés avec le programme :
instrument-status = État
instrument-questions = Questions
instrument-languages = Langues
instrument-version = Version
instrument-day = Depuis
status-draft = Brouillon
status-published = Publié
status-closed = Clos
question = Question
question-name = Nom
question-type = Type
question-choices = Choix
answer = Réponse
upload = Déposer un questionnaire
upload-lead = Un classeur au format XLSForm (xlsform.org), comme pour KoBo et ODK. S’il porte le form_id d’un questionnaire existant, il en devient la nouvelle version.
upload-workbook = Classeur : .xlsx, .xls, .ods, .csv ou .md
upload-files = Listes et images qui l’accompagnent, s’il y en a
upload-go = Vérifier et garder
upload-none = Choisissez d’abord un classeur.
upload-problems = { $file } n’a pas été gardé : il faut d’abord corriger ceci
upload-problems-plain = Il faut d’abord corriger ceci
upload-again = Votre classeur est resté tel quel. Corrigez-le dans le tableur et déposez-le à nouveau.
upload-new = La version { $number } est gardée. Essayez-la, puis publiez-la ci-dessous.
upload-same = C’est déjà la version { $number } : rien n’a changé.
problem-sheet = Feuille
problem-row = Ligne
problem-column = Colonne
problem-what = Ce qui ne va pas, et que faire
problem-remark = À regarder :
instrument-about = { $count ->
    [one] Une question, en
   *[other] { $count } questions, en
}
instrument-draft-words = Écrit pour ce programme à partir de faits publiés ; brouillon à relire : il n’a été essayé avec personne, et aucune langue n’a été vérifiée par une seconde personne dont c’est la langue. Les questionnaires européens officiels sont chargés depuis leurs propres fichiers par ceux qui les détiennent.
instrument-remarks = Ce que l’auteur devrait regarder
notice-no-file = La liste { $list } vient du fichier { $file }, qui n’est pas joint : elle est vide. Envoyez de nouveau le classeur, avec le fichier.
notice-no-list = Une formule nomme la liste { $list }, que le formulaire n’a pas : elle est tenue pour vide.
notice-unworded-questions = { $count ->
    [one] Une question n’a pas de libellé en { $language } : { $names }
   *[other] { $count } questions n’ont pas de libellé en { $language } : { $names }
  }
notice-unworded-choices = { $count ->
    [one] Une réponse proposée n’a pas de libellé en { $language } : { $names }
   *[other] { $count } réponses proposées n’ont pas de libellé en { $language } : { $names }
  }
instrument-try = L’essayer
instrument-ask = Le poser dans une enquête
download-workbook = Classeur
download-form = XForm
download-codebook = Dictionnaire (CSV)
download-ddi = Dictionnaire (DDI 2.5)
instrument-versions = Versions
version-line = Version { $number }, { $day }, { $count } questions
versions-compared = Ce qui a changé de la version { $from } à la version { $to }
versions-same = Questions, choix et mots sont les mêmes.
versions-from = De
versions-to = À
versions-compare = Comparer
instrument-status-set = Où il en est
instrument-status-go = Fixer l’état
change-added = Nouvelle question { $name } : { $label }
change-removed = La question { $name } a disparu : { $label }
change-kind = La question { $name } était « { $before } » et est maintenant « { $after } » : les réponses d’avant et d’après ne vont pas dans une même colonne sans réflexion
change-words = La question { $name } en { $language } disait « { $before } » et dit maintenant « { $after } »
change-moved = La question { $name } a changé de place
change-choice-added = Liste { $list } : nouveau choix { $value }
change-choice-removed = Liste { $list } : le choix { $value } a disparu
change-choice-words = Liste { $list }, choix { $value } en { $language } : « { $before } » devient « { $after } »
change-language-added = Nouvelle langue : { $language }
change-language-removed = La langue { $language } a disparu

# Les enquêtes
round = Enquête
rounds = Enquêtes
rounds-lead = Une enquête pose un questionnaire entre deux dates. Suivez les réponses, examinez-les, puis fermez l’enquête : ses chiffres sont alors établis.
rounds-empty = Les enquêtes seront listées ici. Créez la première ci-dessous : choisissez un questionnaire, à qui le poser, et jusqu’à quand.
round-stage = Étape
stage-ahead = Pas encore ouverte
stage-open = Ouverte
stage-over = Dernier jour passé
stage-closed = Fermée
round-from = Premier jour
round-until = Dernier jour
round-until-hint = laissez vide pour la fermer à la main
round-no-end = ouverte jusqu’à sa fermeture
round-asked = Sollicités
round-answered = Réponses
round-shared = une adresse partagée ; nul ne sait combien l’ont vue
round-new = Nouvelle enquête
round-title = Nom de l’enquête, tel que les répondants le voient
round-way = À qui, et comment
round-way-named = Répondants nommés (pays, prisons, personnes), un lien pour chacun
round-way-shared = Toute personne qui a l’adresse
round-way-anonymous-links = Anonyme, un lien pour chacun : nous savons qui a répondu, jamais quoi
round-way-anonymous-shared = Anonyme, une adresse pour tous
round-make = Créer l’enquête
round-none-published = Aucun questionnaire n’est encore publié. Publiez-en un d’abord :
round-way-missing = Choisissez à qui et comment poser les questions.
round-instrument-missing = Choisissez un questionnaire publié.
round-title-missing = Donnez un nom à l’enquête.
round-from-wrong = Indiquez le premier jour, par exemple 2027-01-15.
round-until-wrong = Indiquez le dernier jour, par exemple 2027-02-28, ou laissez vide.
round-days-wrong = Le dernier jour est avant le premier.
round-anonymous = anonyme
round-version = version { $number }
round-days = Du { $from } au { $until }
round-days-open = À partir du { $from }, jusqu’à sa fermeture
round-links-once = Ces liens ne sont montrés qu’une fois ; chacun ouvre à un répondant. Envoyez-les maintenant, ou copiez-les en lieu sûr.
round-so-far = { $answered ->
    [0] Personne n’a encore répondu.
    [one] Une réponse jusqu’ici.
   *[other] { $answered } réponses jusqu’ici.
}
round-so-far-of = { $answered } sur { $asked } ont répondu.
round-shared-lead = Donnez cette adresse à tous ceux que vous sollicitez :
round-data = Emporter les réponses
round-data-lead = Les réponses rejetées ou remplacées sont laissées de côté. Les groupes répétés forment des tables à part, liées par _record.
round-data-later = Les réponses d’une enquête anonyme se voient après sa fermeture : tant qu’elle est ouverte, qui verrait des liens servir et des réponses arriver pourrait les rapprocher.
data-xlsx = Tout dans un classeur
data-labels = avec les libellés
data-json = JSON avec dictionnaire
data-held-back = Les réponses en mots sont retenues hors de tout fichier jusqu’à ce qu’une personne responsable des données les ait lues et constaté qu’elles ne nomment personne.
respondents = Qui est sollicité
respondents-empty = Personne encore. Ajoutez les premiers ci-dessous.
respondent = Répondant
respondent-country = Pays
respondent-email = Courriel
respondent-state = État
respondent-letter = Dernière lettre
respondent-no-letter = aucune lettre n’est partie d’ici
respondent-answered = A répondu
respondent-begun = Lien utilisé
respondent-waited = Attendu
respondents-add = Ajouter des répondants
respondents-go = Ajouter et créer les liens
respondent-new-link = Créer un nouveau lien pour qui a perdu le sien
respondent-link-go = Nouveau lien
round-letters-hint = au plus une lettre par jour à chacun, avec un nouveau lien
round-letters-sent = { $count ->
    [0] Il ne restait personne à qui écrire aujourd’hui.
    [one] Une lettre est en route.
   *[other] { $count } lettres sont en route.
}
round-close = Fermer l’enquête
round-close-lead = Plus rien n’est reçu, ce qui fut commencé sans être envoyé disparaît, et les réponses restent telles quelles. C’est définitif.
round-close-go = Fermer définitivement cette enquête
devices = Téléphones et tablettes
devices-lead = ODK Collect va chercher le formulaire de cette enquête et y envoie des réponses, aussi depuis des lieux sans réseau.
device-name = L’appareil de qui, ou de quel lieu
device-add = Ajouter un appareil
device-end = Arrêter
device-ended = arrêté le { $day }
device-once = Réglez l’appareil maintenant : ceci n’est montré qu’une fois
device-how = Dans ODK Collect, ajoutez un projet et lisez ce carré ; ou tapez l’adresse, le nom d’utilisateur et le mot de passe. Les logiciels sans mot de passe prennent la dernière adresse.
device-server = Adresse
device-username = Nom d’utilisateur
device-password = Mot de passe
device-token = Adresse qui sert de clé

# Les réponses
record = Réponse
records = Réponses
records-empty = Pas encore de réponse. Elles apparaissent ici à leur arrivée.
record-title = Réponse { $number }
record-from = De
record-from-link = par l’adresse partagée
record-day = Jour
record-state = État de l’examen
record-received = Reçue
record-issues = À corriger
record-approved = Approuvée
record-rejected = Rejetée
record-violations = Ce que trouvent les règles du formulaire
record-answers = Réponses
record-files = Fichiers
record-kilobytes = { $count } ko
record-earlier = Versions antérieures :
record-replaced-note = Cette version a été corrigée ; une version ultérieure compte.
review = Examen
review-note = Note
review-note-hint = le répondant la lit quand la réponse est à corriger ; son lien la rouvre alors
review-go = Garder l’examen
texts = Réponses en mots
texts-lead = Lisez chacune. Cochez celles qui ne nomment personne, ni lieu, date ou événement par lequel quelqu’un pourrait être reconnu ; seules celles-ci sortent.
texts-cleared = Ne nomme personne
texts-go = Garder ce que j’ai coché
texts-none = Il n’y a pas de réponse en mots.

# La lettre
round-letter-title = Une lettre qui sollicite des réponses
round-letter-hello = Bonjour { $name },
round-letter-asked = Vous êtes invité à répondre : { $title }.
round-letter-again = Nous n’avons pas encore reçu vos réponses : { $title }.
round-letter-until = C’est ouvert jusqu’au { $day }.
round-letter-foot = Ce lien est à vous seul. Il remplace tout lien antérieur ; ce que vous avez commencé est gardé.

# Les refus
refusal-no-instrument = Il n’y a pas de questionnaire { $value }.
refusal-no-instrument-do = Cherchez-le dans la liste des questionnaires.
refusal-no-version = Il n’y a pas de version { $value }.
refusal-no-version-do = La page du questionnaire liste ses versions.
refusal-no-status = « { $value } » n’est pas un état.
refusal-no-status-do = Choisissez brouillon, publié ou clos.
refusal-no-round = Il n’y a pas d’enquête { $value }.
refusal-no-round-do = Cherchez-la dans la liste des enquêtes.
refusal-no-record = Il n’y a pas de réponse { $value } dans cette enquête.
refusal-no-record-do = La page de l’enquête liste ses réponses.
refusal-no-state = « { $value } » n’est pas un état d’examen.
refusal-no-state-do = Choisissez reçue, à corriger, approuvée ou rejetée.
refusal-no-respondent = Il n’y a pas de répondant { $value } dans cette enquête.
refusal-no-respondent-do = La page de l’enquête liste qui est sollicité.
refusal-no-device = Il n’y a pas d’appareil { $value } dans cette enquête.
refusal-no-device-do = La page de l’enquête liste ses appareils.
refusal-no-link = Ce lien ne mène nulle part.
refusal-no-link-do = Vérifiez qu’il a été copié en entier, ou demandez-en un nouveau à qui vous l’a donné.
refusal-no-draft = Il n’y a rien à remplir ici.
refusal-no-draft-do = Si vous venez d’envoyer vos réponses, elles sont arrivées. Sinon, recommencez par le lien qui vous a été donné.
refusal-link-spent = Ce lien a déjà servi.
refusal-link-spent-do = Il n’y a rien de plus à faire. Si les réponses n’étaient pas de vous, dites-le à qui vous a donné le lien.
refusal-round-ahead = Ce questionnaire n’est pas encore ouvert.
refusal-round-ahead-do = Revenez le premier jour.
refusal-round-over = Ce questionnaire n’est plus ouvert.
refusal-round-over-do = Demandez à qui vous a invité s’il sera rouvert.
refusal-round-closed = Cette enquête est fermée et n’accepte plus de changement.
refusal-round-closed-do = Créez une nouvelle enquête pour interroger à nouveau.
refusal-round-not-closed = Les réponses d’une enquête anonyme se voient après sa fermeture.
refusal-round-not-closed-do = Fermez d’abord l’enquête.
refusal-round-not-anonymous = Cette enquête n’est pas anonyme.
refusal-round-not-anonymous-do = Ses réponses sont dans ses fichiers telles qu’elles furent données.
refusal-round-is-shared = Cette enquête a une adresse partagée et pas de liste de répondants.
refusal-round-is-shared-do = Créez une enquête avec un lien pour chacun.
refusal-round-no-devices = Une enquête anonyme ne reçoit rien d’un appareil, qui saurait qui était où.
refusal-round-no-devices-do = Faites répondre sur la page.
refusal-record-conflict = Une autre réponse porte la même identité.
refusal-record-conflict-do = Recommencez par le lien qui vous a été donné.
refusal-record-replaced = Cette version a été corrigée et n’est plus examinée.
refusal-record-replaced-do = Examinez la version ultérieure.
refusal-no-mail = Ce site n’est pas réglé pour envoyer des lettres.
refusal-no-mail-do = Créez des liens et envoyez-les vous-même, ou demandez à l’exploitant de régler le courrier.
refusal-not-multipart = L’envoi ne contient pas de fichier.
refusal-not-multipart-do = Envoyez-le en multipart/form-data.
refusal-form-broken = L’envoi s’est interrompu ou ne peut être lu.
refusal-form-broken-do = Envoyez-le à nouveau.
refusal-files-too-large = C’est plus de { $megabytes } Mo.
refusal-files-too-large-do = Envoyez moins à la fois.
