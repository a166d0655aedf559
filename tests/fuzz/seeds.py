"""What fuzzing begins from: seeds.py FOLDER. Our own instruments, and the recorded cases where they are."""
import glob, gzip, hashlib, json, os, sys
here = os.path.dirname(os.path.abspath(__file__))
project = os.path.join(here, "../..")
folder = sys.argv[1]


def put(target, data, prefix=b""):
    os.makedirs(os.path.join(folder, target), exist_ok=True)
    name = hashlib.sha1(prefix + data).hexdigest()[:16]
    with open(os.path.join(folder, target, name), "wb") as file:
        file.write(prefix + data)


for path in glob.glob(os.path.join(project, "**/*.xlsx"), recursive=True) + glob.glob(os.path.join(project, "**/instruments/**/*.md"), recursive=True):
    if "/target/" in path or "/node_modules/" in path or os.path.getsize(path) > 60_000:
        continue
    with open(path, "rb") as file:
        put("workbook", file.read(), b"\0" if path.endswith("xlsx") else b"\2")
put("workbook", b"| survey |\n| | type | name | label |\n| | text | a | A ${b} |\n| | begin repeat | r | R |\n| | select_one l | b | B |\n| | end repeat | | |\n"
    b"| choices |\n| | list_name | name | label |\n| | l | x | X |\n", b"\2")
put("workbook", b"survey,,,\n,type,name,label\n,integer,n,How many?\n", b"\1")
put("expression", b"if(/data/age > 40, concat('a', ../r[position() = 2]/n), selected(/data/list, 'b'))")
put("xform", b'<h:html xmlns="http://www.w3.org/2002/xforms" xmlns:h="http://www.w3.org/1999/xhtml" xmlns:jr="http://openrosa.org/javarosa"><h:head><h:title>t</h:title>'
    b'<model><instance><data id="f"><a/><r jr:template=""><b/></r></data></instance><bind nodeset="/data/a" type="int" relevant="1 = 1"/></model></h:head><h:body>'
    b'<input ref="/data/a"><label>A</label></input><group ref="/data/r"><repeat nodeset="/data/r"><input ref="/data/r/b"/></repeat></group></h:body></h:html>')
cases = os.path.join(project, "../shared/cases")
for kind in ("xlsform", "xpath", "forms"):
    path = os.path.join(cases, kind, "cases.jsonl.gz")
    if not os.path.exists(path):
        continue
    for line in gzip.open(path, "rt"):
        case = json.loads(line)
        if isinstance(case.get("md"), str):
            put("workbook", case["md"].encode(), b"\2")
        if isinstance(case.get("expr"), str):
            put("expression", case["expr"].encode())
        if isinstance(case.get("form"), str) and case["form"].startswith("<"):
            put("xform", case["form"].encode())
