# The other half of the live comparison: the same designs, the same figures, by R's survey package; then how far each kind is apart.
#   Rscript agreement.R api FOLDER       writes R's own California schools as designs, before the random ones are drawn
#   Rscript agreement.R compare FOLDER   reads ours.csv, computes, prints the table; fails where a figure is out of reach
suppressMessages(library(survey))
words <- commandArgs(trailingOnly = TRUE)
folder <- words[2]
options(warn = -1)

# Two slips of R are mended here, so that all else can be compared; both are said in the engine's README.
# A quantile below the first step of the distribution function is the least value, not the second.
mended <- survey:::qs
body(mended) <- quote({
  ii <- order(x); x <- x[ii]; cumw <- cumsum(w[ii]); n <- length(x)
  reached <- which(cumw <= p * sum(w))
  if (!length(reached)) return(list(qlow = x[1], qup = x[1], ilow = 1, iup = 1, wlow = 0, wup = 0))
  pos <- max(reached); posnext <- min(pos + 1, n)
  list(qlow = x[pos], qup = x[posnext], ilow = pos, iup = posnext, wlow = p - cumw[pos] / sum(w), wup = cumw[posnext] / sum(w) - p)
})
assignInNamespace("qs", mended, "survey")
# With one degree of freedom `confint` of a model leaves the bounds open, since 1 - 2 pnorm(-12.7) rounds to 1.
open <- function(limits, m, df) if (df == 1) cbind(coef(m) - qt(0.975, 1) * SE(m), coef(m) + qt(0.975, 1) * SE(m)) else limits
wald <- function(here, df) {
  m <- svyglm(b ~ 1, here, family = quasibinomial)
  plogis(coef(m) + c(-1, 1) * qt(0.975, df) * SE(m))
}

## R's own data, in the columns that the random designs have.
api <- function() {
  env <- new.env(); data(api, package = "survey", envir = env)
  specs <- NULL
  known <- c(psA = 4421, psB = 755, psC = 1018, ptA = 1072, ptB = 5122, people = 6194, x = 3914069)
  add <- function(id, stages, strata, fpc, adjust, replicates = "none")
    specs <<- rbind(specs, data.frame(id = id, stages = stages, strata = strata, inner_strata = 0, fpc = fpc, lonely = "fail",
                                      in_domains = 0, adjust = adjust, replicates = replicates, as.list(known)))
  for (name in c("strat", "clus1", "clus2", "srs")) {
    d <- get(paste0("api", name), env)
    n <- nrow(d); row <- seq_len(n)
    of <- function(column, otherwise) if (is.null(d[[column]])) rep(otherwise, n) else as.vector(d[[column]])
    out <- data.frame(s1 = as.character(d$stype), c1 = switch(name, strat = row, srs = row, d$dnum), s2 = 0,
                      c2 = if (name == "clus2") d$snum else row, c3 = row,
                      f1 = if (name == "clus2") of("fpc1", 1) else of("fpc", 1), f2 = of("fpc2", 1e6), f3 = 1e6, w = d$pw,
                      y = ifelse(row %% 9 == 0, NA, d$api00), z = d$api.stu, b = as.numeric(d$awards == "Yes"), g = as.character(d$stype),
                      h = as.character(d$sch.wide), x = d$api99, k = d$meals %/% 10,
                      ps = c(E = "A", H = "B", M = "C")[as.character(d$stype)], pt = c(No = "A", Yes = "B")[as.character(d$sch.wide)],
                      q = d$ell)
    stages <- if (name == "clus2") 2 else 1
    for (fpc in 0:1) for (adjust in if (fpc == 0) "none" else c("none", "post", "rake", "greg", "rakecal", "logitcal", "linear_bounds", "raking_bounds", "together")) {
      id <- paste0("api", name, if (fpc) "" else "_nofpc", if (adjust == "none") "" else paste0("_", adjust))
      add(id, stages, as.numeric(name == "strat"), fpc, adjust)
      write.csv(out, file.path(folder, paste0(id, ".csv")), row.names = FALSE, na = "", quote = FALSE)
    }
  }
  write.csv(specs, file.path(folder, "designs.csv"), row.names = FALSE, quote = FALSE)
}

