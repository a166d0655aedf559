# Paper: printing and keying in
paper-round = Paper: print it, key it in
download-paper = Paper (PDF)
paper-desk = Paper
paper-desk-lead = Print the questionnaire, and key in the sheets that come back. Each sheet is keyed twice, by two people; where they differ, the sheet decides.
paper-print = Print
paper-print-lead = Each page bears the code { $code }: the sheets of this round have it and no others.
paper-print-go = Open the PDF
paper-language = Language
paper-copies = Blocks of each repeated part
paper-key = Key in a sheet
paper-key-go = Open this sheet
paper-code-typed = Code at the foot of the page
paper-code-hint = May be left out.
paper-respondent-hint = The second time it need not be said again.
paper-choose = Choose
paper-not-open = The round is not open: nothing can be keyed in now.
paper-no-number = Type the record number that stands on the sheet: letters, digits and hyphens, at most 20.
paper-no-respondent = Choose for whom the sheet was filled in.
paper-other-version = The sheets of this round bear the code { $code }, this one bears { $typed }. It belongs to another round or to an earlier version: lay it aside.
sheet = Record number
sheets = Sheets
sheets-empty = No sheet was keyed in yet.
sheets-so-far = { $taken } taken, { $once } waiting for the second time, { $differs } to be settled, { $begun } begun.
sheets-file = The list as a file
sheets-take-once = { $count ->
    [one] Take the sheet that was keyed once
   *[other] Take the { $count } sheets that were keyed once
 }
sheets-take-once-hint = Where nobody is there to key a second time. Slips of the hand then stay unseen.
sheet-state = State
sheet-clerk = Keyed by
sheet-begun = begun
sheet-once = keyed once
sheet-differs = to be settled
sheet-taken = taken
sheet-mine = by you
sheet-not-mine = not by you
sheet-done = Sheet { $sheet } is kept.
sheet-batch = { $count ->
    [one] One sheet in this sitting.
   *[other] { $count } sheets in this sitting.
 }
key-title = Sheet { $sheet }
key-first = First time
key-second = Second time
key-lead = Type the number of the answer; Enter goes on. Several answers: their numbers with a space between. What is skipped on paper is skipped here.
key-both = You keyed this sheet the first time yourself. Another person would see what you overlook.
key-keep = Keep and stay here
key-done = Sheet is finished
key-forget = Throw away
key-more = One more
key-file = A file: not from paper
key-mark = stands so on the paper
key-tick = crossed
key-kept = Kept.
key-not-kept = Not kept: the site does not answer. Go on; it is tried again.
key-faults = Look at these again
key-skipped = Earlier answers leave this question out. If it was answered on paper all the same, mark it.
key-no-choice = There is no answer with this number.
key-one-choice = One answer only. If several are crossed, mark it.
key-no-ranks = Type the ranks as they stand down the page, each once.
key-no-number = This is no number.
key-no-day = Type a day as 24 11 2026.
key-no-time = Type a time as 14 30.
key-no-answer = This cannot be an answer here.
key-constraint = The form does not expect this answer. If it stands so on the paper, mark it.
key-hint-one = The number of the answer
key-hint-several = The numbers, with a space between
key-hint-rank = The ranks as they stand down the page
key-hint-number = A number
key-hint-day = Day month year
key-hint-time = Hour minute
key-hint-words = In words, as it stands
key-differences-title = Sheet { $sheet }: two readings
key-differences-lead = { $count ->
    [one] One answer was keyed differently.
   *[other] { $count } answers were keyed differently.
 } Take the sheet and settle each.
key-differences-missing = Settle every answer.
key-the-first = First
key-the-second = Second
key-another = Neither; it stands:
key-nothing = nothing
key-settle = Take the sheet
refusal-no-sheet = There is no sheet { $value } in this round.
refusal-no-sheet-do = Open it from the list of sheets by its record number.
refusal-sheet-taken = This sheet was taken as a record.
refusal-sheet-taken-do = Nothing more is to be done with it. If it is another sheet, give it another record number.
refusal-sheet-elsewhere = Somebody else is keying this sheet.
refusal-sheet-elsewhere-do = Take another one, or wait until it is finished.
refusal-sheet-settled = This sheet has nothing to be settled.
refusal-sheet-settled-do = Go back to the list of sheets.
refusal-no-form-language = The form has no language “{ $value }”.
refusal-no-form-language-do = Choose one of those on the page of paper.
refusal-paper-not-set = This form cannot be printed: it has a sign that no font of this site has.
refusal-paper-not-set-do = Take signs such as pictures (emoji) out of the workbook, or ask whoever runs this site: the log names the sign.
devices-anonymous = Of an anonymous round the site keeps neither the device nor the time, and none of the files that come with a record.
