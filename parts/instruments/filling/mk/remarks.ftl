# Remarks on answers, the answers of an earlier round, languages that nobody has checked yet
fill-last = Може да почнете од вашите одговори од { $day }: погледнете го секој и изменете го она што се променило.
fill-last-go = Почни со тие одговори
fill-empty-go = Почни без нив
fill-draft = нацрт за проверка
fill-remarks = Забелешки за вашите одговори
fill-remarks-lead = Кој ги проверува вашите одговори пишува овде; вие може да одговорите.
fill-remarks-none = Сè уште ништо не е напишано.
fill-remarks-you = Вие
fill-remarks-reviewer = Лице што проверува
fill-remarks-whole = Во целина
fill-remarks-about = На што се однесува
fill-remarks-write = Вашиот одговор
fill-remarks-send = Испрати го одговорот
fill-remarks-empty = Прво напишете нешто.
