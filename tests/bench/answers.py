"""A round of hard answers, made by the pages and read back by pyreadstat, pyarrow, pandas and python-odata."""

import csv
import io
import re
import sys

import pandas
import pyreadstat
import requests

site, log = sys.argv[1], sys.argv[2]

LONG = "Рядок " * 200 + "кінець"
FORM = """
| settings | | | |
| | form_title | form_id | version |
| | Peers | peers | 1 |
| survey | | | | |
| | type | name | label::English (en) | label::French (fr) |
| | integer | age | How old? | Quel âge ? |
| | decimal | dose | Dose | Dose |
| | date | since | Since | Depuis |
| | time | clock | At | À |
| | dateTime | moment | When exactly | Quand exactement |
| | select_one yn | uses | Do you? | Vous ? |
| | select_one level | level | How much? | Combien ? |
| | select_one long | chosen | Which long one? | Laquelle ? |
| | select_multiple colour | colours | Which colours? | Quelles couleurs ? |
| | text | words | Anything? | Autre ? |
| | geopoint | here | Where? | Où ? |
| | begin_repeat | child | Child | Enfant |
| | text | name | Name | Nom |
| | end_repeat | child | | |
| choices | | | | |
| | list_name | name | label::English (en) | label::French (fr) |
| | yn | y | Yes | Oui |
| | yn | n | No | Non |
| | level | 1 | Low | Bas |
| | level | 200 | High | Haut |
| | long | a_rather_long_code | A rather long one | Une longue |
| | long | another_rather_long_code | Another — цілком інша | Une autre |
| | colour | red | Red | Rouge |
| | colour | blue | Blue | Bleu |
"""

officer = requests.Session()
link = re.search(r"/sign-in/link/[0-9a-f]+", open(log).read()).group(0)
answer = officer.post(site + link, data={"name": "Ana", "email": "ana@example.org"})
answer.raise_for_status()
officer.post(site + "/instruments", files={"workbook": ("peers.md", FORM)}).raise_for_status()
officer.post(site + "/instruments/peers/status", data={"status": "published"}).raise_for_status()
made = officer.post(site + "/rounds", data={"title": "Peers", "instrument": "peers", "way": "shared", "from": "2026-01-01"})
made.raise_for_status()
round_id = made.url.rsplit("/", 1)[1]
address = re.search(r"/ask/[0-9a-f]+", made.text.replace("&#x2f;", "/")).group(0)

WORDS = ["=1+1", LONG, "Ⴀნა, ხვალ \U0001f600", "", " leading", "O'Brien", "a" * 255, "b" * 256, "c" * 504, "d" * 505]
for at in range(40):
    person = requests.Session()
    begun = person.post(site + address, data={"language": "English (en)"})
    begun.raise_for_status()
    page = begun.url
    fields = {
        "/data/age": "" if at % 7 == 0 else str(at * 37 - 100),
        "/data/dose": "" if at % 5 == 0 else f"{at / 8:.3f}",
        "/data/since": f"19{10 + at}-02-28",
        "/data/clock": f"{at % 24:02}:{at:02}",
        "/data/uses": ["y", "n", ""][at % 3],
        "/data/level": ["1", "200", ""][at % 3],
        "/data/chosen": ["a_rather_long_code", "another_rather_long_code", ""][at % 3],
        "/data/colours": [["red"], ["red", "blue"], []][at % 3],
        "/data/words": WORDS[at % len(WORDS)],
        "/data/here": "" if at % 4 else "47.01 28.86",
        "go": "next",
    }
    on = person.post(page, data=fields)
    assert on.status_code == 200, on.text
    person.post(page.replace("page=1", "page=2"), data={"/data/child[1]/name": f"Child {at}", "go": "next"}).raise_for_status()
    sent = person.post(page.replace("page=1", "page=end"))
    assert sent.status_code == 200, sent.text


def fetched(name):
    answer = officer.get(f"{site}/rounds/{round_id}/data/{name}")
    answer.raise_for_status()
    return answer.content


def harmed(text):
    """A text as it was before the CSV made it harmless."""
    return text[1:] if text[:2] in ("'=", "'+", "'-", "'@") else text


