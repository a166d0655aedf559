# Draft for review by a native speaker
fill-skip = Kalo te pyetjet
fill-begin = Fillo
fill-language = Gjuha
fill-language-set = Ndrysho gjuhën
fill-until = Hapur deri më { $day }.
fill-count = Më së shumti { $count } pyetje; shumë varen nga përgjigjet e mëparshme.
fill-hello = Për { $name }
fill-anonymous = Përgjigjet tuaja janë anonime. Nuk ruajmë emër, adresë kompjuteri apo orë, vetëm ditën. Askush nuk mund të mësojë cilat përgjigje janë tuajat dhe askush nuk mund t’i gjejë apo fshijë më vonë.
fill-named = Përgjigjet tuaja ruhen bashkë me emrin më lart. I lexon kush e drejton këtë pyetësor.
fill-voluntary = Mund ta kaloni një pyetje ose të ndaleni kur të doni. Nga kjo nuk vjen asgjë e keqe.
fill-single = Kjo lidhje vlen një herë. Pasi të filloni, ruani adresën e faqes për t’u kthyer te përgjigjet.
fill-spent = Kjo lidhje është përdorur. Faleminderit: nuk duhet asgjë tjetër.
fill-correct = Ju lutemi korrigjoni përgjigjet
fill-correct-go = Korrigjo përgjigjet e mia
fill-place = Faqja { $place } nga { $pages }
fill-errors = Disa përgjigje duhen parë edhe një herë
fill-more = Përgjigjja juaj hapi pyetje të tjera në këtë faqe.
fill-required = Kjo pyetje kërkon përgjigje.
fill-constraint = Kjo përgjigje nuk i përshtatet pyetjes.
fill-not-whole = Shkruani një numër të plotë, me shifra.
fill-not-number = Shkruani një numër, me shifra.
fill-not-date = Shkruani një datë që ekziston.
fill-not-time = Shkruani orën, për shembull 14:30.
fill-not-place = Shkruani gjerësinë dhe gjatësinë gjeografike, për shembull 47.01 28.86.
fill-out-of-range = Shkruani një numër nga { $least } deri në { $most }.
fill-rank-twice = Çdo përgjigje mund të ketë vetëm një vend.
fill-rank-all = Jepini çdo përgjigjeje një vend, ose lërini të gjitha bosh.
fill-optional = jo e detyrueshme
fill-choose = Zgjidhni
fill-several = Mund të zgjidhni disa.
fill-rank-place = Vendi { $number }
fill-range = Nga { $least } deri në { $most }.
fill-point = Gjerësia dhe gjatësia gjeografike, për shembull 47.01 28.86
fill-tick = Po, e lexova
fill-device = Kjo pyetje kërkon një telefon me ODK Collect (foto, regjistrim, skedar). Vazhdoni pa të.
fill-file-size = { $size } MB
fill-file-kept = U ruajt:
fill-file-remove = Hiqeni këtë skedar
fill-file-remove-name = Hiqeni këtë skedar: { $name }
fill-file-replace = Nëse zgjidhni një skedar tjetër, ai zë vendin e këtij.
fill-file-empty = { $name } është bosh. Zgjidheni skedarin përsëri.
fill-file-large = { $name } ka { $size } MB. Skedarët e një pyetësori mund të kenë bashkë { $most } MB; kanë mbetur { $left } MB.
fill-file-kind = { $kind ->
    [image] { $name } nuk është figurë. Zgjidhni një fotografi ose një faqe të skanuar (JPEG, PNG …).
    [audio] { $name } nuk është regjistrim zëri.
    [video] { $name } nuk është film.
   *[other] { $name } nuk është i llojit që kërkohet këtu: { $accept }.
  }
fill-file-anonymous = Këto përgjigje janë anonime, prandaj nuk merret asnjë skedar: një fotografi ose regjistrim mund të tregojë një fytyrë, një vend dhe një orë. Vazhdoni pa të.
fill-add = Shto edhe një
fill-add-to = Shto edhe një: { $name }
fill-remove = Hiq numrin { $number }
fill-back = Prapa
fill-next = Vazhdo
fill-keep = Ruaj dhe qëndro këtu
fill-kept = Çdo faqe ruhet kur vazhdoni. Për pushim, mbylleni faqen; kthehuni në të njëjtën adresë.
fill-end = Dërgoni përgjigjet
fill-end-lead = Arritët në fund. Mund të ktheheni dhe t’i ndryshoni përgjigjet; pas dërgimit nuk mundeni.
fill-end-open = Para dërgimit, shihini edhe një herë këto pyetje
fill-send = Dërgo përgjigjet e mia
fill-thanks = Faleminderit. Përgjigjet tuaja mbërritën.
fill-thanks-number = Vërtetim
fill-thanks-anonymous = Asgjë nuk i lidh me ju. Mund ta mbyllni këtë faqe.
fill-trial = Kjo është provë: nuk ruhet asgjë.
fill-trial-end = Prova mbaroi. Nuk u ruajt asgjë.
