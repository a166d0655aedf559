# Les indicateurs : nom, nom court pour un tableau, définition ; la question qui comblerait une
# lacune ; et, lorsque les deux côtés d’une comparaison portent sur des personnes différentes, en quoi.

indicator-persons_held-name = Personnes détenues
indicator-persons_held-short = Détenues
indicator-persons_held-definition = Personnes détenues dans les prisons et autres établissements pénitentiaires le jour du recensement, prévenues et condamnées.

indicator-prison_rate-name = Personnes détenues pour 100 000 habitants
indicator-prison_rate-short = Taux de détention
indicator-prison_rate-definition = Personnes détenues le jour du recensement, pour 100 000 habitants, selon le calcul de la source.

indicator-official_capacity-name = Capacité officielle des prisons
indicator-official_capacity-short = Capacité
indicator-official_capacity-definition = Places prévues ou homologuées, hors surpopulation. La surface comptée par place diffère selon les pays.

indicator-occupancy-name = Taux d’occupation des prisons
indicator-occupancy-short = Occupation
indicator-occupancy-definition = Personnes détenues pour 100 places officielles. Au-delà de 100, il y a plus de personnes que de places.

indicator-persons_unsentenced-name = Personnes détenues non condamnées
indicator-persons_unsentenced-short = Non condamnées
indicator-persons_unsentenced-definition = Personnes détenues dans l’attente d’un procès ou d’une première condamnation, le jour du recensement.

indicator-persons_sentenced-name = Personnes détenues condamnées
indicator-persons_sentenced-short = Condamnées
indicator-persons_sentenced-definition = Personnes détenues exécutant une peine le jour du recensement.

indicator-remand_share-name = Part des personnes non condamnées
indicator-remand_share-short = Part non condamnée
indicator-remand_share-definition = Personnes détenues non condamnées, rapportées à l’ensemble des personnes détenues. La détention provisoire doit rester l’exception (Conseil de l’Europe, Rec(2006)13).

indicator-unsentenced_under_6_months-name = Personnes non condamnées détenues depuis moins de 6 mois
indicator-unsentenced_under_6_months-short = Non condamnées, moins de 6 mois
indicator-unsentenced_under_6_months-definition = Personnes en attente d’un procès ou d’une première condamnation, détenues depuis moins de 6 mois.

indicator-unsentenced_under_12_months-name = Personnes non condamnées détenues depuis moins de 12 mois
indicator-unsentenced_under_12_months-short = Non condamnées, moins de 12 mois
indicator-unsentenced_under_12_months-definition = Personnes en attente d’un procès ou d’une première condamnation, détenues depuis moins de 12 mois. Certains pays ne comptent que la tranche de 6 à 12 mois.

indicator-unsentenced_over_12_months-name = Personnes non condamnées détenues depuis plus de 12 mois
indicator-unsentenced_over_12_months-short = Non condamnées, plus de 12 mois
indicator-unsentenced_over_12_months-definition = Personnes en attente d’un procès ou d’une première condamnation, détenues depuis plus de 12 mois.

indicator-unsentenced_over_12_months_share-name = Part des personnes non condamnées détenues depuis plus de 12 mois
indicator-unsentenced_over_12_months_share-short = Plus de 12 mois sans condamnation
indicator-unsentenced_over_12_months_share-definition = Personnes non condamnées détenues depuis plus de 12 mois, rapportées à l’ensemble des personnes non condamnées.

indicator-women_share-name = Part des femmes parmi les personnes détenues
indicator-women_share-short = Femmes
indicator-women_share-definition = Femmes et filles, rapportées à l’ensemble des personnes détenues.

indicator-juvenile_share-name = Part des mineurs parmi les personnes détenues
indicator-juvenile_share-short = Mineurs
indicator-juvenile_share-definition = Personnes que le pays compte comme mineures, rapportées à l’ensemble des personnes détenues. L’âge limite varie.

indicator-persons_held_foreign-name = Personnes détenues de nationalité étrangère
indicator-persons_held_foreign-short = Nationalité étrangère
indicator-persons_held_foreign-definition = Personnes détenues qui n’ont pas la nationalité du pays.

indicator-foreign_share-name = Part des personnes étrangères parmi les personnes détenues
indicator-foreign_share-short = Part de nationalité étrangère
indicator-foreign_share-definition = Personnes de nationalité étrangère, rapportées à l’ensemble des personnes détenues. Elle indique dans combien de langues les soins doivent être proposés.

indicator-persons_held_drug_acts-name = Personnes détenues pour infraction à la législation sur les drogues
indicator-persons_held_drug_acts-short = Infractions liées aux drogues
indicator-persons_held_drug_acts-definition = Personnes détenues pour des actes impliquant des substances psychoactives contrôlées (ICCS, section 06), selon l’infraction principale lorsque le pays compte ainsi.

