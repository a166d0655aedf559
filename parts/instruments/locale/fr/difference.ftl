# Ce qui a changé d’une version à l’autre : règles, indications, listes
change-rule-relevant = quand elle est posée
change-rule-constraint = ce qu’elle accepte
change-rule-required = réponse obligatoire ou non
change-rule-calculate = comment elle est calculée
change-rule-readonly = modifiable ou non
change-rule = Question { $name }, { $rule } : « { $before } » devient « { $after } »
change-rule-new = Question { $name }, { $rule } : nouvelle règle, « { $after } »
change-rule-gone = Question { $name }, { $rule } : la règle « { $before } » disparaît
change-hint = L’indication de la question { $name } en { $language } était « { $before } » et devient « { $after } »
change-list-added = Nouvelle liste { $list }
change-list-removed = La liste { $list } disparaît
