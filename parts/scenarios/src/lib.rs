//! Questions put to the epidemic model: what a policy would change in a country, with honest uncertainty.
//! Country files are read here once; the explorer, comparisons, budgets and the panel of a country's brief stand on them.