indicator-drug_law_share-name = Part des personnes détenues pour infraction à la législation sur les drogues
indicator-drug_law_share-short = Part liée aux drogues
indicator-drug_law_share-definition = Personnes détenues pour infraction à la législation sur les drogues, rapportées à l’ensemble des personnes détenues.

indicator-persons_held_drug_possession-name = Personnes détenues pour détention de drogues
indicator-persons_held_drug_possession-short = Détention de drogues
indicator-persons_held_drug_possession-definition = Personnes détenues pour détention de drogues destinées à leur propre usage.

indicator-drug_possession_share-name = Part des personnes détenues pour détention de drogues
indicator-drug_possession_share-short = Part pour détention de drogues
indicator-drug_possession_share-definition = Personnes détenues pour détention de drogues destinées à leur propre usage, rapportées à l’ensemble des personnes détenues : les premières concernées par les alternatives à l’emprisonnement.

indicator-persons_entering-name = Entrées en prison dans l’année
indicator-persons_entering-short = Entrées
indicator-persons_entering-definition = Entrées en prison au cours de l’année. Dans la plupart des pays, une personne entrée deux fois est comptée deux fois.

indicator-persons_entering_unsentenced-name = Entrées en prison de personnes non condamnées
indicator-persons_entering_unsentenced-short = Entrées, non condamnées
indicator-persons_entering_unsentenced-definition = Entrées en prison, au cours de l’année, de personnes en attente d’un procès ou d’une première condamnation.

indicator-persons_entering_sentenced-name = Entrées en prison de personnes condamnées
indicator-persons_entering_sentenced-short = Entrées, condamnées
indicator-persons_entering_sentenced-definition = Entrées en prison, au cours de l’année, de personnes condamnées.

indicator-entries_per_person_held-name = Entrées par personne détenue
indicator-entries_per_person_held-short = Rotation
indicator-entries_per_person_held-definition = Entrées au cours de l’année pour chaque personne détenue le jour du recensement. Plus ce nombre est élevé, plus les séjours sont courts et les passages fréquents.

indicator-persons_entering_drug_acts-name = Entrées en prison pour infraction à la législation sur les drogues
indicator-persons_entering_drug_acts-short = Entrées liées aux drogues
indicator-persons_entering_drug_acts-definition = Entrées en prison au cours de l’année pour des actes impliquant des substances psychoactives contrôlées.

indicator-persons_entering_drug_possession-name = Entrées en prison pour détention de drogues
indicator-persons_entering_drug_possession-short = Entrées, détention de drogues
indicator-persons_entering_drug_possession-definition = Entrées en prison au cours de l’année pour détention de drogues destinées à l’usage personnel.

indicator-persons_supervised-name = Personnes suivies en milieu ouvert
indicator-persons_supervised-short = Milieu ouvert
indicator-persons_supervised-definition = Personnes exécutant une peine ou une mesure en milieu ouvert, comme la probation, le jour du recensement.

indicator-supervised_per_person_held-name = Personnes suivies en milieu ouvert par personne détenue
indicator-supervised_per_person_held-short = Milieu ouvert par personne détenue
indicator-supervised_per_person_held-definition = Personnes suivies en milieu ouvert pour chaque personne détenue. En dessous de 1, la prison est la réponse habituelle.

indicator-persons_released_preventively-name = Personnes libérées par anticipation pendant la pandémie de COVID-19
indicator-persons_released_preventively-short = Libérations préventives
indicator-persons_released_preventively-definition = Personnes libérées pour prévenir les infections pendant la pandémie de COVID-19, jusqu’au jour du recensement.

indicator-people_diverted_to_treatment-name = Personnes orientées vers un traitement au lieu de la prison
indicator-people_diverted_to_treatment-short = Orientées vers un traitement
indicator-people_diverted_to_treatment-definition = Personnes qui, dans l’année, se sont vu proposer un traitement, une éducation ou une réadaptation à la place de l’arrestation, de la condamnation ou de la peine pour une infraction liée aux drogues, et l’ont accepté.
indicator-people_diverted_to_treatment-question = Au cours de la dernière année complète, combien de personnes ont commencé un traitement, une éducation ou une réadaptation à la place de la prison pour une infraction liée aux drogues ?

indicator-prison_facilities-name = Établissements pénitentiaires
indicator-prison_facilities-short = Établissements
indicator-prison_facilities-definition = Prisons et autres établissements pénitentiaires qui détiennent des personnes.

indicator-prison_staff-name = Personnel pénitentiaire
indicator-prison_staff-short = Personnel
indicator-prison_staff-definition = Personnes travaillant dans les prisons ou dans l’administration pénitentiaire, en équivalents temps plein lorsque la source compte ainsi.

indicator-persons_held_per_staff-name = Personnes détenues par agent
indicator-persons_held_per_staff-short = Par agent
indicator-persons_held_per_staff-definition = Personnes détenues le jour du recensement pour chaque membre du personnel pénitentiaire.