## One design as designs.csv describes it.
make <- function(spec, d) {
  options(survey.lonely.psu = spec$lonely, survey.adjust.domain.lonely = spec$in_domains == 1)
  d$one <- 1
  over <- function(names) as.formula(paste("~", paste(names, collapse = "+")))
  ids <- over(c("c1", "c2", "c3")[seq_len(spec$stages)])
  outer <- if (spec$strata == 1) "s1" else "one"
  strata <- if (spec$inner_strata == 1) over(c(outer, "s2")) else if (spec$strata == 1) ~s1 else NULL
  fpc <- if (spec$fpc == 1) over(c("f1", "f2", "f3")[seq_len(spec$stages)]) else NULL
  made <- svydesign(ids, strata = strata, fpc = fpc, weights = ~w, data = d, nest = TRUE)
  # R asks for the lonely only when a variance is wanted; what refuses there refuses here.
  if (spec$lonely == "fail") SE(svytotal(~x, made))
  totals <- c(`(Intercept)` = spec$people, psB = spec$psB, psC = spec$psC, x = spec$x)
  by <- function(name, levels) data.frame(setNames(list(levels), name), Freq = unlist(spec[paste0(name, levels)]), row.names = NULL)
  switch(spec$adjust,
    none = made,
    post = postStratify(made, ~ps, by("ps", c("A", "B", "C"))),
    rake = rake(made, list(~ps, ~pt), list(by("ps", c("A", "B", "C")), by("pt", c("A", "B"))), control = list(maxit = 500, epsilon = 1e-13)),
    greg = calibrate(made, ~ps + x, totals),
    rakecal = calibrate(made, ~ps + x, totals, calfun = "raking"),
    logitcal = calibrate(made, ~ps + x, totals, calfun = "logit", bounds = c(0.4, 2.5)),
    linear_bounds = calibrate(made, ~ps + x, totals, bounds = c(0.6, 1.6)),
    raking_bounds = calibrate(made, ~ps + x, totals, calfun = "raking", bounds = c(0.5, 2)),
    together = calibrate(made, ~ps + x, totals, aggregate.stage = 1))
}

result <- function(code) tryCatch(code, error = function(e) NULL)

