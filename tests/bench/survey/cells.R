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
  # With one degree of freedom R leaves the bounds open (NaN); ours are those of t with one.
  if (degf(domain) < 2) next
  mean <- svymean(as.formula(paste0("~", cell$indicator)), domain)
  theirs <- c(as.numeric(share), confint(share)[1], confint(share)[2], SE(mean)[1])
  worst <- pmax(worst, abs(unlist(cell[c("value", "low", "high", "se")]) / theirs - 1), na.rm = TRUE)
  compared <- compared + 1
}
took <- proc.time()[["elapsed"]] - started
cat(sprintf("%.2f\n", took), file = "seconds")
cat(sprintf("agreement with R survey %s on %d cells: value %.1e, bounds %.1e, standard error %.1e (relative, the furthest)\n",
            packageVersion("survey"), compared, worst[["value"]], max(worst[c("low", "high")]), worst[["se"]]), file = stderr())
if (compared == 0 || any(worst > 1e-9)) quit(status = 1)
