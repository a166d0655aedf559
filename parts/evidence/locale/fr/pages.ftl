# Pages
evidence-title = Ce qui est efficace
evidence-lead = Effets publiés, par thème et par milieu, chacun avec sa source et ses incertitudes.
evidence-topic-title = Ce que l’on sait : { $topic }
evidence-effect-title = Un effet et son origine
evidence-sources-title = Sources
evidence-source-title = Source : { $short }
evidence-interventions-title = Interventions
evidence-none-for-topic = Aucun effet n’est encore consigné pour ce thème.
evidence-none-for-intervention = Aucun effet n’est encore consigné pour cette intervention.
evidence-in-words = Constats en mots et dénombrements
evidence-note-original = Note, telle que consignée en anglais
evidence-effects-of-source = Effets fondés sur cette source

# Dans la navigation et le fil
way-evidence = Ce qui est efficace
way-sources = Sources
change-evidence-loaded =
    Données probantes chargées : { $sources ->
        [one] { $sources } source
       *[other] { $sources } sources
    } et { $effects ->
        [one] { $effects } effet
       *[other] { $effects } effets
    }, ajoutés ou modifiés

# Listes et fiches
evidence-kind-topic = Thème
evidence-kind-intervention = Intervention
evidence-kind-effect = Effet
evidence-kind-source = Source
evidence-effect = Ce qui a été constaté
evidence-setting = Où
evidence-topic = Thème
evidence-topics = Thèmes
evidence-intervention = Intervention
evidence-outcome = Résultat mesuré
evidence-detail = Plus précisément
evidence-people = Personnes
evidence-place = Lieu
evidence-years = Années des données
evidence-direction = Dans quel sens
evidence-measure = Mesure
evidence-estimate = Estimation
evidence-estimate-help = Telle que publiée, dans l’unité de la mesure
evidence-interval = Intervalle à 95 %
evidence-low = Borne basse
evidence-high = Borne haute
evidence-out-of = sur { $of }
evidence-whole = Sur
evidence-turned = Avec, rapporté à sans
evidence-adjustment = Ajustement
evidence-studies = Études
evidence-participants = Personnes étudiées
evidence-heterogeneity = Accord entre les études
evidence-grade = Degré de certitude
evidence-locator = Où dans la source
evidence-address = Où le chiffre a été lu
evidence-checked = Vérification
evidence-is-checked = Vérifié
evidence-no-interval = La source, telle que consignée, ne donne pas d’intervalle
evidence-in-words-only = Le constat est en mots, sans chiffre
evidence-id = Identifiant
evidence-parameter = Ce qui a été mesuré
evidence-population = Chez qui
evidence-note = Note
evidence-subject = { $intervention } : { $outcome }
evidence-figure = Le chiffre
evidence-about = De quoi il s’agit
evidence-original = Tel que consigné, en anglais
evidence-siblings = Publié avec cet effet
evidence-to-source = Tout sur cette source
evidence-usable = Un modèle peut partir de ce chiffre.
evidence-no-number = Sans chiffre, il ne sert de départ à aucun modèle.
evidence-empty = Aucune donnée probante n’est encore chargée. Les effets et les sources fournis avec le programme se chargent par :
evidence-count =
    { $count ->
        [one] { $count } effet
       *[other] { $count } effets
    } · { $prison ->
        [none] aucun de prison ou d’après la libération
       *[other] { $prison } de prison ou d’après la libération
    }
evidence-all = Tous les effets
evidence-all-lead = { $count } effets issus de { $sources } sources. Chaque ligne mène à la fiche de l’effet, et de là à sa source.
evidence-of-topic = Tous les effets : { $topic }
evidence-topic-lead = Les données recueillies en prison, dans les semaines qui suivent la libération et en milieu libre sont montrées à part et jamais regroupées. Un signe creux désigne un chiffre que personne n’a vérifié dans sa source.
evidence-other-topics = Autres thèmes
evidence-filter = hépatite, méthadone, libération…
evidence-filter-sources = auteur, titre, éditeur…
evidence-sources-lead = Chaque chiffre et chaque effet mène à l’une d’elles.

# Dessins
forest-subtitle = { $scale } ; intervalles à 95 % quand la source en donne. Rien n’est regroupé entre les milieux.
forest-finding-ratio =
    { $way ->
        [better] { $topic } : nettement mieux dans { $better } comparaisons sur { $all }{ $worse ->
            [none] {""}
           *[other] , moins bien dans { $worse }
        }
        [worse] { $topic } : nettement moins bien dans { $worse } comparaisons sur { $all }{ $better ->
            [none] {""}
           *[other] , mieux dans { $better }
        }
       *[other] { $topic } : pas de réponse claire dans { $all } comparaisons
    }
forest-unit =
    { $scale ->
        [percent] {" "}%
        [per-1000-person-years] {" "}pour 1 000 personnes-années
        [per-10000-exposures] {" "}pour 10 000 expositions
       *[other] {" "}pour 100 000 habitants
    }
forest-finding-level =
    { $way ->
        [one] { $topic } : { $high }{ forest-unit }
        [several] { $topic } : { $all } chiffres publiés pour { $outcomes } résultats différents
        [range] { $topic } : de { $low } à { $high }{ forest-unit } dans { $all } chiffres publiés
       *[other] { $topic } : aucun chiffre vérifié
    }

# Dans le dossier d’un pays
section-what-works = Ce qui est efficace
section-what-works-lead = Effets publiés de ce qu’un service pénitentiaire peut faire ; les données de prison, de libération et de milieu libre restent séparées. Ils proviennent d’études, et non de ce seul pays.
finding-what-works = { $intervention }, selon des études : { effect-subject }, { $change } % de moins ({ $near }–{ $far } %).

# Refus
refusal-no-topic = Il n’y a pas de thème { $value }.
refusal-no-topic-do = Choisissez-en un dans la liste des thèmes, sous « Ce qui est efficace ».
refusal-no-effect = Il n’y a pas d’effet dont l’identifiant soit { $value }.
refusal-no-effect-do = Cherchez-le dans la liste de tous les effets, sous « Ce qui est efficace ».
refusal-no-source = Il n’y a pas de source dont l’identifiant soit { $value }.
refusal-no-source-do = Cherchez-la dans la liste des sources, par auteur ou par titre.
refusal-no-drawing = Il n’y a pas de dessin { $value } pour ce thème.
refusal-no-drawing-do = Ouvrez la page du thème : les téléchargements sont sous chaque dessin.
refusal-unknown-word = « { $value } » ne peut pas servir pour { $name }.
refusal-unknown-word-do = Utilisez l’un de ces mots : { $known }.
