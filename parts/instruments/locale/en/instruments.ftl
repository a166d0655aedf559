# The library
way-instruments = Questionnaires
way-rounds = Rounds
instrument = Questionnaire
instruments = Questionnaires
instruments-lead = Every questionnaire of the programme, with its versions and languages. Anyone may try one and take it away; nothing is kept of a trial.
instruments-empty = Questionnaires will be listed here. Upload a workbook written in Excel, or load those that come with the program:
instrument-status = Status
instrument-questions = Questions
instrument-languages = Languages
instrument-version = Version
instrument-day = Since
status-draft = Draft
status-published = Published
status-closed = Closed
question = Question
question-name = Name
question-type = Type
question-choices = Choices
answer = Answer
upload = Upload a questionnaire
upload-lead = A workbook in the XLSForm standard (xlsform.org), as KoBo and ODK use it. One with the form_id of an earlier questionnaire becomes its new version.
upload-workbook = Workbook: .xlsx, .xls, .ods, .csv or .md
upload-files = Lists and pictures that go with it, if any
upload-go = Check and keep it
upload-none = Choose a workbook first.
upload-problems = { $file } was not kept: this must be corrected first
upload-problems-plain = This must be corrected first
upload-again = Your workbook is as you left it. Correct it in the spreadsheet and upload it again.
upload-new = Version { $number } is kept. Try it, then publish it below.
upload-same = This is version { $number } already: nothing has changed.
problem-sheet = Sheet
problem-row = Row
problem-column = Column
problem-what = What is wrong, and what to do
problem-remark = To look at:
instrument-about = { $count ->
    [one] One question, in
   *[other] { $count } questions, in
}
instrument-draft-words = Written for this program from published facts, and a draft for review: nobody has tested it with respondents, and no language has been checked by a second native speaker. The official European questionnaires are loaded from their own files by those who hold them.
instrument-remarks = What its author should look at
notice-no-file = The list { $list } comes from the file { $file }, which is not attached: it is empty. Upload the workbook again together with the file.
notice-no-list = A formula names the list { $list }, which the form does not have: it is taken to be empty.
notice-unworded-questions = { $count ->
    [one] One question has no label in { $language }: { $names }
   *[other] { $count } questions have no label in { $language }: { $names }
  }
notice-unworded-choices = { $count ->
    [one] One choice has no label in { $language }: { $names }
   *[other] { $count } choices have no label in { $language }: { $names }
  }
instrument-try = Try it
instrument-ask = Ask it in a round
download-workbook = Workbook
download-form = XForm
download-codebook = Codebook (CSV)
download-ddi = Codebook (DDI 2.5)
instrument-versions = Versions
version-line = Version { $number }, { $day }, { $count } questions
versions-compared = What changed from version { $from } to { $to }
versions-same = Questions, choices and words are the same.
versions-from = From
versions-to = To
versions-compare = Compare
instrument-status-set = Where it stands
instrument-status-go = Set the status
change-added = New question { $name }: { $label }
change-removed = Question { $name } is gone: { $label }
change-kind = Question { $name } was “{ $before }” and is now “{ $after }”: answers before and after cannot be put into one column without thought
change-words = Question { $name } in { $language } read “{ $before }” and now reads “{ $after }”
change-moved = Question { $name } has moved
change-choice-added = List { $list }: new choice { $value }
change-choice-removed = List { $list }: choice { $value } is gone
change-choice-words = List { $list }, choice { $value } in { $language }: “{ $before }” is now “{ $after }”
change-language-added = New language: { $language }
change-language-removed = Language { $language } is gone

# Rounds
round = Round
rounds = Rounds
rounds-lead = A round asks a questionnaire of somebody between two days. Watch the answers arrive, review them, and close the round: then its figures stand.
rounds-empty = Rounds will be listed here. Make the first one below: choose a questionnaire, whom to ask, and until when.
round-stage = Stage
stage-ahead = Not yet open
stage-open = Open
stage-over = Past its last day
stage-closed = Closed
round-from = First day
round-until = Last day
round-until-hint = leave empty to close it by hand
round-no-end = open until it is closed
round-asked = Asked
round-answered = Answered
round-shared = one shared address; nobody knows how many saw it
round-new = New round
round-title = Name of the round, as respondents see it
round-way = Whom, and how
round-way-named = Named respondents (countries, prisons, people), a link for each
round-way-shared = Anyone with the address
round-way-anonymous-links = Anonymous, a link for each: we know who has answered, never what
round-way-anonymous-shared = Anonymous, one address for all
round-make = Make the round
round-none-published = No questionnaire is published yet. Publish one first:
round-way-missing = Choose whom to ask, and how.
round-instrument-missing = Choose a questionnaire that is published.
round-title-missing = Give the round a name.
round-from-wrong = Enter the first day, such as 2027-01-15.
round-until-wrong = Enter the last day, such as 2027-02-28, or leave it empty.
round-days-wrong = The last day is before the first.
round-anonymous = anonymous
round-version = version { $number }
round-days = From { $from } to { $until }
round-days-open = From { $from } until it is closed
round-links-once = These links are shown this once; each lets in one respondent. Send them now, or copy them into a safe place.
round-so-far = { $answered ->
    [0] Nobody has answered yet.
    [one] One answer so far.
   *[other] { $answered } answers so far.
}
round-so-far-of = { $answered } of { $asked } have answered.
round-shared-lead = Give this address to everybody you ask:
round-data = Take the answers away
round-data-lead = Rejected and replaced records are left out. Repeated groups are tables of their own, joined by _record.
round-data-later = The answers of an anonymous round can be seen after it is closed: while it is open, whoever sees links being used and answers arriving could put the two together.
data-xlsx = Everything as a workbook
data-labels = with labels
data-json = JSON with codebook
data-held-back = Answers in words are held back from every file until somebody who answers for data has read them and found that they name nobody.
respondents = Who is asked
respondents-empty = Nobody yet. Add the first below.
respondent = Respondent
respondent-country = Country
respondent-email = E-mail
respondent-state = State
respondent-letter = Last letter
respondent-no-letter = no letter was sent from here
respondent-answered = Answered
respondent-begun = Link used
respondent-waited = Waited for
respondents-add = Add respondents
respondents-go = Add and make links
respondent-new-link = Make a new link for somebody who lost it
respondent-link-go = New link
round-letters-hint = at most one letter a day to each, with a new link
round-letters-sent = { $count ->
    [0] Nobody was left to write to today.
    [one] One letter is on its way.
   *[other] { $count } letters are on their way.
}
round-close = Close the round
round-close-lead = Nothing more is taken, what was begun and not sent is gone, and the answers stand as they are. This cannot be undone.
round-close-go = Close this round for good
devices = Telephones and tablets
devices-lead = ODK Collect fetches the form of this round and sends answers to it, also from places without a network.
device-name = Whose device, or where
device-add = Add a device
device-end = End
device-ended = ended on { $day }
device-once = Set up the device now: this is shown once
device-how = In ODK Collect, add a project and scan this square; or type the address, user name and password. Clients that know no password take the last address.
device-server = Address
device-username = User name
device-password = Password
device-token = Address that is the key

