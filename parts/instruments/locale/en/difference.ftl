# What changed from version to version, in rules, hints and lists
change-rule-relevant = when it is asked
change-rule-constraint = what it takes
change-rule-required = whether it must be answered
change-rule-calculate = how it is calculated
change-rule-readonly = whether it can be changed
change-rule = Question { $name }, { $rule }: was “{ $before }”, is now “{ $after }”
change-rule-new = Question { $name }, { $rule }: a new rule, “{ $after }”
change-rule-gone = Question { $name }, { $rule }: the rule “{ $before }” is gone
change-hint = The hint of question { $name } in { $language } read “{ $before }” and now reads “{ $after }”
change-list-added = New list { $list }
change-list-removed = List { $list } is gone