indicator-people_who_inject-name = Personnes qui s’injectent des drogues
indicator-people_who_inject-short = Personnes qui s’injectent
indicator-people_who_inject-definition = Nombre estimé de personnes qui s’injectent des drogues dans le pays, en prison et au-dehors.
indicator-people_who_inject-question = Combien de personnes s’injectent des drogues dans le pays, selon quelle estimation, pour quelle année et avec quel intervalle ?

indicator-injected_ever_prison-name = Personnes détenues s’étant déjà injecté des drogues
indicator-injected_ever_prison-short = Injection au cours de la vie
indicator-injected_ever_prison-definition = Personnes détenues s’étant déjà injecté des drogues, rapportées aux personnes interrogées dans une enquête.
indicator-injected_ever_prison-question = Dans une enquête auprès des personnes détenues, combien des personnes interrogées se sont déjà injecté des drogues ?

indicator-injecting_in_prison-name = Personnes s’étant injecté des drogues en prison
indicator-injecting_in_prison-short = Injection en prison
indicator-injecting_in_prison-definition = Personnes détenues déclarant s’être injecté des drogues pendant le séjour actuel, rapportées aux personnes interrogées dans une enquête.
indicator-injecting_in_prison-question = Dans une enquête anonyme, combien de personnes détenues déclarent s’être injecté des drogues pendant ce séjour ?

indicator-drug_dependence_prison-name = Personnes détenues présentant une dépendance aux drogues
indicator-drug_dependence_prison-short = Dépendance
indicator-drug_dependence_prison-definition = Personnes détenues chez qui une dépendance aux drogues a été constatée à l’entrée ou dans une enquête, rapportées aux personnes examinées.
indicator-drug_dependence_prison-question = Parmi les personnes examinées à l’entrée en prison, combien présentaient une dépendance aux drogues, et auxquelles ?

indicator-hiv_prevalence_prison-name = VIH parmi les personnes détenues
indicator-hiv_prevalence_prison-short = VIH en prison
indicator-hiv_prevalence_prison-definition = Personnes détenues vivant avec le VIH, rapportées aux personnes testées ou enquêtées.
indicator-hiv_prevalence_prison-question = Combien de personnes détenues ont été testées pour le VIH au cours de la dernière année complète ou enquête, et combien étaient positives ?
indicator-hiv_prevalence_prison-basis = Les personnes détenues figurent à côté des personnes qui s’injectent des drogues au-dehors : deux populations différentes. À lire côte à côte, non comme un rapport de soins.

indicator-hiv_prevalence_pwid-name = VIH parmi les personnes qui s’injectent des drogues
indicator-hiv_prevalence_pwid-short = VIH, personnes qui s’injectent
indicator-hiv_prevalence_pwid-definition = Personnes qui s’injectent des drogues vivant avec le VIH, rapportées aux personnes testées dans une enquête hors prison.
indicator-hiv_prevalence_pwid-question = Dans la dernière enquête biocomportementale auprès des personnes qui s’injectent des drogues, combien ont été testées pour le VIH, et combien étaient positives ?

indicator-hcv_prevalence_prison-name = Hépatite C parmi les personnes détenues
indicator-hcv_prevalence_prison-short = Hépatite C en prison
indicator-hcv_prevalence_prison-definition = Personnes détenues vivant avec l’hépatite C, rapportées aux personnes testées ou enquêtées.
indicator-hcv_prevalence_prison-question = Combien de personnes détenues ont été testées pour l’hépatite C au cours de la dernière année complète ou enquête, et combien étaient positives ?
indicator-hcv_prevalence_prison-basis = Les personnes détenues figurent à côté des personnes qui s’injectent des drogues au-dehors : deux populations différentes. À lire côte à côte, non comme un rapport de soins.

indicator-hcv_prevalence_pwid-name = Hépatite C parmi les personnes qui s’injectent des drogues
indicator-hcv_prevalence_pwid-short = Hépatite C, personnes qui s’injectent
indicator-hcv_prevalence_pwid-definition = Personnes qui s’injectent des drogues vivant avec l’hépatite C, rapportées aux personnes testées dans une enquête hors prison.
indicator-hcv_prevalence_pwid-question = Dans la dernière enquête biocomportementale auprès des personnes qui s’injectent des drogues, combien ont été testées pour l’hépatite C, et combien étaient positives ?

indicator-hbv_prevalence_prison-name = Hépatite B parmi les personnes détenues
indicator-hbv_prevalence_prison-short = Hépatite B en prison
indicator-hbv_prevalence_prison-definition = Personnes détenues vivant avec l’hépatite B, rapportées aux personnes testées ou enquêtées.
indicator-hbv_prevalence_prison-question = Combien de personnes détenues ont été testées pour l’hépatite B au cours de la dernière année complète ou enquête, et combien étaient positives ?
indicator-hbv_prevalence_prison-basis = Les personnes détenues figurent à côté des personnes qui s’injectent des drogues au-dehors : deux populations différentes. À lire côte à côte, non comme un rapport de soins.