# Answers
record = Record
records = Answers
records-empty = No answers yet. They appear here as they arrive.
record-title = Record { $number }
record-from = From
record-from-link = by the shared address
record-day = Day
record-state = State of review
record-received = Received
record-issues = Has issues
record-approved = Approved
record-rejected = Rejected
record-violations = What the form’s own rules find
record-answers = Answers
record-files = Files
record-kilobytes = { $count } kB
record-earlier = Earlier versions:
record-replaced-note = This version was corrected; a later one counts.
review = Review
review-note = Note
review-note-hint = the respondent reads it when the record has issues; the link then opens it again
review-go = Keep the review
texts = Answers in words
texts-lead = Read each. Tick those that name nobody and no place, date or event by which somebody could be known; only these leave.
texts-cleared = Names nobody
texts-go = Keep what I ticked
texts-none = There are no answers in words.

# The letter
round-letter-title = A letter that asks for answers
round-letter-hello = Dear { $name },
round-letter-asked = You are asked to answer: { $title }.
round-letter-again = We have not had your answers yet: { $title }.
round-letter-until = It is open until { $day }.
round-letter-foot = This link is yours alone. It takes the place of any earlier one; what you began is kept.

# Refusals
refusal-no-instrument = There is no questionnaire { $value }.
refusal-no-instrument-do = Look for it in the list of questionnaires.
refusal-no-version = There is no version { $value }.
refusal-no-version-do = The page of the questionnaire lists its versions.
refusal-no-status = “{ $value }” is no status.
refusal-no-status-do = Choose draft, published or closed.
refusal-no-round = There is no round { $value }.
refusal-no-round-do = Look for it in the list of rounds.
refusal-no-record = There is no record { $value } in this round.
refusal-no-record-do = The page of the round lists its records.
refusal-no-state = “{ $value }” is no state of review.
refusal-no-state-do = Choose received, has issues, approved or rejected.
refusal-no-respondent = There is no respondent { $value } in this round.
refusal-no-respondent-do = The page of the round lists who is asked.
refusal-no-device = There is no device { $value } in this round.
refusal-no-device-do = The page of the round lists its devices.
refusal-no-link = This link leads nowhere.
refusal-no-link-do = Look whether it was copied whole, or ask whoever gave it to you for a new one.
refusal-no-draft = There is nothing to fill in here.
refusal-no-draft-do = If you have just sent your answers, they have arrived. Otherwise begin again with the link that you were given.
refusal-link-spent = This link was used.
refusal-link-spent-do = Nothing more is needed. If the answers were not yours, tell whoever gave you the link.
refusal-round-ahead = This questionnaire is not open yet.
refusal-round-ahead-do = Come back on its first day.
refusal-round-over = This questionnaire is no longer open.
refusal-round-over-do = Ask whoever invited you whether it will be opened again.
refusal-round-closed = This round is closed and takes no more changes.
refusal-round-closed-do = Make a new round to ask again.
refusal-round-not-closed = The answers of an anonymous round can be seen after it is closed.
refusal-round-not-closed-do = Close the round first.
refusal-round-not-anonymous = This round is not anonymous.
refusal-round-not-anonymous-do = Its answers are in its files as they were given.
refusal-round-is-shared = This round has one shared address and no list of respondents.
refusal-round-is-shared-do = Make a round with a link for each.
refusal-round-no-devices = An anonymous round takes no answers from devices, which would know who was where.
refusal-round-no-devices-do = Let people answer on the page.
refusal-record-conflict = Another record has the same identity.
refusal-record-conflict-do = Begin again with the link that you were given.
refusal-record-replaced = This version was corrected and is not reviewed any more.
refusal-record-replaced-do = Review the later version.
refusal-no-mail = This site is not set up to send letters.
refusal-no-mail-do = Make links and send them yourself, or ask the operator to set up mail.
refusal-not-multipart = What was sent holds no file.
refusal-not-multipart-do = Send it as multipart/form-data.
refusal-form-broken = What was sent broke off or cannot be read.
refusal-form-broken-do = Send it again.
refusal-files-too-large = This is more than { $megabytes } MB.
refusal-files-too-large-do = Send less at once.
