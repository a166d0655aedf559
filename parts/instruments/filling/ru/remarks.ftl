# Remarks on answers, the answers of an earlier round, languages that nobody has checked yet
fill-last = Можно начать с ваших ответов от { $day }: просмотрите каждый и исправьте то, что изменилось.
fill-last-go = Начать с этих ответов
fill-empty-go = Начать без них
fill-draft = черновик для проверки
fill-remarks = Замечания к вашим ответам
fill-remarks-lead = Тот, кто проверяет ваши ответы, пишет здесь; вы можете ответить.
fill-remarks-none = Пока ничего не написано.
fill-remarks-you = Вы
fill-remarks-reviewer = Проверяющий
fill-remarks-whole = О записи в целом
fill-remarks-about = О чём
fill-remarks-write = Ваш ответ
fill-remarks-send = Отправить ответ
fill-remarks-empty = Сначала напишите что-нибудь.
