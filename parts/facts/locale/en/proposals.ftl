# Figures from the programme's own surveys and rounds, on their way into a country's file.
import-kind-survey = From a survey of the programme
figure-origin = Read it where it was released: { $what }
flag-withdrawn = Withdrawn
flag-withdrawn-means = What it rests on was withdrawn by those who released it. Shown, but left out of ranks and ratios.
reason-withdrawn = The table or round { $record } on which it rests was withdrawn; its page says why.
reason-weak-estimate = A survey estimate of few people, few prisons or with a wide interval ({ $n } answers, as exact as a simple sample of { $effective }).
reason-part-of-prisons = Added up over { $answered } establishments; { $asked } were asked. What the others would have given is missing.
