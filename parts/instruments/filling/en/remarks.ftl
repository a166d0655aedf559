# Remarks on answers, the answers of an earlier round, languages that nobody has checked yet
fill-last = Your answers of { $day } can be your start: look at each and change what has changed.
fill-last-go = Begin with those answers
fill-empty-go = Begin without them
fill-draft = draft for review
fill-remarks = Remarks on your answers
fill-remarks-lead = Whoever reviews your answers writes here, and you can reply.
fill-remarks-none = Nothing has been written yet.
fill-remarks-you = You
fill-remarks-reviewer = Reviewer
fill-remarks-whole = On the whole
fill-remarks-about = What it is about
fill-remarks-write = Your reply
fill-remarks-send = Send the reply
fill-remarks-empty = Write something first.
