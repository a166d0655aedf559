# Holds the figures of `throughcare estimate --internal` against R's survey package, cell by cell, on the same interviews.
# Run by tests/bench/peers: Rscript cells.R interviews.csv codebook.csv ours.csv
suppressMessages(library(survey))
files <- commandArgs(trailingOnly = TRUE)
data <- read.csv(files[1])
codes <- read.csv(files[2], colClasses = "character")
ours <- read.csv(files[3])
words <- function(variable) {
  parts <- strsplit(strsplit(codes$values[codes$variable == variable], "|", fixed = TRUE)[[1]], "=", fixed = TRUE)
  setNames(sapply(parts, `[`, 2), sapply(parts, `[`, 1))
}
for (variable in c("country", "sex")) data[[variable]] <- words(variable)[as.character(data[[variable]])]
for (variable in unique(ours$indicator)) data[[variable]][data[[variable]] == 9] <- NA
started <- proc.time()[["elapsed"]]
design <- svydesign(~prison, strata = ~stratum, weights = ~weight, fpc = ~prisons_in_stratum, data = data)
worst <- c(value = 0, low = 0, high = 0, se = 0)
compared <- 0
for (row in seq_len(nrow(ours))) {
  cell <- ours[row, ]
  here <- !is.na(data[[cell$indicator]])
  for (factor in c("country", "sex"))
    if (cell[[factor]] != "(all)") here <- here & data[[factor]] == cell[[factor]]
  domain <- subset(design, here)
  share <- svyciprop(as.formula(paste0("~", cell$indicator)), domain, method = "logit", df = degf(domain))
  if (is.na(cell$value) || cell$value < 1e-9 || cell$value > 1 - 1e-9) next
  mean <- svymean(as.formula(paste0("~", cell$indicator)), domain)
  limits <- confint(share)
  # With one degree of freedom (two prisons) R leaves the bounds open, since 1 - 2 pnorm(-12.7) rounds to 1; so they are taken by hand.
  if (degf(domain) == 1) {
    model <- svyglm(as.formula(paste(cell$indicator, "~ 1")), domain, family = quasibinomial)
    limits <- plogis(coef(model) + c(-1, 1) * qt(0.975, 1) * SE(model))
  }
  theirs <- c(as.numeric(share), limits[1], limits[2], SE(mean)[1])
  # Two prisons with the same share have no standard error: ours is 0, R's the 4e-18 that rounding leaves. Beside 1e-6 of the
  # share that is nothing.
  apart <- abs(unlist(cell[c("value", "low", "high", "se")]) - theirs) / pmax(abs(theirs), 1e-6 * cell$value)
  worst <- pmax(worst, apart, na.rm = TRUE)
  compared <- compared + 1
}
took <- proc.time()[["elapsed"]] - started
cat(sprintf("%.2f\n", took), file = "seconds")
cat(sprintf("agreement with R survey %s on %d cells: value %.1e, bounds %.1e, standard error %.1e (relative, the furthest)\n",
            packageVersion("survey"), compared, worst[["value"]], max(worst[c("low", "high")]), worst[["se"]]), file = stderr())
if (compared == 0 || any(worst > 1e-9)) quit(status = 1)