indicator-hbv_prevalence_pwid-name = Hépatite B parmi les personnes qui s’injectent des drogues
indicator-hbv_prevalence_pwid-short = Hépatite B, personnes qui s’injectent
indicator-hbv_prevalence_pwid-definition = Personnes qui s’injectent des drogues vivant avec l’hépatite B, rapportées aux personnes testées dans une enquête hors prison.
indicator-hbv_prevalence_pwid-question = Dans la dernière enquête biocomportementale auprès des personnes qui s’injectent des drogues, combien ont été testées pour l’hépatite B, et combien étaient positives ?

indicator-tb_prevalence_prison-name = Tuberculose parmi les personnes détenues
indicator-tb_prevalence_prison-short = TB en prison
indicator-tb_prevalence_prison-definition = Personnes détenues atteintes de tuberculose active, rapportées aux personnes examinées ou détenues.
indicator-tb_prevalence_prison-question = Au cours de la dernière année complète, combien de personnes détenues ont été examinées pour la tuberculose, et combien avaient une maladie active ?
indicator-tb_prevalence_prison-basis = Les personnes détenues, en majorité des hommes d’âge actif, figurent à côté de toute la population.

indicator-tb_prevalence_community-name = Tuberculose dans la population générale
indicator-tb_prevalence_community-short = TB au-dehors
indicator-tb_prevalence_community-definition = Personnes atteintes de tuberculose active, rapportées à la population générale.
indicator-tb_prevalence_community-question = Quelle part de la population générale est atteinte de tuberculose active, selon la dernière estimation ?

indicator-prevention_programme_prison-name = Personnes détenues touchées par la prévention
indicator-prevention_programme_prison-short = Prévention
indicator-prevention_programme_prison-definition = Personnes détenues ayant participé, dans l’année, à une séance ou à un programme de prévention de l’usage de drogues, des infections ou des surdoses, rapportées aux personnes détenues dans l’année.
indicator-prevention_programme_prison-question = Au cours de la dernière année complète, combien de personnes détenues ont participé à une séance de prévention de l’usage de drogues, des infections ou des surdoses, sur combien passées en prison ?

indicator-drug_treatment_prison-name = Traitement de la dépendance en prison
indicator-drug_treatment_prison-short = Traitement en prison
indicator-drug_treatment_prison-definition = Personnes détenues présentant une dépendance aux drogues et ayant reçu dans l’année un traitement ou une réadaptation, rapportées aux personnes détenues présentant une dépendance.
indicator-drug_treatment_prison-question = Parmi les personnes détenues présentant une dépendance aux drogues au cours de la dernière année complète, combien ont reçu un traitement ou une réadaptation, et de quels types ?

indicator-drug_treatment_community-name = Traitement de la dépendance au-dehors
indicator-drug_treatment_community-short = Traitement au-dehors
indicator-drug_treatment_community-definition = Personnes présentant une dépendance aux drogues hors prison et ayant reçu dans l’année un traitement ou une réadaptation, rapportées aux personnes présentant une dépendance.
indicator-drug_treatment_community-question = Parmi les personnes présentant une dépendance aux drogues au-dehors, combien ont reçu un traitement ou une réadaptation au cours de la dernière année complète ?

indicator-oat_programme_prison-name = Traitement agoniste opioïde proposé en prison
indicator-oat_programme_prison-short = TAO proposé en prison
indicator-oat_programme_prison-definition = Possibilité de commencer, et non seulement de poursuivre, un traitement agoniste opioïde (TAO, par méthadone ou buprénorphine) dans au moins une prison.
indicator-oat_programme_prison-question = Peut-on commencer un traitement agoniste opioïde en prison, et dans combien d’établissements sur combien ?

indicator-oat_people_prison-name = Personnes détenues sous traitement agoniste opioïde
indicator-oat_people_prison-short = Sous TAO en prison
indicator-oat_people_prison-definition = Personnes recevant un traitement agoniste opioïde (TAO, par méthadone ou buprénorphine) en prison.
indicator-oat_people_prison-question = Au dernier jour de l’année, combien de personnes détenues recevaient un traitement agoniste opioïde ?

indicator-oat_share_prison-name = Part des personnes détenues sous traitement agoniste opioïde
indicator-oat_share_prison-short = TAO, part des personnes détenues
indicator-oat_share_prison-definition = Personnes sous traitement agoniste opioïde, rapportées à l’ensemble des personnes détenues. Toutes n’en ont pas besoin : la part parmi celles qui en ont besoin est plus élevée.
indicator-oat_share_prison-basis = À l’intérieur, la part porte sur toutes les personnes détenues ; au-dehors, sur les personnes qui s’injectent ou dépendent des opioïdes. Le rapport sous-estime les soins à l’intérieur, à proportion des personnes qui n’en ont pas besoin.

