"""What pyxform makes of the random forms: pyxform_forms.py FOLDER FIRST COUNT writes the workbooks and answers.jsonl there."""
import json, os, sys, time, logging
import forms
from pyxform.xls2xform import convert
logging.disable(logging.CRITICAL)

folder, first, count = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
with open(os.path.join(folder, "answers.jsonl"), "w") as out:
    for seed in range(first, first + count):
        sheets = forms.workbook(seed)
        kind = ["md", "md", "xlsx", "md", "csv"][seed % 5]
        path = os.path.join(folder, f"form{seed}.{kind}")
        if kind == "xlsx":
            forms.spreadsheet(sheets, path)
        else:
            with open(path, "w", newline="") as file:
                file.write(forms.markdown(sheets) if kind == "md" else forms.csv_text(sheets))
        answer = {"seed": seed, "file": os.path.basename(path)}
        warnings = []
        started = time.process_time()
        try:
            answer["xform"] = convert(path, warnings=warnings, pretty_print=True).xform
        except Exception as error:
            known = type(error).__module__.startswith("pyxform")
            answer["error" if known else "crash"] = str(error) if known else f"{type(error).__name__}: {error}"
        answer["seconds"] = time.process_time() - started
        answer["warnings"] = warnings
        out.write(json.dumps(answer) + "\n")
