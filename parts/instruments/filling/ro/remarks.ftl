# Remarks on answers, the answers of an earlier round, languages that nobody has checked yet
fill-last = Puteți porni de la răspunsurile din { $day }: verificați fiecare răspuns și schimbați ce s-a schimbat.
fill-last-go = Încep cu acele răspunsuri
fill-empty-go = Încep fără ele
fill-draft = proiect de revizuit
fill-remarks = Observații la răspunsurile dumneavoastră
fill-remarks-lead = Cine verifică răspunsurile scrie aici, iar dumneavoastră puteți răspunde.
fill-remarks-none = Încă nu s-a scris nimic.
fill-remarks-you = Dumneavoastră
fill-remarks-reviewer = Evaluator
fill-remarks-whole = În ansamblu
fill-remarks-about = Despre ce este vorba
fill-remarks-write = Răspunsul dumneavoastră
fill-remarks-send = Trimite răspunsul
fill-remarks-empty = Scrieți mai întâi ceva.
