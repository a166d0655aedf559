# Sources
source-kind-data-set = Jeu de données
source-kind-review = Revue de la littérature
source-kind-study = Étude
source-kind-fact-sheet = Fiche d’information
terms-cc-by-4 = Creative Commons Attribution 4.0
terms-public-domain = Domaine public
terms-credit = Reproduction autorisée avec mention de la source
terms-educational-with-credit = Reproduction autorisée à des fins éducatives ou non lucratives, avec mention de la source
terms-figures-only = Seuls des chiffres sont cités ; le texte appartient à son éditeur
terms-not-verified = Conditions non vérifiées
terms-stated = { $terms } (selon le fichier importé ; non vérifié)
typed-by-journalists = Saisi par des journalistes d’après le rapport : à vérifier dans le rapport avant de citer
source-credit = Mention obligatoire
source-terms = Conditions d’utilisation
source-publisher = Éditeur
source-link = Où il est publié
source-read-on = Consulté le { $date }
source-date-not-recorded = Date de consultation non consignée
source-known-defects = Défauts connus
source-what-it-holds = Contenu
source-download = Importer dans un gestionnaire de références
source-citation = Comment la citer
source-record = La fiche
source-title = Titre
source-year = Année
source-year-unknown = L’année n’est pas connue avec certitude
source-kind = Nature
source-effects = Effets
source-read = Lue le
source-link-unknown = Aucune adresse n’est consignée
source-publisher-unknown = Aucun éditeur n’est consigné
source-origin = D’où vient cette fiche
source-shipped = Elle est fournie avec le programme
source-imported = Un fichier importé de chiffres nationaux l’a apportée ; personne ici ne l’a vérifiée

# Contenu des jeux de données
source-unodc-cts-holds = Personnes détenues par sexe, âge et statut, entrées, capacité, décès en prison et infractions à la législation sur les drogues, par pays et par année ; surtout de 2003 à 2022.
source-unaids-gam-holds = VIH, hépatite C et tuberculose en prison, traitements antirétroviraux et TAO en prison, seringues et préservatifs en prison, personnes qui injectent des drogues, par pays ; de 2011 à 2018.
source-eurostat-crim-pris-age-holds = Personnes en prison par groupe d’âge et par sexe, en nombre et pour 100 000 habitants ; de 2008 à 2023.
source-space-i-2020-holds = Personnes en prison et capacité de 50 administrations pénitentiaires à quatre dates de 2020.
source-space-i-2021-holds = Personnes en prison, personnes sans condamnation définitive et capacité, au 31 janvier 2021, dans 27 pays.
source-natural-earth-holds = Contours des pays, pour les cartes.

# Défauts ou particularités connus des sources
source-unodc-cts-defects = Une ligne est datée de 1013. Certaines catégories figurent deux fois, avec une graphie différente (« Drug trafficking » et « Drug Trafficking »). L’Irlande du Nord en 2017 et l’Autriche en 2021 donnent 64 % et 51 % de personnes détenues pour infraction liée aux drogues, car elles comptent autrement (toute infraction, non la principale).
source-unaids-gam-defects = Un zéro signifie parfois « non mesuré ». L’hépatite C en prison en Macédoine du Nord passe de 51,0 % à 25,5 %. Le nombre de seringues déclaré pour les prisons de Moldova en 2018 ressemble à un total national. Des lignes ont été perdues avant la copie. L’année de l’export n’est pas consignée.
source-eurostat-crim-pris-age-defects = Les indicateurs de qualité ont été perdus à l’export : la colonne est vide. Le Royaume-Uni est donné en trois parties.
source-space-i-defects = Les lignes ont été saisies par des journalistes d’après le rapport ; elles sont de seconde main.
source-platt-2018-defects = L’article est paru en ligne en 2017 et imprimé en 2018 ; deux chiffres ont été lus sur une page tierce.
source-santo-2021-defects = Trois corrections ont été publiées. Deux chiffres ont été lus sur une page portant un autre titre ; ils peuvent venir d’une autre version.
source-wiessing-2021-defects = Le titre compte 17 pays ; les chiffres de chaque virus viennent de 16 pays. Aucun chiffre n’est ajusté.
source-stop-c-daa-2024-defects = La collection indique 2021, mais le résumé contenant ces chiffres est paru en 2024. Le titre imprimé et les auteurs n’ont pas été vus.
source-patel-2014-defects = L’intervalle pour une injection partagée a été noté de mémoire.
source-dolan-2016-defects = Les chiffres régionaux du VIH ont été notés de mémoire.
source-marsden-2017-defects = Le chiffre des décès par intoxication a été noté de mémoire.
source-marsden-2017-abstract-defects = Résumé d’une autre version de l’étude publiée ; ses chiffres diffèrent légèrement de ceux de l’article.
