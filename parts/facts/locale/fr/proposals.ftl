# Les chiffres des enquêtes et des questionnaires du programme, en route vers le dossier d’un pays.
import-kind-survey = D’une enquête du programme
figure-origin = Le lire là où il a été diffusé : { $what }
flag-withdrawn = Retiré
flag-withdrawn-means = Ce sur quoi il repose a été retiré par ceux qui l’avaient diffusé. Montré, mais exclu des rangs et des rapports.
reason-withdrawn = Le tableau ou la vague { $record } sur lequel il repose a été retiré ; sa page dit pourquoi.
reason-weak-estimate = Une estimation d’enquête sur peu de personnes, peu de prisons ou à large intervalle ({ $n } réponses, aussi exacte qu’un échantillon simple de { $effective }).
reason-part-of-prisons = Additionné sur { $answered } établissements ; { $asked } ont été interrogés. Ce que les autres auraient donné manque.