indicator-oat_coverage_prison-name = Couverture du traitement agoniste opioïde en prison
indicator-oat_coverage_prison-short = Couverture TAO en prison
indicator-oat_coverage_prison-definition = Personnes sous traitement agoniste opioïde en prison, rapportées aux personnes détenues dépendantes aux opioïdes.
indicator-oat_coverage_prison-question = Combien de personnes détenues dépendent des opioïdes, et combien d’entre elles recevaient le même jour un traitement agoniste opioïde ?

indicator-oat_coverage_community-name = Couverture du traitement agoniste opioïde au-dehors
indicator-oat_coverage_community-short = Couverture TAO au-dehors
indicator-oat_coverage_community-definition = Personnes sous traitement agoniste opioïde hors prison, rapportées aux personnes qui s’injectent des drogues ou dépendent des opioïdes.
indicator-oat_coverage_community-question = Combien de personnes dépendent des opioïdes au-dehors, et combien reçoivent un traitement agoniste opioïde ?

indicator-oat_continued_after_release-name = Traitement agoniste opioïde poursuivi après la libération
indicator-oat_continued_after_release-short = TAO poursuivi
indicator-oat_continued_after_release-definition = Personnes sous traitement agoniste opioïde le jour de leur libération ayant reçu une dose au-dehors dans les 7 jours, rapportées aux personnes libérées sous traitement.
indicator-oat_continued_after_release-question = Parmi les personnes libérées sous traitement agoniste opioïde au cours de la dernière année complète, combien ont reçu une dose au-dehors dans les 7 jours ?

indicator-needles_programme_prison-name = Programme d’aiguilles et de seringues en prison
indicator-needles_programme_prison-short = Aiguilles proposées en prison
indicator-needles_programme_prison-definition = Possibilité d’obtenir des aiguilles et des seringues stériles dans au moins une prison.
indicator-needles_programme_prison-question = Peut-on obtenir des aiguilles et des seringues stériles en prison, dans combien d’établissements sur combien, et comment (infirmier, pair, automate) ?

indicator-needles_given_prison-name = Aiguilles et seringues distribuées en prison
indicator-needles_given_prison-short = Aiguilles en prison
indicator-needles_given_prison-definition = Aiguilles et seringues stériles remises aux personnes détenues dans l’année.
indicator-needles_given_prison-question = Combien d’aiguilles et de seringues stériles ont été distribuées à l’intérieur des prisons au cours de la dernière année complète, sans compter celles distribuées au-dehors ?

indicator-needles_per_person_prison-name = Aiguilles et seringues par personne détenue
indicator-needles_per_person_prison-short = Aiguilles par personne détenue
indicator-needles_per_person_prison-definition = Aiguilles et seringues distribuées en prison dans l’année pour chaque personne détenue, qu’elle s’injecte ou non.
indicator-needles_per_person_prison-basis = À l’intérieur, les aiguilles sont rapportées à toutes les personnes détenues ; au-dehors, aux personnes qui s’injectent des drogues.

indicator-needles_per_person_community-name = Aiguilles et seringues par personne qui s’injecte des drogues
indicator-needles_per_person_community-short = Aiguilles par personne qui s’injecte
indicator-needles_per_person_community-definition = Aiguilles et seringues distribuées par les programmes dans l’année pour chaque personne qui s’injecte des drogues. L’OMS en recommande au moins 300 d’ici 2030.
indicator-needles_per_person_community-question = Combien d’aiguilles et de seringues les programmes ont-ils distribuées au cours de la dernière année complète, et à combien de personnes qui s’injectent des drogues ?

indicator-condoms_given_prison-name = Préservatifs distribués en prison
indicator-condoms_given_prison-short = Préservatifs en prison
indicator-condoms_given_prison-definition = Préservatifs remis aux personnes détenues dans l’année.
indicator-condoms_given_prison-question = Combien de préservatifs ont été distribués à l’intérieur des prisons au cours de la dernière année complète ?

indicator-condoms_per_person_prison-name = Préservatifs par personne détenue
indicator-condoms_per_person_prison-short = Préservatifs par personne détenue
indicator-condoms_per_person_prison-definition = Préservatifs distribués en prison dans l’année pour chaque personne détenue.

indicator-naloxone_at_release-name = Naloxone remise à la libération
indicator-naloxone_at_release-short = Naloxone à la libération
indicator-naloxone_at_release-definition = Personnes dépendantes aux opioïdes ayant reçu de la naloxone à emporter à leur sortie de prison, rapportées aux personnes libérées.
indicator-naloxone_at_release-question = Parmi les personnes dépendantes aux opioïdes libérées au cours de la dernière année complète, combien ont reçu de la naloxone à emporter ?
indicator-naloxone_at_release-basis = À l’intérieur, les personnes sortant de prison ; au-dehors, les personnes qui s’injectent des drogues.

indicator-naloxone_community-name = Naloxone détenue au-dehors
indicator-naloxone_community-short = Naloxone au-dehors
indicator-naloxone_community-definition = Personnes qui s’injectent des drogues disposant de naloxone à emporter, rapportées aux personnes interrogées dans une enquête.
indicator-naloxone_community-question = Dans la dernière enquête, combien de personnes qui s’injectent des drogues disposent de naloxone à emporter ?

