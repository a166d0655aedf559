# Remarks on answers, the answers of an earlier round, languages that nobody has checked yet
fill-last = Կարող եք սկսել ձեր { $day }-ի պատասխաններից. նայեք յուրաքանչյուրը և փոխեք այն, ինչ փոխվել է։
fill-last-go = Սկսել այդ պատասխաններով
fill-empty-go = Սկսել առանց դրանց
fill-draft = սևագիր՝ ստուգման համար
fill-remarks = Դիտողություններ ձեր պատասխանների վերաբերյալ
fill-remarks-lead = Ով ստուգում է ձեր պատասխանները, գրում է այստեղ. դուք կարող եք պատասխանել։
fill-remarks-none = Դեռ ոչինչ գրված չէ։
fill-remarks-you = Դուք
fill-remarks-reviewer = Ստուգող
fill-remarks-whole = Ամբողջությամբ
fill-remarks-about = Ինչի մասին է
fill-remarks-write = Ձեր պատասխանը
fill-remarks-send = Ուղարկել պատասխանը
fill-remarks-empty = Նախ գրեք որևէ բան։
