# Draft for review by a native speaker
fill-skip = Pređi na pitanja
fill-begin = Počni
fill-language = Jezik
fill-language-set = Promeni jezik
fill-until = Otvoreno do { $day }.
fill-count = Najviše { $count } pitanja; mnoga zavise od prethodnih odgovora.
fill-hello = Za: { $name }
fill-anonymous = Vaši odgovori su anonimni. Ne čuvamo ime, adresu računara ni vreme, samo dan. Niko ne može saznati koji su odgovori vaši i niko ih kasnije ne može naći ni obrisati.
fill-named = Vaši odgovori se čuvaju zajedno sa gore navedenim imenom. Čita ih onaj ko vodi ovaj upitnik.
fill-voluntary = Možete preskočiti pitanje ili prestati kad god želite. Iz toga ne sledi ništa loše.
fill-single = Ova veza važi jednom. Kad počnete, sačuvajte adresu stranice da biste se vratili odgovorima.
fill-spent = Ova veza je iskorišćena. Hvala: ništa više nije potrebno.
fill-correct = Molimo ispravite odgovore
fill-correct-go = Ispravi moje odgovore
fill-place = Strana { $place } od { $pages }
fill-errors = Neke odgovore treba pogledati ponovo
fill-more = Vaš odgovor je otvorio nova pitanja na ovoj strani.
fill-required = Na ovo pitanje je potreban odgovor.
fill-constraint = Ovaj odgovor ne odgovara pitanju.
fill-not-whole = Upišite ceo broj, ciframa.
fill-not-number = Upišite broj, ciframa.
fill-not-date = Upišite datum koji postoji.
fill-not-time = Upišite vreme, na primer 14:30.
fill-not-place = Upišite geografsku širinu i dužinu, na primer 47.01 28.86.
fill-out-of-range = Upišite broj od { $least } do { $most }.
fill-rank-twice = Svaki odgovor može imati samo jedno mesto.
fill-rank-all = Dajte mesto svakom odgovoru ili ostavite sva mesta prazna.
fill-optional = nije obavezno
fill-choose = Izaberite
fill-several = Možete izabrati više.
fill-rank-place = Mesto { $number }
fill-range = Od { $least } do { $most }.
fill-point = Geografska širina i dužina, na primer 47.01 28.86
fill-tick = Da, pročitano
fill-device = Za ovo pitanje potreban je telefon sa ODK Collect (fotografija, snimak, datoteka). Nastavite bez njega.
fill-file-size = { $size } MB
fill-file-kept = Sačuvano:
fill-file-remove = Ukloni ovu datoteku
fill-file-remove-name = Ukloni ovu datoteku: { $name }
fill-file-replace = Ako izaberete drugu datoteku, ona zamenjuje ovu.
fill-file-empty = { $name } je prazna datoteka. Izaberite je ponovo.
fill-file-large = { $name } ima { $size } MB. Datoteke jednog upitnika zajedno mogu imati { $most } MB; preostalo je { $left } MB.
fill-file-kind = { $kind ->
    [image] { $name } nije slika. Izaberite fotografiju ili skeniranu stranicu (JPEG, PNG …).
    [audio] { $name } nije zvučni snimak.
    [video] { $name } nije video-snimak.
   *[other] { $name } nije vrste koja se ovde traži: { $accept }.
  }
fill-file-anonymous = Ovi odgovori su anonimni, zato se datoteke ne primaju: fotografija ili snimak može pokazati lice, mesto i vreme. Nastavite bez toga.
fill-add = Dodaj još jedan
fill-add-to = Dodaj još: { $name }
fill-remove = Ukloni broj { $number }
fill-back = Nazad
fill-next = Dalje
fill-keep = Sačuvaj i ostani ovde
fill-kept = Svaka strana se čuva kad nastavite. Za pauzu zatvorite stranicu; vratite se na istu adresu.
fill-end = Pošaljite odgovore
fill-end-lead = Stigli ste do kraja. Možete se vratiti i promeniti odgovore; posle slanja ne možete.
fill-end-open = Pre slanja pogledajte ponovo ova pitanja
fill-send = Pošalji moje odgovore
fill-thanks = Hvala. Vaši odgovori su stigli.
fill-thanks-number = Potvrda
fill-thanks-anonymous = Ništa ih ne povezuje sa vama. Možete zatvoriti ovu stranicu.
fill-trial = Ovo je proba: ništa se ne čuva.
fill-trial-end = Proba je završena. Ništa nije sačuvano.