indicator-hiv_testing_prison-name = Dépistage du VIH en prison
indicator-hiv_testing_prison-short = Dépistage VIH en prison
indicator-hiv_testing_prison-definition = Personnes testées pour le VIH et ayant appris leur résultat en prison dans l’année, rapportées aux personnes détenues dans l’année.
indicator-hiv_testing_prison-question = Au cours de la dernière année complète, combien de personnes détenues ont été testées pour le VIH et ont appris leur résultat, sur combien passées en prison ?
indicator-hiv_testing_prison-basis = À l’intérieur, les personnes détenues ; au-dehors, les personnes qui s’injectent des drogues : les personnes comptées diffèrent, le service est le même.

indicator-hiv_testing_community-name = Dépistage du VIH au-dehors
indicator-hiv_testing_community-short = Dépistage VIH au-dehors
indicator-hiv_testing_community-definition = Personnes qui s’injectent des drogues testées pour le VIH au cours des 12 derniers mois et connaissant leur résultat, rapportées aux personnes interrogées dans une enquête.
indicator-hiv_testing_community-question = Dans la dernière enquête, combien de personnes qui s’injectent des drogues ont été testées pour le VIH au cours des 12 derniers mois et connaissent leur résultat ?

indicator-art_coverage_prison-name = Traitement antirétroviral en prison
indicator-art_coverage_prison-short = TAR en prison
indicator-art_coverage_prison-definition = Personnes détenues sous traitement antirétroviral (TAR), rapportées aux personnes détenues vivant avec le VIH.
indicator-art_coverage_prison-question = Combien de personnes détenues vivent avec le VIH, et combien d’entre elles sont sous traitement antirétroviral ?

indicator-art_coverage_community-name = Traitement antirétroviral au-dehors
indicator-art_coverage_community-short = TAR au-dehors
indicator-art_coverage_community-definition = Personnes sous traitement antirétroviral (TAR) hors prison, rapportées aux personnes vivant avec le VIH.
indicator-art_coverage_community-question = Combien de personnes dans le pays vivent avec le VIH, et combien d’entre elles sont sous traitement antirétroviral ?

indicator-hcv_testing_prison-name = Dépistage de l’hépatite C en prison
indicator-hcv_testing_prison-short = Dépistage hépatite C en prison
indicator-hcv_testing_prison-definition = Personnes testées pour l’hépatite C et ayant appris leur résultat en prison dans l’année, rapportées aux personnes détenues dans l’année.
indicator-hcv_testing_prison-question = Au cours de la dernière année complète, combien de personnes détenues ont été testées pour l’hépatite C et ont appris leur résultat, sur combien passées en prison ?
indicator-hcv_testing_prison-basis = À l’intérieur, les personnes détenues ; au-dehors, les personnes qui s’injectent des drogues : les personnes comptées diffèrent, le service est le même.

indicator-hcv_testing_community-name = Dépistage de l’hépatite C au-dehors
indicator-hcv_testing_community-short = Dépistage hépatite C au-dehors
indicator-hcv_testing_community-definition = Personnes qui s’injectent des drogues testées pour l’hépatite C au cours des 12 derniers mois et connaissant leur résultat, rapportées aux personnes interrogées dans une enquête.
indicator-hcv_testing_community-question = Dans la dernière enquête, combien de personnes qui s’injectent des drogues ont été testées pour l’hépatite C au cours des 12 derniers mois et connaissent leur résultat ?

indicator-hcv_treatment_prison-name = Traitement de l’hépatite C en prison
indicator-hcv_treatment_prison-short = Traitement hépatite C en prison
indicator-hcv_treatment_prison-definition = Personnes détenues atteintes d’hépatite C chronique ayant commencé dans l’année un traitement par antiviraux à action directe, rapportées aux personnes diagnostiquées.
indicator-hcv_treatment_prison-question = Combien de personnes détenues étaient connues comme atteintes d’hépatite C chronique au cours de la dernière année complète, et combien ont commencé un traitement par antiviraux à action directe ?

indicator-hcv_treatment_community-name = Traitement de l’hépatite C au-dehors
indicator-hcv_treatment_community-short = Traitement hépatite C au-dehors
indicator-hcv_treatment_community-definition = Personnes hors prison atteintes d’hépatite C chronique ayant commencé dans l’année un traitement par antiviraux à action directe, rapportées aux personnes diagnostiquées.
indicator-hcv_treatment_community-question = Combien de personnes hors prison étaient connues comme atteintes d’hépatite C chronique au cours de la dernière année complète, et combien ont commencé un traitement ?

