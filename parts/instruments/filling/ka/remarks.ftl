# Remarks on answers, the answers of an earlier round, languages that nobody has checked yet
fill-last = შეგიძლიათ დაიწყოთ თქვენი { $day }-ის პასუხებით: გადახედეთ თითოეულს და შეცვალეთ, რაც შეიცვალა.
fill-last-go = იმ პასუხებით დაწყება
fill-empty-go = მათ გარეშე დაწყება
fill-draft = სამუშაო ვარიანტი, გადასახედი
fill-remarks = შენიშვნები თქვენს პასუხებზე
fill-remarks-lead = ვინც თქვენს პასუხებს ამოწმებს, აქ წერს; შეგიძლიათ უპასუხოთ.
fill-remarks-none = ჯერ არაფერია დაწერილი.
fill-remarks-you = თქვენ
fill-remarks-reviewer = შემმოწმებელი
fill-remarks-whole = მთლიანად
fill-remarks-about = რას ეხება
fill-remarks-write = თქვენი პასუხი
fill-remarks-send = პასუხის გაგზავნა
fill-remarks-empty = ჯერ დაწერეთ რამე.
