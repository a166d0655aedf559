# Remarks on answers, the answers of an earlier round, languages that nobody has checked yet
fill-last = Можна почати з ваших відповідей від { $day }: перегляньте кожну й виправте те, що змінилося.
fill-last-go = Почати з цих відповідей
fill-empty-go = Почати без них
fill-draft = чернетка для перевірки
fill-remarks = Зауваження до ваших відповідей
fill-remarks-lead = Той, хто перевіряє ваші відповіді, пише тут; ви можете відповісти.
fill-remarks-none = Поки що нічого не написано.
fill-remarks-you = Ви
fill-remarks-reviewer = Рецензент
fill-remarks-whole = Про запис загалом
fill-remarks-about = Про що
fill-remarks-write = Ваша відповідь
fill-remarks-send = Надіслати відповідь
fill-remarks-empty = Спершу напишіть щось.
