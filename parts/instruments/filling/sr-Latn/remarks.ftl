# Remarks on answers, the answers of an earlier round, languages that nobody has checked yet
fill-last = Možete početi od svojih odgovora od { $day }: pogledajte svaki i izmenite ono što se promenilo.
fill-last-go = Počni sa tim odgovorima
fill-empty-go = Počni bez njih
fill-draft = nacrt za proveru
fill-remarks = Primedbe na vaše odgovore
fill-remarks-lead = Ko proverava vaše odgovore piše ovde; možete da odgovorite.
fill-remarks-none = Još ništa nije napisano.
fill-remarks-you = Vi
fill-remarks-reviewer = Osoba koja proverava
fill-remarks-whole = U celini
fill-remarks-about = Na šta se odnosi
fill-remarks-write = Vaš odgovor
fill-remarks-send = Pošalji odgovor
fill-remarks-empty = Prvo nešto napišite.
