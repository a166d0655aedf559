# Remarks on answers, the answers of an earlier round, languages that nobody has checked yet
fill-last = Можете почети од својих одговора од { $day }: погледајте сваки и измените оно што се променило.
fill-last-go = Почни са тим одговорима
fill-empty-go = Почни без њих
fill-draft = нацрт за проверу
fill-remarks = Примедбе на ваше одговоре
fill-remarks-lead = Ко проверава ваше одговоре пише овде; можете да одговорите.
fill-remarks-none = Још ништа није написано.
fill-remarks-you = Ви
fill-remarks-reviewer = Особа која проверава
fill-remarks-whole = У целини
fill-remarks-about = На шта се односи
fill-remarks-write = Ваш одговор
fill-remarks-send = Пошаљи одговор
fill-remarks-empty = Прво нешто напишите.
