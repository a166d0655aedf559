# A million interviews by R's survey package, as its manual has it. Prints as speed.py does. Rscript speed.R FOLDER ROWS
suppressMessages(library(survey))
words <- commandArgs(trailingOnly = TRUE)
rows <- as.integer(words[2])
column <- function(name, what, size) readBin(file.path(words[1], name), what, rows, size, signed = size > 1, endian = "little")
d <- data.frame(weight = column("weight", "double", 8))
for (name in c("stratum", "prison", "country")) d[[name]] <- column(name, "integer", 4)
for (k in 0:9) { y <- column(paste0("y", k), "integer", 1); d[[paste0("y", k)]] <- ifelse(y == 255, NA, y) }
busy <- function() sum(proc.time()[1:2])
start <- busy()
design <- svydesign(~prison, strata = ~stratum, weights = ~weight, data = d)
setup <- busy() - start; start <- busy()
total <- 0
for (k in 0:9) {
  found <- svyby(as.formula(paste0("~y", k)), ~country, design, svyciprop, vartype = c("se", "ci"), method = "logit", na.rm = TRUE)
  total <- total + sum(as.matrix(found[, -1]))
}
status <- readLines("/proc/self/status")
peak <- as.numeric(gsub("[^0-9]", "", status[startsWith(status, "VmHWM")])) / 1024
cat(sprintf("%.3f %.3f %.0f %.6f\n", setup, busy() - start, peak, total))
