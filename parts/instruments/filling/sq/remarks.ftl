# Remarks on answers, the answers of an earlier round, languages that nobody has checked yet
fill-last = Mund të nisni nga përgjigjet tuaja të { $day }: shikoni secilën dhe ndryshoni atë që ka ndryshuar.
fill-last-go = Filloj me ato përgjigje
fill-empty-go = Filloj pa to
fill-draft = draft për shqyrtim
fill-remarks = Vërejtje për përgjigjet tuaja
fill-remarks-lead = Kush i shqyrton përgjigjet tuaja shkruan këtu; ju mund të përgjigjeni.
fill-remarks-none = Ende nuk është shkruar asgjë.
fill-remarks-you = Ju
fill-remarks-reviewer = Shqyrtuesi
fill-remarks-whole = Në tërësi
fill-remarks-about = Për çfarë është
fill-remarks-write = Përgjigjja juaj
fill-remarks-send = Dërgo përgjigjen
fill-remarks-empty = Shkruani diçka më parë.
