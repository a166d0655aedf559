"""A million interviews by other people's programs: numpy, written for this one question in one pass, and PyPI's svy.

Run by tests/bench/peers-survey: python speed.py numpy|svy FOLDER. Prints seconds of the processor (set-up, estimation), the
most memory in MB, and the sum of all values, standard errors and bounds, by which it is seen that all answer the same question.
"""
import os, resource, sys, time

import numpy as np


def busy():
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


def read(folder):
    at = lambda name, kind: np.fromfile(os.path.join(folder, name), dtype=kind)
    labels = {name: at(name, "<i4") for name in ("stratum", "prison", "country")}
    return at("weight", "<f8"), labels, [at(f"y{k}", "u1") for k in range(10)]


def t_quantile(df):
    # R: qt(0.975, 144); every country has 150 prisons in 6 strata.
    assert df == 144
    return 1.9765750658304


def by_numpy(folder):
    weight, labels, indicators = read(folder)
    start = busy()
    prison, prisons = labels["prison"], labels["prison"].max() + 1
    stratum_of = np.arange(prisons) // 25
    country_of = np.arange(prisons) // 150
    setup, start, total = busy() - start, busy(), 0.0
    for y in indicators:
        kept = np.where(y == 255, 0.0, weight)
        over = np.bincount(prison, kept * (y == 1), prisons)
        under = np.bincount(prison, kept, prisons)
        people = np.bincount(country_of, under)
        share = np.bincount(country_of, over) / people
        z = (over - share[country_of] * under) / people[country_of]
        apart = z - np.bincount(stratum_of, z)[stratum_of] / 25
        se = np.sqrt(np.bincount(country_of, apart * apart * 25 / 24))
        eta, half = np.log(share / (1 - share)), t_quantile(150 - 6) * se / (share * (1 - share))
        total += (share + se + 1 / (1 + np.exp(half - eta)) + 1 / (1 + np.exp(-half - eta))).sum()
    return setup, busy() - start, total


def by_svy(folder):
    import polars as pl
    import svy

    weight, labels, indicators = read(folder)
    data = pl.DataFrame({"weight": weight, **labels})
    for k, y in enumerate(indicators):
        data = data.with_columns(pl.Series(f"y{k}", y.astype("i4")).replace(255, None))
    start = busy()
    sample = svy.Sample(data, svy.Design(stratum="stratum", psu="prison", wgt="weight"))
    setup, start, total = busy() - start, busy(), 0.0
    for k in range(10):
        found = sample.estimation.prop(y=f"y{k}", by="country", drop_nulls=True).to_polars()
        found = found.filter(pl.col(f"y{k}").cast(pl.Utf8) == "1") if f"y{k}" in found.columns else found
        total += sum(found[name].sum() for name in ("est", "se", "lci", "uci"))
    return setup, busy() - start, total


setup, estimation, total = {"numpy": by_numpy, "svy": by_svy}[sys.argv[1]](sys.argv[2])
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
print(f"{setup:.3f} {estimation:.3f} {peak:.0f} {total:.6f}")