indicator-hbv_vaccination_prison-name = Vaccination contre l’hépatite B en prison
indicator-hbv_vaccination_prison-short = Vaccination hépatite B en prison
indicator-hbv_vaccination_prison-definition = Personnes détenues ayant reçu un schéma complet de vaccination contre l’hépatite B, rapportées aux personnes détenues.
indicator-hbv_vaccination_prison-question = Combien de personnes détenues ont reçu un schéma complet de vaccination contre l’hépatite B, et est-il proposé à l’entrée ?
indicator-hbv_vaccination_prison-basis = À l’intérieur, les personnes détenues ; au-dehors, les personnes qui s’injectent des drogues : les personnes comptées diffèrent, le service est le même.

indicator-hbv_vaccination_community-name = Vaccination contre l’hépatite B au-dehors
indicator-hbv_vaccination_community-short = Vaccination hépatite B au-dehors
indicator-hbv_vaccination_community-definition = Personnes qui s’injectent des drogues ayant reçu un schéma complet de vaccination contre l’hépatite B, rapportées aux personnes interrogées dans une enquête.
indicator-hbv_vaccination_community-question = Dans la dernière enquête, combien de personnes qui s’injectent des drogues ont reçu un schéma complet de vaccination contre l’hépatite B ?

indicator-tb_treatment_success_prison-name = Traitement de la tuberculose mené à terme en prison
indicator-tb_treatment_success_prison-short = Traitement TB terminé en prison
indicator-tb_treatment_success_prison-definition = Personnes ayant commencé un traitement antituberculeux en prison et guéries ou l’ayant mené à terme, rapportées aux personnes l’ayant commencé.
indicator-tb_treatment_success_prison-question = Parmi les personnes ayant commencé un traitement antituberculeux en prison, combien ont guéri ou l’ont mené à terme, y compris celles libérées entre-temps ?

indicator-tb_treatment_success_community-name = Traitement de la tuberculose mené à terme au-dehors
indicator-tb_treatment_success_community-short = Traitement TB terminé au-dehors
indicator-tb_treatment_success_community-definition = Personnes ayant commencé un traitement antituberculeux hors prison et guéries ou l’ayant mené à terme, rapportées aux personnes l’ayant commencé.
indicator-tb_treatment_success_community-question = Parmi les personnes ayant commencé un traitement antituberculeux hors prison, combien ont guéri ou l’ont mené à terme ?

indicator-stigma_avoided_care_prison-name = Personnes détenues ayant renoncé aux soins par crainte de la stigmatisation
indicator-stigma_avoided_care_prison-short = Renoncement en prison
indicator-stigma_avoided_care_prison-definition = Personnes détenues qui consomment des drogues et n’ont pas demandé de soins au cours des 12 derniers mois par crainte du comportement du personnel ou d’autrui, rapportées aux personnes interrogées.
indicator-stigma_avoided_care_prison-question = Dans une enquête anonyme, combien de personnes détenues consommant des drogues n’ont pas demandé de soins au cours des 12 derniers mois par crainte de la manière dont elles seraient traitées ?
indicator-stigma_avoided_care_prison-basis = À l’intérieur, les personnes détenues qui consomment des drogues ; au-dehors, les personnes qui s’injectent des drogues.

indicator-stigma_avoided_care_community-name = Personnes ayant renoncé aux soins au-dehors par crainte de la stigmatisation
indicator-stigma_avoided_care_community-short = Renoncement au-dehors
indicator-stigma_avoided_care_community-definition = Personnes qui s’injectent des drogues et n’ont pas demandé de soins au cours des 12 derniers mois par crainte de la stigmatisation ou de la discrimination, rapportées aux personnes interrogées dans une enquête.
indicator-stigma_avoided_care_community-question = Dans la dernière enquête, combien de personnes qui s’injectent des drogues ont évité les soins au cours des 12 derniers mois par crainte de la stigmatisation ?

indicator-staff_trained_prison-name = Personnel pénitentiaire formé aux drogues et à la stigmatisation
indicator-staff_trained_prison-short = Personnel formé
indicator-staff_trained_prison-definition = Membres du personnel pénitentiaire ayant suivi, au cours des trois dernières années, une formation sur la dépendance, la réduction des risques et la stigmatisation, rapportés au personnel pénitentiaire.
indicator-staff_trained_prison-question = Combien d’agents pénitentiaires, sur combien, ont suivi au cours des trois dernières années une formation sur la dépendance, la réduction des risques et la stigmatisation ?

indicator-deaths_prison-name = Décès en prison
indicator-deaths_prison-short = Décès
indicator-deaths_prison-definition = Personnes décédées en prison, ou ailleurs sous la garde d’une prison, dans l’année, quelle qu’en soit la cause.

indicator-death_rate_prison-name = Décès pour 1 000 personnes détenues
indicator-death_rate_prison-short = Taux de décès
indicator-death_rate_prison-definition = Décès dans l’année pour 1 000 personnes détenues le jour du recensement. Peu de décès donnent un intervalle large.

