# Draft for review by a native speaker
fill-skip = Mergi la întrebări
fill-begin = Începe
fill-language = Limba
fill-language-set = Schimbă limba
fill-until = Deschis până la { $day }.
fill-count = Cel mult { $count } întrebări; multe depind de răspunsurile anterioare.
fill-hello = Pentru { $name }
fill-anonymous = Răspunsurile dumneavoastră sunt anonime. Nu păstrăm niciun nume, nicio adresă de calculator și nicio oră, ci doar ziua. Nimeni nu poate afla care răspunsuri sunt ale dumneavoastră și nimeni nu le poate găsi sau șterge mai târziu.
fill-named = Răspunsurile sunt păstrate împreună cu numele de mai sus. Le citește cine conduce acest chestionar.
fill-voluntary = Puteți sări peste o întrebare sau vă puteți opri oricând. Nu urmează nimic rău din aceasta.
fill-single = Acest link funcționează o singură dată. După ce începeți, păstrați adresa paginii ca să puteți reveni.
fill-spent = Acest link a fost folosit. Vă mulțumim: nu mai este nevoie de nimic.
fill-correct = Vă rugăm să corectați răspunsurile
fill-correct-go = Corectez răspunsurile
fill-place = Pagina { $place } din { $pages }
fill-errors = Unele răspunsuri trebuie revăzute
fill-more = Răspunsul a deschis alte întrebări pe această pagină.
fill-required = Această întrebare are nevoie de un răspuns.
fill-constraint = Acest răspuns nu se potrivește cu întrebarea.
fill-not-whole = Scrieți un număr întreg, în cifre.
fill-not-number = Scrieți un număr, în cifre.
fill-not-date = Scrieți o dată care există.
fill-not-time = Scrieți o oră, de exemplu 14:30.
fill-not-place = Scrieți latitudinea și longitudinea, de exemplu 47.01 28.86.
fill-out-of-range = Scrieți un număr de la { $least } la { $most }.
fill-rank-twice = Fiecare răspuns poate avea un singur loc.
fill-rank-all = Dați fiecărui răspuns un loc sau lăsați toate locurile goale.
fill-optional = opțional
fill-choose = Alegeți
fill-several = Puteți alege mai multe.
fill-rank-place = Locul { $number }
fill-range = De la { $least } la { $most }.
fill-point = Latitudine și longitudine, de exemplu 47.01 28.86
fill-tick = Da, am citit
fill-device = Această întrebare cere un telefon cu ODK Collect (fotografie, înregistrare, fișier). Continuați fără ea.
fill-file-size = { $size } MB
fill-file-kept = Păstrat:
fill-file-remove = Scoateți acest fișier
fill-file-remove-name = Scoateți acest fișier: { $name }
fill-file-replace = Dacă alegeți alt fișier, acesta este înlocuit.
fill-file-empty = { $name } este gol. Alegeți fișierul din nou.
fill-file-large = { $name } are { $size } MB. Fișierele unui chestionar pot avea împreună { $most } MB; au rămas { $left } MB.
fill-file-kind = { $kind ->
    [image] { $name } nu este o imagine. Alegeți o fotografie sau o pagină scanată (JPEG, PNG …).
    [audio] { $name } nu este o înregistrare audio.
    [video] { $name } nu este un film.
   *[other] { $name } nu este de tipul cerut aici: { $accept }.
  }
fill-file-anonymous = Aceste răspunsuri sunt anonime, de aceea nu se ia niciun fișier: o fotografie sau o înregistrare poate arăta un chip, un loc și o oră. Continuați fără ea.
fill-add = Adaugă încă unul
fill-add-to = Adaugă: { $name }
fill-remove = Șterge numărul { $number }
fill-back = Înapoi
fill-next = Continuă
fill-keep = Păstrează și rămâi aici
fill-kept = Fiecare pagină este păstrată când continuați. Pentru pauză, închideți pagina; reveniți la aceeași adresă.
fill-end = Trimiteți răspunsurile
fill-end-lead = Ați ajuns la sfârșit. Puteți reveni și schimba răspunsurile; după trimitere nu mai puteți.
fill-end-open = Înainte de trimitere, revedeți aceste întrebări
fill-send = Trimit răspunsurile
fill-thanks = Vă mulțumim. Răspunsurile au ajuns.
fill-thanks-number = Confirmare
fill-thanks-anonymous = Nimic nu le leagă de dumneavoastră. Puteți închide pagina.
fill-trial = Aceasta este o probă: nu se păstrează nimic.
fill-trial-end = Proba s-a încheiat. Nu s-a păstrat nimic.