figures <- function(spec, d, design, ours) {
  out <- new.env()
  put <- function(stat, domain, what, value) assign(paste(spec$id, stat, domain, what, sep = ","), as.numeric(value)[1], envir = out)
  figure <- function(stat, domain, found, df, limits = NULL) {
    put(stat, domain, "value", coef(found)); put(stat, domain, "se", SE(found)); put(stat, domain, "df", df)
    if (is.null(limits)) limits <- if (df > 0) confint(found, df = df) else c(NaN, NaN)
    put(stat, domain, "low", limits[1]); put(stat, domain, "high", limits[2])
  }
  for (level in c("all", sort(unique(d$g[d$w > 0])))) {
    here <- if (level == "all") design else subset(design, g == level)
    df <- degf(here)
    asked <- function(name) any(!is.na(d[[name]]) & d$w > 0 & (level == "all" | d$g == level))
    if (asked("y")) {
      m <- svymean(~y, here, na.rm = TRUE, deff = TRUE)
      figure("mean", level, m, df); if (is.finite(deff(m))) put("deff", level, "value", deff(m))
      figure("total", level, svytotal(~y, here, na.rm = TRUE), df)
      figure("ratio", level, svyratio(~y, ~z, here, na.rm = TRUE), df)
      v <- svyvar(~y, here, na.rm = TRUE)
      # Of one person R makes the variance 0 by dividing nothing by nothing.
      if (sum(!is.na(d$y) & d$w > 0 & (level == "all" | d$g == level)) > 1) figure("variance", level, v, df)
    }
    for (p in c(0.1, 0.25, 0.5, 0.9)) for (s in c("quantile", "quantile_ties")) {
      if (s == "quantile" && !asked("y")) next
      stat <- paste0(s, "_", p)
      # Whether a share falls on a step of the distribution may hang on the last digit of a weight: then R's answers on both
      # sides of it are as good.
      for (shift in c(0, -1e-11, 1e-11)) {
        q <- result(svyquantile(if (s == "quantile") ~y else ~q, here, p + shift, na.rm = TRUE))
        q <- if (is.null(q)) rep(NA, 4) else q[[1]][c(1, 2, 3, 4)]
        # Where nobody lies above the quantile, a share of 1 + 2e-16 is no reason for a bound to be missing.
        if (!anyNA(q[1:2]) && is.na(q[3]) && q[1] == q[2]) {
          column <- d[[if (s == "quantile") "y" else "q"]]
          above <- d$w > 0 & (level == "all" | d$g == level) & !is.na(column) & column > q[1]
          if (!any(above)) q[3:4] <- c(q[1], 0)
        }
        mine <- ours[paste(spec$id, stat, level, c("value", "low", "high", "se"), sep = ",")]
        if (shift == 0) first <- q
        # Nor has a share without a standard error bounds, but itself on a step, where the last digit again decides.
        limit <- q[1]
        share <- result(svymean(if (s == "quantile") ~I(y <= limit) else ~I(q <= limit), here, na.rm = TRUE))
        if (!is.null(share) && isTRUE(max(SE(share)) < 1e-9)) q[2:4] <- mine[2:4]
        if (isTRUE(all.equal(unname(mine), as.vector(q), tolerance = 1e-9))) { first <- q; break }
      }
      for (i in 1:4) put(stat, level, c("value", "low", "high", "se")[i], first[i])
    }
    if (asked("b")) {
      figure("count", level, svytotal(~b, here, na.rm = TRUE), df)
      for (method in c("logit", "likelihood", "asin", "beta", "mean", "xlogit")) {
        p <- result(svyciprop(~b, here, method, df = df, na.rm = TRUE))
        stat <- paste0("prop_", method)
        if (is.null(p) || (method == "likelihood" && df == 1)) next
        # Without a standard error R has an infinite effective n, of which nothing can be made.
        if (method == "beta" && isTRUE(SE(p) < 1e-9 * coef(p))) next
        limits <- if (df == 1 && method == "logit") wald(here, df) else if (df > 0) confint(p) else c(NaN, NaN)
        # At 0 and 100 % R has no interval; ours is Korn and Graubard's.
        if (coef(p) < 1e-8 || coef(p) > 1 - 1e-8) {
          put(stat, level, "value", round(coef(p), 7)); put(stat, level, "se", if (isTRUE(SE(p) < 1e-12)) 0 else SE(p)); put(stat, level, "df", df)
        } else figure(stat, level, p, df, limits)
      }
    }
  }
  # Of domains: by `svyby` where the design is not calibrated (there it stops), and by the delta method on totals.
  groups <- sort(unique(d$g[d$w > 0]))
  if (length(groups) > 1) {
    design <- update(design, one = 1, a = as.numeric(g == groups[1]), b2 = as.numeric(g == groups[2]))
    if (spec$adjust == "none") {
      v <- vcov(svyby(~x, ~g, design, svymean, covmat = TRUE))
      put("covariance", "a:b", "value", v[1, 2]); put("covariance", "a:b", "size", sqrt(v[1, 1] * v[2, 2]))
    }
    sums <- svytotal(~I(x * a) + a + I(x * b2) + b2, design); names(sums) <- c("xa", "a", "xb", "b")
    difference <- svycontrast(sums, quote(xa / a - xb / b))
    put("contrast", "a-b", "value", coef(difference)); put("contrast", "a-b", "se", SE(difference))
  }
  v <- vcov(svytotal(~k + z, design))
  put("covariance", "k:z", "value", v[1, 2]); put("covariance", "k:z", "size", sqrt(v[1, 1] * v[2, 2]))
  test <- result(svychisq(~b + h, design))
  if (!is.null(test) && is.finite(test$statistic)) {
    put("svychisq", "b:h", "F", test$statistic); put("svychisq", "b:h", "size", 1); put("svychisq", "b:h", "p", test$p.value)
    put("svychisq", "b:h", "over", test$parameter[1]); put("svychisq", "b:h", "under", test$parameter[2])
  }
  replicated <- function(stat, r) {
    m <- svymean(~x, r); q <- svyratio(~x, ~z, r)
    # Of a total R leaves strata out that were sampled whole, but of a mean it does not.
    options(survey.drop.replicates = FALSE); t <- svytotal(~x, r); options(survey.drop.replicates = TRUE)
    for (pair in list(list("mean", m), list("total", t), list("ratio", q))) {
      put(stat, pair[[1]], "value", coef(pair[[2]])); put(stat, pair[[1]], "se", SE(pair[[2]]))
    }
  }
  kind <- spec$replicates
  if (!is.null(d$r1)) {
    given <- result(switch(kind,
      BRR = , bootstrap = , ACS = svrepdesign(weights = ~w, repweights = "^r[0-9]+$", type = kind, data = d),
      Fay = svrepdesign(weights = ~w, repweights = "^r[0-9]+$", type = "Fay", rho = 0.3, data = d),
      JK1 = svrepdesign(weights = ~w, repweights = "^r[0-9]+$", type = "JK1", scale = 7 / 8, data = d),
      JKn = svrepdesign(weights = ~w, repweights = "^r[0-9]+$", type = "JKn", rscales = (1:8) / 9, data = d, mse = TRUE),
      other = svrepdesign(weights = ~w, repweights = "^r[0-9]+$", type = "other", scale = 0.5, rscales = (8:1) / 8, data = d)))
    if (!is.null(given)) { replicated(paste0("given_", kind), given); put(paste0("given_", kind), "", "df", degf(given)) }
  }
  if (spec$adjust == "none") {
    r <- result(as.svrepdesign(design, type = if (design$has.strata) "JKn" else "JK1"))
    if (!is.null(r)) replicated("jackknife", r)
  }
  for (stat in c("half_samples", "half_samples_fay")) {
    file <- file.path(folder, paste(spec$id, stat, sep = "."))
    if (!file.exists(file)) next
    sets <- as.matrix(read.csv(file, header = FALSE))
    rho <- if (stat == "half_samples") 0 else 0.4
    given <- if (rho == 0) svrepdesign(weights = ~w, repweights = sets, type = "BRR", data = d)
             else svrepdesign(weights = ~w, repweights = sets, type = "Fay", rho = rho, data = d)
    replicated(stat, given)
    # That the sets are balanced half-samples themselves: of a total, any such sets give what R's own give.
    own <- result(as.svrepdesign(design, type = if (rho == 0) "BRR" else "Fay", fay.rho = rho))
    if (!is.null(own)) put(stat, "total", "se", SE(svytotal(~x, own)))
  }
  for (model in list(list("svyglm_gaussian", y ~ x + g, gaussian(), ~g), list("svyglm_binomial", b ~ x + h, quasibinomial(), ~h),
                     list("svyglm_poisson", k ~ x + ps, quasipoisson(), ~ps))) {
    m <- result(svyglm(model[[2]], design, family = model[[3]]))
    # A group in which all answer alike has no coefficient; where the iterations happen to stop is nobody's digits.
    if (is.null(m) || !m$converged || (model[[1]] != "svyglm_gaussian" && max(abs(coef(m)), na.rm = TRUE) > 10)) next
    table <- summary(m, df.resid = m$df.residual)$coefficients
    limits <- open(confint(m), m, m$df.residual)
    for (i in seq_len(nrow(table))) {
      at <- i - 1
      put(model[[1]], at, "value", table[i, 1]); put(model[[1]], at, "se", table[i, 2]); put(model[[1]], at, "p", if (m$df.residual > 0) table[i, 4] else NaN)
      put(model[[1]], at, "low", limits[i, 1]); put(model[[1]], at, "high", limits[i, 2])
    }
    put(model[[1]], "cov", "covariance", vcov(m)[1, 2]); put(model[[1]], "cov", "df", m$df.residual)
    test <- result(regTermTest(m, model[[4]]))
    if (!is.null(test) && m$df.residual > 0) { put(model[[1]], "wald", "F", test$Ftest); put(model[[1]], "wald", "p", test$p) }
  }
  test <- result(svyttest(y ~ pt, design))
  if (!is.null(test)) {
    put("svyttest", "y:pt", "value", test$estimate); put("svyttest", "y:pt", "t", test$statistic)
    put("svyttest", "y:pt", "p", if (test$parameter > 0) test$p.value else NaN)
    limits <- test$conf.int
    if (test$parameter == 1) limits <- test$estimate * (1 + c(-1, 1) * qt(0.975, 1) / test$statistic * sign(test$statistic * test$estimate))
    put("svyttest", "y:pt", "low", limits[1]); put("svyttest", "y:pt", "high", limits[2])
  }
  mget(ls(out), envir = out)
}

