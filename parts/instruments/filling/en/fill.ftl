# The words around a questionnaire, for whoever answers
fill-skip = Skip to the questions
fill-begin = Begin
fill-language = Language
fill-language-set = Change language
fill-until = Open until { $day }.
fill-count = { $count } questions at most; many depend on earlier answers.
fill-hello = For { $name }
fill-anonymous = Your answers are anonymous. We keep no name, no address of your computer and no time, only the day. Nobody can be told which answers are yours, and nobody can find or delete them later.
fill-named = Your answers are kept together with the name above. Whoever runs this questionnaire reads them.
fill-voluntary = You may leave a question out, or stop, whenever you wish. Nothing bad follows from it.
fill-single = This link works once. After you begin, keep the address of the page to come back to your answers.
fill-spent = This link was used. Thank you: nothing more is needed.
fill-correct = Please correct your answers
fill-correct-go = Correct my answers
fill-place = Page { $place } of { $pages }
fill-errors = Some answers need another look
fill-more = Your answer opened more questions on this page.
fill-required = This question needs an answer.
fill-constraint = This answer does not fit the question.
fill-not-whole = Enter a whole number, in digits.
fill-not-number = Enter a number, in digits.
fill-not-date = Enter a date that exists.
fill-not-time = Enter a time, such as 14:30.
fill-not-place = Enter latitude and longitude, such as 47.01 28.86.
fill-out-of-range = Enter a number from { $least } to { $most }.
fill-rank-twice = Each answer can have one place only.
fill-rank-all = Give each answer a place, or leave all places empty.
fill-optional = optional
fill-choose = Choose
fill-several = You may choose several.
fill-rank-place = Place { $number }
fill-range = From { $least } to { $most }.
fill-point = Latitude and longitude, such as 47.01 28.86
fill-tick = Yes, I have read it
fill-device = This question needs a telephone with ODK Collect (a photo, a recording, a file). Go on without it.
fill-file-size = { $size } MB
fill-file-kept = Kept:
fill-file-remove = Remove this file
fill-file-remove-name = Remove this file: { $name }
fill-file-replace = If you choose another file, it takes this one’s place.
fill-file-empty = { $name } is empty. Choose the file again.
fill-file-large = { $name } has { $size } MB. The files of one questionnaire may have { $most } MB together; { $left } MB are left.
fill-file-kind = { $kind ->
    [image] { $name } is not a picture. Choose a photograph or a scanned page (JPEG, PNG …).
    [audio] { $name } is not a sound recording.
    [video] { $name } is not a film.
   *[other] { $name } is not of a kind that is asked for here: { $accept }.
  }
fill-file-anonymous = These answers are anonymous, so no file is taken: a photograph or a recording can show a face, a place and a time. Go on without it.
fill-add = Add one more
fill-add-to = Add one more: { $name }
fill-remove = Remove number { $number }
fill-back = Back
fill-next = Continue
fill-keep = Keep and stay here
fill-kept = Each page is kept when you go on. To pause, close this page; come back by the same address.
fill-end = Send your answers
fill-end-lead = You have come to the end. You can go back and change answers; after sending you cannot.
fill-end-open = Before sending, look at these questions again
fill-send = Send my answers
fill-thanks = Thank you. Your answers have arrived.
fill-thanks-number = Receipt
fill-thanks-anonymous = Nothing ties them to you. You can close this page.
fill-trial = This is a trial: nothing is kept.
fill-trial-end = The trial is over. Nothing was kept.
