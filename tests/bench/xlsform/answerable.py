"""Random questionnaires that a person could fill: answerable.py FOLDER FIRST COUNT writes them as Markdown. Expressions read questions asked
before them, defaults fit their types, lists exist; conditions, calculations, triggers, repeats and cascades are as wild as in forms.py."""
import os, sys
from forms import Form, markdown

DEFAULTS = {"integer": ["5", "-4", "0"], "int": ["7"], "decimal": ["2.5", "10"], "text": ["a", "a b", "yes"], "string": ["x1"], "date": ["2024-01-01", "today()"],
            "time": ["10:00:00"], "dateTime": ["2024-01-01T10:00:00.000+00:00"], "geopoint": ["1.5 2.5 0 0"], "barcode": ["abc"]}
TYPES = ["text"] * 5 + ["integer"] * 6 + ["decimal"] * 3 + ["date", "date", "time", "dateTime", "note", "geopoint", "barcode", "acknowledge", "string", "int"]
CALCULATED = {"text", "integer", "decimal", "string", "int", "calculate"}


class Answerable(Form):
    def __init__(self, seed):
        super().__init__(seed)
        self.broken, self.sizes = False, [2, 3, 4, 6]
        self.questions = []
        self.of, self.inside, self.repeat = {}, {}, ""
        self.depth = 0

    def reference(self, kinds=None):
        known = [name for name in self.questions if kinds is None or self.of[name] in kinds]
        if not known:
            return "1"
        name = self.r.choice(known[-12:])
        return self.r.choice(["${%s}"] * 14 + ["string(${%s})", "number(${%s})", "normalize-space(${%s})"]) % name

    def number(self):
        r = self.r
        numbers = {"integer", "int", "decimal"}
        known = [name for name in self.questions if self.of[name] in numbers]
        return r.choice(["1", "0", "-3", "2.5", "7", "100", "position(..)" if self.depth else "3", "int(3.7)", "round(2.345, 2)", "pow(2, 3)",
                         *(["count(${%s})" % r.choice(self.repeats)] if self.repeats else []),
                         *(["sum(${%s})" % r.choice(known), "${%s} * 2" % r.choice(known), "number(${%s})" % r.choice(known),
                            "max(${%s}, 1)" % r.choice(known), "coalesce(${%s}, 0) div 4" % r.choice(known)] if known else [])])

    def expression(self, depth=0, own=False):
        r = self.r
        kind = r.randrange(18 if own else 16)
        if depth > 2 or kind < 4:
            return f"{self.reference()} {r.choice(['=', '!=', '<', '>', '<=', '>='])} {self.number()}"
        if kind < 6:
            return f"{self.expression(depth + 1, own)} {r.choice(['and', 'or'])} {self.expression(depth + 1, own)}"
        if kind == 6:
            return f"not({self.expression(depth + 1, own)})"
        if kind == 7:
            return f"selected({self.reference()}, '{r.choice(['a1', 'yes0', 'x11', 'a', 'yes'])}')"
        if kind == 8:
            return f"string-length({self.reference()}) > {r.randrange(4)}"
        if kind == 9:
            return f"{self.reference()} = '' or {self.reference()} != 'a'"
        if kind == 10:
            return f"count-selected({self.reference()}) >= {r.randrange(3)}"
        if kind == 11:
            return f"regex({self.reference()}, '^[a-z]{{1,5}}$')"
        if kind == 12:
            return f"contains({self.reference()}, 'a') or starts-with({self.reference()}, 'x')"
        if kind == 13 and self.repeats:
            return f"count(${{{r.choice(self.repeats)}}}) > {r.randrange(3)}"
        if kind == 14 and self.lists:
            return f"count(instance('{r.choice(list(self.lists))}')/root/item[name = {self.reference()}]) > 0"
        if not own:
            return f"pulldata('people', 'cost', 'id', {self.reference()}) > 1"
        return r.choice([". > 0 and . < 50", ". != 'a'", "string-length(.) < 4", ". <= " + self.number()])

    def value(self):
        r = self.r
        kind = r.randrange(9)
        if kind < 3:
            return f"{self.reference()} {r.choice('+-*')} {self.number()}"
        return [lambda: f"if({self.expression(1)}, {self.reference()}, 'no')", lambda: f"concat({self.reference()}, '-', {self.reference()})",
                lambda: f"coalesce({self.reference()}, 'none')", lambda: self.number(), lambda: self.expression(1),
                lambda: f"substr({self.reference()}, 0, 3)"][kind - 3]()

    def question(self, context):
        r = self.r
        self.depth = context
        row = {"name": self.name()}
        kind = r.random()
        if kind < 0.6:
            row["type"] = r.choice(TYPES)
        elif kind < 0.8:
            name = self.list()
            row["type"] = f"{r.choice(['select_one', 'select_one', 'select_multiple'])} {name}"
            if r.random() < 0.25:
                row["choice_filter"] = r.choice([f"name != {self.reference()}", "group = 'g1' or " + self.expression(1), f"not(name = {self.reference()})"])
            elif r.random() < 0.1:
                row["parameters"] = f"randomize=true seed={r.choice([7, 42, 1234567])}"
        elif kind < 0.86:
            row["type"] = f"{r.choice(['select_one_from_file', 'select_multiple_from_file'])} {r.choice(['towns.csv', 'towns.xml', 'places.geojson'])}"
        elif kind < 0.95:
            row["type"] = "calculate"
            row["calculation"] = self.value()
        else:
            row["type"] = "range"
            row["parameters"] = r.choice(["start=0 end=10 step=1", "start=1 end=5 step=0.5", "start=-5 end=5 step=1"])
        kind = row["type"].split(" ")[0]
        hidden = kind == "calculate"
        if not hidden:
            self.put(row, "label", self.words())
            if r.random() < 0.2:
                row["required"] = r.choice(["yes", "true()", self.expression(1)])
            if r.random() < 0.25 and kind not in ("note", "acknowledge"):
                row["constraint"] = self.expression(0, True)
            if r.random() < 0.07:
                row["read_only"] = r.choice(["yes", self.expression(1)])
            if r.random() < 0.2 and kind in DEFAULTS:
                row["default"] = r.choice(DEFAULTS[kind])
            elif r.random() < 0.07 and kind in CALCULATED and self.questions:
                row["default"] = self.value()
            shown = [name for name in self.questions if self.of[name] not in ("calculate", "note", "acknowledge") and self.inside[name] == self.repeat]
            if r.random() < 0.1 and shown and kind in CALCULATED:
                row["trigger"] = "${%s}" % r.choice(shown)
                row["calculation"] = self.value()
            elif r.random() < 0.07 and kind in CALCULATED:
                row["calculation"], row["read_only"] = self.value(), "yes"
        if r.random() < 0.3:
            row["relevant"] = self.expression()
        self.rows.append(row)
        self.names.append(row["name"])
        self.questions.append(row["name"])
        self.of[row["name"]] = kind
        self.inside[row["name"]] = self.repeat

    def block(self, depth, size):
        r = self.r
        for _ in range(size):
            if depth < 2 and r.random() < 0.2:
                kind, name = r.choice(["group", "repeat"]), self.name()
                row = {"type": f"begin {kind}", "name": name}
                self.put(row, "label", "Part " + name)
                if r.random() < 0.4:
                    row["relevant"] = self.expression()
                if kind == "repeat" and r.random() < 0.4:
                    row["repeat_count"] = r.choice(["3", "2", "if(%s, 2, 1)" % self.expression(1), "min(number(%s), 4)" % self.reference({"integer", "int", "decimal"})])
                self.rows.append(row)
                outer = self.repeat
                if kind == "repeat":
                    self.repeats.append(name)
                    self.repeat = name
                self.block(depth + 1, r.randint(1, 3))
                self.repeat = outer
                self.rows.append({"type": f"end {kind}"})
            else:
                self.question(depth)

    def settings(self):
        pass

    def entities(self):
        pass


if __name__ == "__main__":
    folder, first, count = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    for seed in range(first, first + count):
        with open(os.path.join(folder, f"answers{seed:06}.md"), "w") as file:
            file.write(markdown(Answerable(seed).workbook()))
