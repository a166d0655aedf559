# Safe microdata.
safe-title = Make a safe file
safe-go = Make a safe file of these interviews
safe-lead = Choose what leaves and how coarse. Single values are then suppressed until nobody is alone with what others may know of them, and you see what that costs before anything is sent.
safe-columns = Columns
safe-columns-hint = A key is what somebody may know of a person: age, sex, country, sentence. Sensitive is what nobody must learn. Leave out what names a person, an interview or a prison.
safe-role = What it means
safe-role-key = key: others may know it
safe-role-sensitive = sensitive: nobody must learn it
safe-role-other = written as it is
safe-role-left-out = left out
safe-importance = Importance of a key (1: suppressed first)
safe-bands = Bands begin at (such as 25, 35, 45)
safe-least = Values below this are given as this
safe-most = Values above this are given as this
safe-round = Rounded to multiples of
safe-merge = Merge answers
safe-merge-hint = One a line: old = broader. The answers:
safe-demands = How safe
safe-k = People who share each combination of keys, at least
safe-k-hint = 5 to 10 for the public, 3 to 5 for named people under contract.
safe-distinct = Different sensitive answers among them, at least
safe-distinct-hint = 2: so that no group has answered for its members. 0 asks for none.
safe-closeness = How far their answers may lie from those of all (0 to 1)
safe-closeness-hint = Left empty, this is not asked.
safe-preview = Show risk and loss
safe-result = Risk and loss of what you chose
safe-rows = { $count ->
    [one] One row would be written.
   *[other] { $count } rows would be written.
  }
safe-risk = Who could be recognised
safe-risk-note = Unique: alone with their keys. At risk: an individual risk above one in five. Expected: how many an intruder would recognise who looks for everybody. Counts only; they tell nothing of one person.
safe-step = File
safe-collected = as collected
safe-recoded = once recoded
safe-written = as written
safe-records = Rows
safe-unique = Unique
safe-below-k = In too small a group
safe-not-diverse = In a group that answered alike
safe-at-risk = At risk
safe-greatest = Greatest risk, %
safe-expected = Expected
safe-losses = What it costs
safe-suppressed = Suppressed
safe-values-before = Values before
safe-values-after = Values after
safe-share-change = Largest change of a share, points
safe-mean = Mean, before → after
safe-sd = Standard deviation, before → after
safe-not-so = not a number, or no key
safe-tells = This file would tell what released tables withhold, so it cannot go out as it is.
safe-tells-cells = { $count ->
    [one] one withheld cell
   *[other] { $count } withheld cells
  }
safe-tells-do = Make the groups of these tables coarser, or leave them or the indicator out.
safe-tells-nothing = It was counted as somebody would who has the file and every released table: no withheld cell follows from it.
safe-send-title = Send it to a data steward
safe-audience = Who may take it
safe-audience-named = people whom a data steward names
safe-audience-public = anyone
safe-reason = What it is for, and why these choices
safe-send = Send it for review
safe-incomplete = To send it, give a title, who may take it, and what it is for.
safe-about = Microdata, made safe
safe-own = You made it; another data steward decides.
safe-promise = { $rows } rows. Each person shares every combination of what others may know with at least { $k } people in the file; “*” stands for what is not told.
safe-promise-distinct = Among those, at least { $distinct } different sensitive answers are found.
safe-codebook = Codebook
safe-for-named = This file is for people whom a data steward has named. Sign in if you are one of them, or ask the publisher of the data set.
safe-decide-hint = Look at the file itself, at the risk and at the losses. Only one file of a data set can ever go out, since two could be laid beside each other; released tables are of the same people, too.
safe-publish = Let it out
safe-refuse = Do not let it out
safe-columns-in = What is in it
safe-readers = Who may take it
safe-reader = Account { $number }
safe-reader-email = E-mail address of an account
safe-reader-hint = The person needs an account here; each time the file is taken, the audit chain says so.
safe-reader-add = Let this person take it
safe-reader-remove = No longer
safe-withdraw = Withdraw this file
safe-withdraw-hint = It can be taken no more. What was taken cannot be called back, so no other file of these data can go out either.
file-withdrawn = This file was withdrawn on { $day }.
set-files = Microdata, made safe
change-file-published = New microdata, made safe: { $what }
change-file-withdrawn = Microdata withdrawn: { $what }
problem-safe-number = “{ $value }” is no whole number up to 1,000.
problem-safe-k = with fewer than 3 people in a combination, each of two would know the other’s answers; ask for 3 at least.
problem-safe-merge = “{ $value }”: write old = broader, one a line.
refusal-no-safe-file = There is no file “{ $value }”.
refusal-no-safe-file-do = The page of its data set lists what is out.
refusal-file-withdrawn = This file was withdrawn.
refusal-file-withdrawn-do = Its page says why.
refusal-file-not-named = This file is for people whom a data steward has named, and you are not among them.
refusal-file-not-named-do = Ask the publisher of the data set.
refusal-file-tells = This file would tell { $count ->
    [one] a cell
   *[other] { $count } cells
  } that the published table “{ $table }” withholds.
refusal-file-tells-do = Refuse it, and ask for a coarser one.
refusal-second-file = Another safe file of these data is or was out; laid beside this one it could give people away.
refusal-second-file-do = Refuse this one, and say so to whoever made it.
refusal-no-such-account = There is no account with the address “{ $value }”.
refusal-no-such-account-do = Ask an administrator to invite the person first.