rows = list(csv.DictReader(io.StringIO(fetched("answers.csv?split=1").decode("utf-8-sig"))))
assert len(rows) == 40
open("answers.sav", "wb").write(fetched("answers.sav"))
frame, meta = pyreadstat.read_sav("answers.sav", dates_as_pandas_datetime=False)
assert len(frame) == 40 and meta.file_encoding == "UTF-8", meta.file_encoding
checked = 0


def same(row, name, got, wanted, what):
    global checked
    checked += 1
    assert got == wanted, f"{what}, row {row}, {name}: {got!r} instead of {wanted!r}"


for at, row in enumerate(rows):
    for name in ("age", "dose", "level"):
        got = frame[name][at]
        same(at, name, None if pandas.isna(got) else float(got), float(row[name]) if row[name] else None, ".sav")
    for name in ("uses", "chosen", "words"):
        same(at, name, frame[name][at].rstrip(" "), harmed(row[name]).rstrip(" "), ".sav")
    same(at, "since", str(frame["since"][at]), row["since"], ".sav")
    same(at, "clock", str(frame["clock"][at])[:5], row["clock"][:5], ".sav")
    for colour in ("red", "blue"):
        got = frame[f"colours_{colour}"][at]
        same(at, colour, "" if pandas.isna(got) else str(int(got)), row[f"colours/{colour}"], ".sav")
    got = frame["here_latitude"][at]
    same(at, "here", None if pandas.isna(got) else got, float(row["here"].split()[0]) if row["here"] else None, ".sav")
assert meta.column_names_to_labels["age"] == "How old?"
assert meta.variable_value_labels["uses"] == {"y": "Yes", "n": "No"}, meta.variable_value_labels
assert meta.variable_value_labels["level"] == {1.0: "Low", 200.0: "High"}
assert meta.variable_value_labels["chosen"]["another_rather_long_code"] == "Another — цілком інша"
assert meta.variable_measure["uses"] == "nominal" and meta.variable_measure["age"] == "scale", meta.variable_measure
assert meta.mr_sets and list(meta.mr_sets.values())[0]["variable_list"] == ["colours_red", "colours_blue"], meta.mr_sets
print(f".sav read by pyreadstat {pyreadstat.__version__}: {checked} cells, labels, measures, one set: as in the CSV")

open("answers.parquet", "wb").write(fetched("answers.parquet"))
table = pandas.read_parquet("answers.parquet")
checked = 0
for at, row in enumerate(rows):
    for name in ("age", "dose"):
        got = table[name][at]
        same(at, name, None if pandas.isna(got) else float(got), float(row[name]) if row[name] else None, "Parquet")
    for name in ("uses", "level", "chosen", "words"):
        got = table[name][at]
        same(at, name, "" if pandas.isna(got) else got, harmed(row[name]), "Parquet")
    same(at, "since", str(table["since"][at]), row["since"], "Parquet")
    same(at, "clock", str(table["clock"][at])[:5], row["clock"][:5], "Parquet")
print(f"Parquet read by pandas {pandas.__version__}: {checked} cells as in the CSV")

made = officer.post(site + "/me/tokens", data={"name": "Peers", "days": "30"})
token = next(it for it in re.findall(r"<code>([0-9a-f]+)</code>", made.text) if len(it) == 64)
from odata import ODataService  # noqa: E402

client = requests.Session()
client.auth = ("anyone", token)
client.headers["Prefer"] = "odata.maxpagesize=7"
service = ODataService(f"{site}/api/odata/{round_id}/", session=client, reflect_entities=True)
Answers = service.entities["answers_row"] if "answers_row" in service.entities else service.entities["answers"]
checked = 0
found = {entity._record: entity for entity in service.query(Answers)}
assert len(found) == 40, f"python-odata read {len(found)} of 40 over pages of seven"
for row in rows:
    entity = found[int(row["_record"])]
    same(row["_record"], "age", entity.age, int(row["age"]) if row["age"] else None, "OData")
    same(row["_record"], "words", entity.words or "", harmed(row["words"]), "OData")
    same(row["_record"], "uses", entity.uses or "", row["uses"], "OData")
old = service.query(Answers).filter(Answers.age > 500).order_by(Answers.age.desc())
ages = [entity.age for entity in old]
wanted = sorted((int(row["age"]) for row in rows if row["age"] and int(row["age"]) > 500), reverse=True)
assert ages == wanted, (ages, wanted)
print(f"OData read by python-odata: {checked} cells over pages of seven, a filter and an order: as in the CSV")