compare <- function() {
  specs <- read.csv(file.path(folder, "designs.csv"), colClasses = c(id = "character"))
  ours <- read.csv(file.path(folder, "ours.csv"), colClasses = c("character", "character", "character", "character", "numeric"))
  mine <- setNames(ours$value, paste(ours$design, ours$stat, ours$domain, ours$what, sep = ","))
  table <- NULL; stops <- NULL; stopped <- 0
  started <- proc.time()[["user.self"]]
  for (i in seq_len(nrow(specs))) {
    spec <- as.list(specs[i, ])
    d <- read.csv(file.path(folder, paste0(spec$id, ".csv")), colClasses = c(g = "character", h = "character", ps = "character", pt = "character"))
    design <- result(make(spec, d))
    made <- as.numeric(!is.null(design))
    theirs <- if (made) result(unlist(figures(spec, d, design, mine)))
    if (made && is.null(theirs)) { stops <- c(stops, spec$id); next }
    theirs <- c(theirs, setNames(made, paste0(spec$id, ",design,,made")))
    here <- mine[startsWith(names(mine), paste0(spec$id, ","))]
    is_size <- grepl(",size$", names(theirs))
    sizes <- setNames(theirs[is_size], sub("size$", "", names(theirs)[is_size])); theirs <- theirs[!is_size]
    keys <- union(names(theirs), names(here))
    # A covariance between what calibration fixed has no counterpart where R cannot give one.
    keys <- keys[!(grepl(",covariance,a:b|,jackknife,", keys) & !(keys %in% names(theirs)))]
    parts <- do.call(rbind, strsplit(keys, ",", fixed = TRUE))
    stat <- sub("_[0-9.]+$", "", parts[, 2]); what <- parts[, 4]
    a <- unname(here[keys]); b <- unname(theirs[keys])
    size <- abs(unname(theirs[paste(parts[, 1], parts[, 2], parts[, 3], "value", sep = ",")]))
    # A standard error or bound that is nothing beside its estimate is rounding: it is measured against 1e-6 of the estimate.
    floor <- ifelse(is.finite(size), size * 1e-6, 0)
    # A covariance is measured beside the two standard errors, a p-value beside 1e-6.
    sized <- unname(sizes[sub("[^,]*$", "", keys)])
    floor <- ifelse(is.finite(sized) & stat == "covariance", sized, ifelse(what == "p", 1e-6, floor))
    # At 0 and 100 % the iterations of R stop some 1e-11 away from there.
    a <- ifelse(startsWith(stat, "prop_") & what == "value" & is.finite(a) & (a < 1e-8 | a > 1 - 1e-8), round(a, 7), a)
    # Where R stops with an error (0 and 100 %, negative weights in a model), ours has nothing to be held against; of a
    # likelihood interval R may give one bound where its grid does not reach the other, and we give none.
    group <- paste(parts[, 1], parts[, 2], parts[, 3], sep = ",")
    answered <- unique(sub(",[^,]*$", "", names(theirs)))
    only_ours <- !(group %in% answered) & !grepl("design", group) | (startsWith(stat, "prop_") & what %in% c("low", "high") & !(keys %in% names(theirs)))
    stopped <- stopped + length(unique(group[!(group %in% answered)]))
    half <- grepl("likelihood", stat) & what %in% c("low", "high") & is.na(a) & is.finite(b) & is.na(unname(theirs[sub("high$|low$", "high", keys)] + theirs[sub("high$|low$", "low", keys)]))
    only_ours <- only_ours | half
    far <- abs(a - b) / pmax(abs(b), floor, 1e-300)
    far[!is.finite(a) & !is.finite(b)] <- 0
    far[is.na(far)] <- Inf
    far[a == b | only_ours] <- 0
    far <- far[!only_ours]; keys <- keys[!only_ours]; parts <- parts[!only_ours, , drop = FALSE]
    stat <- stat[!only_ours]; what <- what[!only_ours]; a <- a[!only_ours]; b <- b[!only_ours]
    table <- rbind(table, data.frame(id = spec$id, stat, domain = parts[, 3], what, ours = a, theirs = b, far))
  }
  took <- proc.time()[["user.self"]] - started
  loose <- grepl("^quantile|likelihood", table$stat)
  table$allowed <- ifelse(loose, 1e-6, 1e-9)
  table$none <- !is.finite(table$ours) & !is.finite(table$theirs)
  table$kind <- ifelse(table$what %in% c("value", "se", "df"), table$what, ifelse(table$what %in% c("low", "high"), "bounds", table$what))
  # Where every sampled unit of a domain has the same mean, the variance is nothing but rounding (a standard error below 1e-10 of its
  # mean, on both sides): of such a design what rests on a variance says nothing. What does not is compared as ever.
  means <- table[table$stat == "mean" & table$what == "value", ]
  errors <- table[table$stat == "mean" & table$what == "se", ]
  size <- abs(means$theirs[match(paste(errors$id, errors$domain), paste(means$id, means$domain))])
  is_noise <- errors$theirs > 0 & pmax(errors$ours, errors$theirs) < 1e-10 * size
  noise <- unique(errors$id[is_noise %in% TRUE])
  plain <- table$what == "value" & table$stat %in% c("mean", "total", "ratio", "count", "quantile", "quantile_ties") | table$what %in% c("n", "made")
  noisy <- table$id %in% noise & !plain
  whole <- table; table <- table[!noisy, ]
  cat(sprintf("R survey %s on %d designs, %.0f s\n", packageVersion("survey"), nrow(specs), took))
  cat(sprintf("%-20s %9s %9s %12s %9s\n", "statistic", "figures", "both none", "furthest", "beyond"))
  for (s in sort(unique(table$stat))) {
    rows <- table[table$stat == s, ]
    cat(sprintf("%-20s %9d %9d %12.1e %9d\n", s, nrow(rows), sum(rows$none), max(rows$far), sum(rows$far > rows$allowed)))
  }
  if (length(stops)) cat("R itself stops at", stops, "\n")
  cat(sprintf("figures that R gives an error for, and that stand alone: %d\n", stopped))
  if (length(noise)) cat(sprintf("variance that is rounding alone, left out: %d figures of design %s\n", nrow(whole) - nrow(table), paste(noise, collapse = ", ")))
  beyond <- table[table$far > table$allowed, ]
  cat(sprintf("%-20s %9d %9d %12.1e %9d\n", "all", nrow(table), sum(table$none), max(table$far), nrow(beyond)))
  if (nrow(beyond) > 0) {
    write.csv(beyond, file.path(folder, "beyond.csv"), row.names = FALSE)
    cat("beyond reach, the first of them:\n")
    print(head(beyond[c("id", "stat", "domain", "what", "ours", "theirs", "far")], 40), digits = 12)
    quit(status = 1)
  }
}

switch(words[1], api = api(), compare = compare(), stop("api or compare"))