indicator-suicides_prison-name = Suicides en prison
indicator-suicides_prison-short = Suicides
indicator-suicides_prison-definition = Personnes décédées par suicide en prison dans l’année.

indicator-suicide_rate_prison-name = Suicides pour 1 000 personnes détenues
indicator-suicide_rate_prison-short = Taux de suicide
indicator-suicide_rate_prison-definition = Décès par suicide dans l’année pour 1 000 personnes détenues le jour du recensement. Peu de décès donnent un intervalle large.

indicator-homicides_prison-name = Homicides en prison
indicator-homicides_prison-short = Homicides
indicator-homicides_prison-definition = Personnes tuées par une autre personne en prison dans l’année.

indicator-homicide_rate_prison-name = Homicides pour 1 000 personnes détenues
indicator-homicide_rate_prison-short = Taux d’homicide
indicator-homicide_rate_prison-definition = Décès par homicide volontaire dans l’année pour 1 000 personnes détenues le jour du recensement. Peu de décès donnent un intervalle large.

indicator-deaths_natural_prison-name = Décès en prison de cause naturelle
indicator-deaths_natural_prison-short = Causes naturelles
indicator-deaths_natural_prison-definition = Personnes décédées d’une maladie ou d’une autre cause naturelle en prison dans l’année.

indicator-natural_death_rate_prison-name = Décès de cause naturelle pour 1 000 personnes détenues
indicator-natural_death_rate_prison-short = Taux de décès naturels
indicator-natural_death_rate_prison-definition = Décès de cause naturelle dans l’année pour 1 000 personnes détenues le jour du recensement. Peu de décès donnent un intervalle large.

indicator-deaths_external_prison-name = Décès en prison de cause externe
indicator-deaths_external_prison-short = Causes externes
indicator-deaths_external_prison-definition = Personnes décédées d’une cause externe (suicide, homicide, accident, surdose) en prison dans l’année.

indicator-deaths_accident_prison-name = Décès en prison par accident et autre cause externe
indicator-deaths_accident_prison-short = Accidents et autres
indicator-deaths_accident_prison-definition = Personnes décédées d’un accident ou d’une cause externe autre que le suicide et l’homicide en prison dans l’année ; des surdoses peuvent en faire partie.

indicator-overdose_deaths_prison-name = Décès par surdose en prison
indicator-overdose_deaths_prison-short = Surdoses en prison
indicator-overdose_deaths_prison-definition = Personnes décédées d’une surdose en prison dans l’année.
indicator-overdose_deaths_prison-question = Combien de personnes sont décédées d’une surdose en prison au cours de la dernière année complète, et une analyse toxicologique a-t-elle été faite pour chaque décès inexpliqué ?

indicator-overdose_deaths_after_release-name = Décès par surdose dans les quatre semaines suivant la libération
indicator-overdose_deaths_after_release-short = Surdoses après libération
indicator-overdose_deaths_after_release-definition = Personnes décédées d’une surdose dans les quatre semaines suivant leur sortie de prison, dans l’année.
indicator-overdose_deaths_after_release-question = En croisant le registre des libérations et celui des décès, combien de personnes sont décédées d’une surdose dans les quatre semaines suivant leur libération ?

indicator-persons_held_drug_trafficking-name = Personnes détenues pour trafic de drogues
indicator-persons_held_drug_trafficking-short = Trafic
indicator-persons_held_drug_trafficking-definition = Personnes détenues pour avoir produit, transporté ou vendu des drogues.

indicator-drug_trafficking_share-name = Part des personnes détenues pour trafic de drogues
indicator-drug_trafficking_share-short = Part pour trafic
indicator-drug_trafficking_share-definition = Personnes détenues pour trafic de drogues, rapportées à l’ensemble des personnes détenues.

indicator-persons_entering_drug_trafficking-name = Entrées en prison pour trafic de drogues
indicator-persons_entering_drug_trafficking-short = Entrées, trafic
indicator-persons_entering_drug_trafficking-definition = Entrées en prison au cours de l’année pour avoir produit, transporté ou vendu des drogues.

indicator-drug_law_offences-name = Infractions à la législation sur les drogues enregistrées par la police
indicator-drug_law_offences-short = Infractions enregistrées
indicator-drug_law_offences-definition = Infractions à la législation sur les drogues enregistrées par la police dans l’année, tous types confondus.
indicator-drug_law_offences-question = Combien d’infractions à la législation sur les drogues la police a-t-elle enregistrées au cours de la dernière année complète, et combien pour seul usage ou détention ?

indicator-drug_seizures_prison-name = Saisies de drogues en prison
indicator-drug_seizures_prison-short = Saisies en prison
indicator-drug_seizures_prison-definition = Nombre de fois où des drogues ont été découvertes et saisies dans une prison ou à son entrée dans l’année.
indicator-drug_seizures_prison-question = Combien de fois des drogues ont-elles été saisies dans les prisons ou à leur entrée au cours de la dernière année complète, quelles substances, et par quelle voie étaient-elles entrées ?
