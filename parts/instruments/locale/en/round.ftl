# Progress, letters, remarks, the answers of an earlier round
progress = Progress
progress-at = As of { $clock }.
progress-again = Load anew each minute
progress-stop = Stop loading anew
progress-anonymous = Of an anonymous round only the use of links is known: who used one has begun, and whether they sent their answers nobody can tell.
progress-share = Share answered
progress-begun = Begun, not sent
progress-no-country = no country was given
progress-days = Answers by day
letters = Letters and reminders
letters-lead = Letters go to who has not answered, and to who was asked to correct. Each brings a new link; an earlier one stops working.
letters-shared = This round has one shared address: it knows nobody to write to.
letters-next = Next letters
letters-to = { $count ->
    [one] One letter would go now to:
   *[other] { $count } letters would go now to:
}
letters-correct = asked to correct
letters-nobody = Nobody is left to write to: everybody answered, had a letter today, or has no e-mail address here.
letters-today = { $count ->
    [one] One more had a letter today.
   *[other] { $count } more had a letter today.
}
letters-without = { $count ->
    [one] One more has no e-mail address
   *[other] { $count } more have no e-mail address
}
letters-preview = This is the letter, as { $name } would read it:
letters-go = { $count ->
    [one] Send one letter
   *[other] Send { $count } letters
}
letters-sent = Letters sent
letters-none = No letter was sent yet.
letter-turn = Which letter
letter-words = Your own words in the letter
letter-words-hint = at most 2,000 characters; empty for none. Name nobody in an anonymous round.
letter-words-go = Keep these words and look again
letter-words-long = Your own words are longer than 2,000 characters.
letter-correct = Please correct your answers: { $title }.
start = Answers of an earlier round as a start
start-lead = Respondents may begin with what they answered then: the same member of a panel, or the same name and country. They see the day and choose.
start-earlier = Earlier round
start-none = offer nothing
start-go = Set the start
remarks = Remarks
remarks-open = Open remarks
remarks-none = Nothing has been written about this record.
remark-reviewer = Reviewer
remark-about = What it is about
remark-whole = The whole record
remark-words = Remark
remark-words-hint = the respondent reads it behind the link and can reply
remark-go = Write the remark
remark-settle = Settle
remark-reopen = Open again
remark-settled = settled
language-draft = draft for review
language-draft-lead = Nobody but its writer has read a language that is marked so. Let somebody who speaks it read it first.
language-drafts = drafts for review: { $names }
refusal-round-no-start = The answers of that round cannot be a start for this one.
refusal-round-no-start-do = Choose an earlier round of the same questionnaire in which both have named respondents with links.
refusal-remark-words = A remark has from 1 to 4,000 characters.
refusal-remark-words-do = Write it shorter, or in two.
refusal-remark-place = There is no answer { $value } in this record.
refusal-remark-place-do = Choose the answer from the list.
refusal-no-remark = There is no remark { $value } in this round.
refusal-no-remark-do = The page of the record lists its remarks.
