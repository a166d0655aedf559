# Records that come late, and filling without a network
late = Fiches d’un appareil sans réseau
late-lead = Des fiches remplies sans réseau qui n’ont pas pu être envoyées, dans un fichier enregistré sur l’appareil. Le fichier est scellé : seul ce site peut le lire.
late-how = Choisissez les fichiers. Chaque fiche est reprise une seule fois, même si son fichier vient plusieurs fois. Les fiches d’une enquête close peuvent être reprises dans une nouvelle enquête de la même version du questionnaire, avec la même promesse d’anonymat.
late-files = Fichiers enregistrés sur un appareil (.sealed.json)
late-go = Reprendre les fiches
late-closed = Cette enquête est close et ne prend plus rien. Créez une nouvelle enquête du même questionnaire pour les fiches tardives, et reprenez-y le fichier.
late-done = Reprises : { $taken }. Déjà là : { $again }.
late-refused = { $count ->
    [one] Une fiche n’a pas été reprise. Elle est toujours dans son fichier.
   *[other] { $count } fiches n’ont pas été reprises. Elles sont toujours dans leurs fichiers.
}
late-number = fiche { $number }
late-not-ours = Ce n’est pas un fichier de fiches d’un appareil. Choisissez le fichier dont le nom finit par .sealed.json.
late-link = Fiches d’un appareil sans réseau
round-shared-offline = Là où il n’y a pas de réseau : ouvrir cette adresse une fois avec réseau, puis remplir sans réseau
refusal-offline-unreadable = Cette fiche ne peut pas être lue ici.
refusal-offline-unreadable-do = Rien n’a été repris et rien n’a changé. Gardez la fiche, et regardez si elle est bien de ce site et de ce questionnaire.
refusal-offline-conflict = Une autre fiche de même identité est déjà ici.
refusal-offline-conflict-do = Aucune n’a été changée. Enregistrez la fiche dans un fichier et donnez-le à qui mène l’enquête.
refusal-offline-meanwhile = La même fiche arrive en ce moment.
refusal-offline-meanwhile-do = Elle sera renvoyée d’elle-même.
refusal-late-other-round = Cette fiche est d’une autre enquête, d’un autre questionnaire, d’une autre version ou d’une autre promesse d’anonymat.
refusal-late-other-round-do = Reprenez-la dans une enquête du même questionnaire et de la même version, anonyme si la première l’était.
