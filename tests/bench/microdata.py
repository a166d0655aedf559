"""Random files by pyreadstat, read by it and by throughcare; prints how many cells agree and the time of each."""

import csv
import io
import random
import subprocess
import sys
import time

import pandas as pd
import pyreadstat

program, count = sys.argv[1], int(sys.argv[2])
WORDS = ["да", "нет", "ქართული", "Հայերեն", "a|b", "c=d", "e\\f", "", "refusé", "„quoted“", "x" * 90]


def frame(chance):
    rows = chance.randint(1, 300)
    columns, labels, values, missing = {}, {}, {}, {}
    for at in range(chance.randint(1, 40)):
        name = f"v{at}" + chance.choice(["", "_long_name_of_a_column", "_é"])
        kind = chance.choice(["code", "number", "whole", "text", "long"])
        gap = chance.random() * 0.2
        some = lambda make: [None if chance.random() < gap else make() for _ in range(rows)]
        if kind == "code":
            codes = list(range(chance.randint(2, 9)))
            columns[name] = some(lambda: float(chance.choice(codes)))
            values[name] = {float(code): chance.choice([w for w in WORDS if w]) for code in codes}
            missing[name] = [{"lo": float(codes[-1]), "hi": float(codes[-1])}]
        elif kind == "number":
            columns[name] = some(lambda: chance.gauss(0, 10 ** chance.randint(-3, 6)))
        elif kind == "whole":
            columns[name] = some(lambda: float(chance.randint(-10_000_000, 10_000_000)))
        elif kind == "text":
            columns[name] = [chance.choice(WORDS) for _ in range(rows)]
        else:
            columns[name] = ["z" * chance.randint(0, 700) for _ in range(rows)]
        labels[name] = chance.choice(WORDS)
    return pd.DataFrame(columns), labels, values, missing


def same(ours, theirs):
    if theirs is None or (isinstance(theirs, float) and pd.isna(theirs)):
        return ours in ("", ".")
    if isinstance(theirs, str):
        return ours == theirs.strip()
    return ours != "" and float(ours) == float(theirs)


def read(path):
    began = time.process_time()
    wall = time.perf_counter()
    run = subprocess.run([program, "interviews", path, "--codebook", "codebook.csv"], capture_output=True, check=True)
    return run.stdout.decode(), time.perf_counter() - wall


cells = wrong = labels_seen = labels_wrong = 0
for seed in range(count):
    chance = random.Random(seed)
    data, labels, values, missing = frame(chance)
    data = data.astype({name: float for name in data if data[name].dtype == object and data[name].map(lambda v: v is None or isinstance(v, float)).all()})
    kinds = [("a.sav", {}), ("b.sav", {"row_compress": True}), ("c.zsav", {"compress": True})]
    files = []
    for path, more in kinds:
        pyreadstat.write_sav(data, path, column_labels=labels, variable_value_labels=values, missing_ranges=missing, **more)
        files.append((path, pyreadstat.read_sav))
    ascii_names = data.rename(columns=lambda name: name.replace("é", "e"))
    plain = {n.replace("é", "e"): {int(k): w for k, w in v.items()} for n, v in values.items()}
    for version in (14, 15):
        path = f"v{version}.dta"
        pyreadstat.write_dta(ascii_names, path, version=version, variable_value_labels=plain,
                             column_labels={n.replace("é", "e"): t[:80] for n, t in labels.items()})
        files.append((path, pyreadstat.read_dta))
    for path, theirs in files:
        frame_read, meta = theirs(path, user_missing=True) if path.endswith("sav") else theirs(path)
        text, _ = read(path)
        rows = list(csv.reader(io.StringIO(text)))
        kept = [list(frame_read).index(name) for name in rows[0]]
        assert len(rows) - 1 == len(frame_read), (seed, path)
        for ours, row in zip(rows[1:], frame_read.itertuples(index=False)):
            for mine, at in zip(ours, kept):
                cells += 1
                if not same(mine, row[at]):
                    wrong += 1
                    if wrong < 5:
                        print("differs:", seed, path, list(frame_read)[at], repr(mine), repr(row[at]))
        with open("codebook.csv", newline="", encoding="utf-8") as file:
            for line in csv.DictReader(file):
                labels_seen += 1
                theirs_label = (meta.column_names_to_labels.get(line["variable"]) or "").strip()
                if line["label"] != theirs_label:
                    labels_wrong += 1
                    if labels_wrong < 5:
                        print("label differs:", seed, path, line, repr(theirs_label))
print(f"{cells} cells of {5 * count} files, {wrong} differ; {labels_seen} labels, {labels_wrong} differ")

big = pd.DataFrame({f"q{at}": [float((row * at) % 7) for row in range(100_000)] for at in range(40)})
for path, write, theirs in [
    ("big.sav", lambda p: pyreadstat.write_sav(big, p, row_compress=True), pyreadstat.read_sav),
    ("big.zsav", lambda p: pyreadstat.write_sav(big, p, compress=True), pyreadstat.read_sav),
    ("big.dta", lambda p: pyreadstat.write_dta(big, p, version=15), pyreadstat.read_dta),
]:
    write(path)
    began = time.perf_counter()
    theirs(path)
    peer = time.perf_counter() - began
    _, ours = read(path)
    print(f"{path}: 100,000 rows of 40: throughcare {ours:.2f} s (whole command, CSV written), pyreadstat {peer:.2f} s (read only)")
sys.exit(1 if wrong or labels_wrong else 0)
