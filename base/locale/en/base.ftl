# The frame around every page
language-name = English
skip-to-content = Skip to the content
main-navigation = Main navigation
you-are-here = You are here
languages = Languages
search = Search
search-label = Find a country, indicator, study or source
search-hint = Type to search; arrow keys to choose; Enter to open
search-none = Nothing found. Try another spelling.
search-failed = Search does not answer just now; press Enter for the page of results.
search-count = {"{"}count{"}"} found
close = Close
theme = Appearance
theme-auto = As the device
theme-light = Light
theme-dark = Dark
not-official = Throughcare is free software. It brings together published figures; it is not an official publication of any organisation named here.
account = Your account
about-title = How to read these pages
api-title = Data and API
feed-title = What changed
go-home = Start page
go-countries = All countries

# The loop
step-ask = Ask
step-measure = Measure
step-foresee = Foresee
step-agree = Agree
step-teach = Teach
step-know = Know

# Figures
figure = Figure
value = Value
interval = Interval
period = Year
source = Source
sources = Sources
more = Definition and notes
none-given = none given
inside = Inside
outside = Outside
inside-over-outside = Inside ÷ outside
question-to-ask = To ask:
table-behind = Table behind this chart

# Lists
filter-list = Find in this list
filter-go = Find
filter-shown = { $found ->
    [one] { $found } of { $total } shown
   *[other] { $found } of { $total } shown
}
filter-shown-js = {"{"}shown{"}"} of {"{"}all{"}"} shown
nothing-found = Nothing here contains “{ $query }”.
take-away = Take away:
pages = Pages of this list
page-of = Page { $page } of { $pages }
earlier = Earlier
later = Later

# Refusals: what is wrong, then what to do
refusal-no-page = There is no page at { $value }.
refusal-no-page-do = Check the address, or search for what you need.
refusal-no-form = { $value } does not come in that form.
refusal-no-form-do = Lists come as CSV, XLSX and JSON; briefs also as PDF.
refusal-method = This address cannot be used that way.
refusal-method-do = Read it with GET; see “Data and API” for what can be sent where.
refusal-broken = Something went wrong on our side.
refusal-broken-do = It was written down for the people who run this site. Nothing you entered was lost; please try again in a minute.
refusal-storage = The records cannot be reached just now.
refusal-storage-do = Please try again in a minute. Nothing was lost.
refusal-no-job = There is no work with the number { $value }.
refusal-no-job-do = Go back to the page where you asked for it, and ask once more.
refusal-jobs-full = { $count } tasks are waiting already; no more can be taken just now.
refusal-jobs-full-do = Nothing was lost. Please ask again in some minutes.
refusal-sign-in = Only somebody who is signed in may do this.
refusal-sign-in-do = Sign in, then try again. Programs send a token: Authorization: Bearer …
refusal-token-unknown = This token is not known here, or its time is over.
refusal-token-unknown-do = Make a new one on your own page.
refusal-token-reads = This token may read and change nothing.
refusal-token-reads-do = Make one that may also change records, on your own page.
refusal-forbidden = Your roles do not allow this.
refusal-forbidden-do = Your own page lists what you may do. An administrator of this site gives roles.
refusal-cross-site = This was sent from a page of another site, and nothing was done.
refusal-cross-site-do = Open the page here, in this browser, and send it from there.
refusal-form-too-large = This form holds more than can be taken at once.
refusal-form-too-large-do = Shorten the text, or send it in parts.
refusal-no-typesetter = This site was started without the typesetter for PDF and PNG.
refusal-no-typesetter-do = Read the page itself, or print it from the browser.

# Paper
paper-findings = In short
paper-drawing = Figure
paper-table = Table
paper-page = page
paper-version = version
paper-figures-of = Figures as of
paper-read = read on
paper-care = Read with care
