"""Writes the small files that the tests read: sixty interviews that nobody gave, as SPSS, Stata and Parquet write them.

Run once, with pyreadstat, pandas and pyarrow from PyPI:  python make.py
"""

from datetime import date
from decimal import Decimal

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pyreadstat

N = 60
rows = range(N)
table = pd.DataFrame(
    {
        "prison": [f"P{i // 6:02}" for i in rows],
        "sex": [1.0 if i % 3 else 2.0 for i in rows],
        "hcv": [9.0 if i == 7 else float(i % 4 == 0) for i in rows],
        "age": [None if i == 3 else 18 + (i * 7) % 45 for i in rows],
        "day": [date(2026, 1 + i % 12, 1 + i % 28) for i in rows],
        "weight_of_interview": [10 + (i % 5) / 10 for i in rows],
        "words": ["Кишинёв, „мир“ | да=нет" if i % 2 else "" for i in rows],
        "long": ["x" * 300 + str(i) if i == 1 else "short" for i in rows],
    }
)
labels = {
    "prison": "Prison",
    "sex": "Пол",
    "hcv": "Hepatitis C antibodies",
    "age": "Age in years",
    "weight_of_interview": "Weight",
}
values = {"sex": {1.0: "мужчины", 2.0: "женщины | все"}, "hcv": {0.0: "no", 1.0: "yes", 9.0: "refused"}}
missing = {"hcv": [{"lo": 8, "hi": 9}], "age": [{"lo": 97, "hi": 99}]}
for name, more in [("plain.sav", {}), ("coded.sav", {"row_compress": True}), ("folded.zsav", {"compress": True})]:
    pyreadstat.write_sav(
        table, name, column_labels=labels, variable_value_labels=values, missing_ranges=missing, **more
    )

stata = table.drop(columns=["long"]).copy()
stata["hcv"] = stata["hcv"].where(stata["hcv"] != 9.0)
stata["hcv"] = stata["hcv"].astype(object)
stata.loc[7, "hcv"] = "a"  # Stata's .a
stata["sex"] = stata["sex"].astype(int)
for version in (8, 12, 14, 15):
    here = stata.copy()
    if version < 14:
        here = here.drop(columns=["words"])
    pyreadstat.write_dta(
        here,
        f"v{version}.dta",
        version=version,
        column_labels={k: v for k, v in labels.items() if version >= 14 or k != "sex"},
        variable_value_labels={
            "sex": {1: "men", 2: "women"},
            "hcv": {0: "no", 1: "yes", "a": "refused"},
        },
        missing_user_values={"hcv": ["a"]},
    )

arrow = pa.table(
    {
        "prison": pa.array(table["prison"]).dictionary_encode(),
        "sex": pa.array([int(x) for x in table["sex"]], pa.int8()),
        "hcv": pa.array([None if x == 9 else bool(x) for x in table["hcv"]]),
        "age": pa.array([None if pd.isna(x) else int(x) for x in table["age"]], pa.int64()),
        "day": pa.array(table["day"], pa.date32()),
        "weight_of_interview": pa.array(table["weight_of_interview"], pa.float32()),
        "paid": pa.array([Decimal(i).scaleb(-2) for i in rows], pa.decimal128(9, 2)),
        "at": pa.array([pd.Timestamp(2026, 5, 17, 13, 45, i) for i in rows], pa.timestamp("us")),
        "words": pa.array(table["words"]),
    }
)
for codec in ("snappy", "zstd", "gzip"):
    pq.write_table(arrow, f"{codec}.parquet", compression=codec, row_group_size=25)
