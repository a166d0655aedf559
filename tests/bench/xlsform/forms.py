"""Random questionnaires as authors write them, from a seed: question types, groups, repeats, languages, lists, references,
parameters, settings, entities; about one in four is broken on purpose. The same seed makes the same form everywhere."""
import random

LANGUAGES = ["English (en)", "Français (fr)", "Русский (ru)", "Română (ro)", "Klingon", "default"]
WORDS = ("How many people live in this cell block today and who takes care of them when health staff are away Naïve ходят "
         "camarade ‘quoted’ \"double\" <tag> a&b 50% {brace} $ #1 … *bold* [link](http://x.org) d'accord").split(" ")
NAMES = ["age", "sex", "block", "cell", "tested", "treated", "date_in", "weight", "height", "name", "label_x", "état", "x.y", "x-y",
         "_u", "town", "state", "county", "visits", "reason", "note_a", "meta_x", "id", "type_of", "count", "title"]
PLAIN = ["text", "integer", "decimal", "date", "time", "dateTime", "note", "geopoint", "geotrace", "geoshape", "image", "audio", "video",
         "file", "barcode", "acknowledge", "trigger", "int", "string", "percentage", "phone number", "datetime", "gps", "photo", "hidden"]
METADATA = ["start", "end", "today", "deviceid", "username", "email", "phonenumber", "simserial", "subscriberid", "audit",
            "start-geopoint", "background-audio", "imei"]
ODD = ["q string", "add note prompt", "get start time", "location", "number of days in last month", "uri:deviceid", "select1",
       "add select one prompt using LIST", "select all that apply from LIST", "osm", "end time", "q select1", "rank", "xml-external", "csv-external"]


class Form:
    def __init__(self, seed):
        self.seed = seed
        self.r = random.Random(seed)
        r = self.r
        self.languages = r.sample(LANGUAGES[:5], r.choice([0, 0, 0, 1, 2, 3]))
        if self.languages and r.random() < 0.2:
            self.languages.append("")
        self.names = []
        self.repeats = []
        self.inside = []
        self.used = set()
        self.shown = set()
        self.rows = []
        self.lists = {}
        self.sheets = {}
        self.broken = r.random() < 0.28
        self.delimiter = r.choice(["::", "::", "::", ":"])
        self.sizes = [2, 4, 6, 8, 12]
        # Each author has one word for a column.
        self.column = {"label": r.choice(["label"] * 9 + ["caption"]), "relevant": r.choice(["relevant", "relevant", "relevance", "bind::relevant"]),
                       "read_only": r.choice(["read_only", "readonly", "read only"]), "image": r.choice(["image", f"media{self.delimiter}image"]),
                       "audio": r.choice(["audio", f"media{self.delimiter}audio"]), "calculation": r.choice(["calculation", "calculation", "calculate"]),
                       "list_name": r.choice(["list_name", "list_name", "list name"])}

    def pick(self, good, bad=()):
        """One of the good values; rarely, and more often in a form broken on purpose, a bad one."""
        return self.r.choice(bad) if bad and self.r.random() < (0.02 if self.broken else 0.001) else self.r.choice(good)

    # Words and expressions

    def words(self, least=1, most=9):
        text = " ".join(self.r.choice(WORDS) for _ in range(self.r.randint(least, most)))
        if self.r.random() < 0.12 and self.names:
            text += f" ${{{self.r.choice(self.names)}}}"
        if self.r.random() < 0.03:
            text += "  two spaces\nnew line"
        if self.r.random() < 0.02:
            text += " <output value=\"x\"/> &amp;"
        return text

    def reference(self):
        r = self.r
        if not self.names:
            return "1"
        name = r.choice(self.names)
        return self.pick(["${%s}"] * 12 + ["${last-saved#%s}", "string(${%s})", "once(${%s})", "current()/../%s", "${%s}/x"], ["${ %s }"]) % name

    def number(self):
        r = self.r
        return r.choice(["1", "0", "-3", "2.5", "100", "count(${%s})" % r.choice(self.repeats) if self.repeats else "7",
                         "sum(${%s})" % r.choice(self.names) if self.names else "7", "position(..)", "int(3.7)", "today()", "pi()"])

    def expression(self, depth=0):
        r = self.r
        kind = r.randrange(15)
        if depth > 2 or kind < 3:
            return f"{self.reference()} {r.choice(['=', '!=', '<', '>', '<=', '>='])} {self.number()}"
        if kind < 5:
            return f"{self.expression(depth + 1)} {r.choice(['and', 'or'])} {self.expression(depth + 1)}"
        if kind == 5:
            return f"not({self.expression(depth + 1)})"
        if kind == 6:
            return f"selected({self.reference()}, '{r.choice(['a', 'yes', 'x1'])}')"
        if kind == 7:
            return f"if({self.expression(depth + 1)}, 'it''s'[1], {self.reference()})".replace("'it''s'[1]", "\"it's\"")
        if kind == 8:
            return f"regex(., '^[a-z]{{2,5}}$')"
        if kind == 9:
            return f"{self.reference()} + {self.reference()} * {self.number()} - 1"
        if kind == 10:
            return f"pulldata('{r.choice(['prices', 'people'])}', 'cost', 'id', {self.reference()})"
        if kind == 11:
            return f"coalesce({self.reference()}, {self.reference()})"
        if kind == 12:
            return f"string-length({self.reference()}) > 3"
        if kind == 13 and self.repeats and self.names:
            return f"indexed-repeat(${{{r.choice(self.names)}}}, ${{{r.choice(self.repeats)}}}, {self.number()}) = 1"
        if kind == 14 and self.lists:
            return f"count(instance('{r.choice(list(self.lists))}')/root/item[name = {self.reference()}]) > 0"
        return ". > 0 and . < 100"

    def name(self):
        r = self.r
        for _ in range(40):
            name = (r.choice(NAMES) if r.random() > 0.0008 else r.choice(["Ärger", "bad name", "2nd"])) + (str(r.randrange(60)) if r.random() < 0.85 else "")
            if name not in self.used:
                self.used.add(name)
                return name
        return f"n{len(self.rows)}"

    # Columns

    def put(self, row, column, text):
        """One text, in as many languages as the form has."""
        if not self.languages:
            row[column] = text
            return
        whole = self.r.random() < 0.7
        for language in self.languages:
            if whole or language == self.languages[0] or self.r.random() < 0.8:
                key = f"{column}{self.delimiter}{language}" if language else column
                row[key] = f"{text} {language[:2]}" if language else text

    def question(self, context):
        r = self.r
        kind = r.random()
        row = {"name": self.name()}
        if kind < 0.5:
            row["type"] = r.choice(PLAIN)
        elif kind < 0.72:
            self.select(row)
        elif kind < 0.80:
            row["type"] = r.choice(["calculate", "calculate", "hidden"])
            row[self.column["calculation"]] = self.expression()
        elif kind < 0.85:
            row["type"] = r.choice(METADATA)
            self.metadata(row)
        elif kind < 0.9:
            row["type"] = "range"
            row["parameters"] = self.pick(["start=0 end=10 step=1", "start=1,end=5,step=0.5", "start=-5;end=5;step=1", "", "start=0 end=1 step=0.1", "start=10 end=0 step=2",
                                           "start=0 end=10 step=1 tick_interval=2", "start=0 end=10 placeholder=5"],
                                          ["start=0 end=20 step=5 tick_labelset=yn", "start=1 end=9 step=3 tick_interval=2", "begin=1"])
            if r.random() < 0.3:
                row["appearance"] = self.pick(["vertical", "no-ticks", "vertical no-ticks"], ["picker", "rating"])
        elif kind < 0.93:
            row["type"] = r.choice(ODD)
            if "LIST" in row["type"]:
                row["type"] = row["type"].replace("LIST", self.list())
            elif row["type"] in ("select1", "q select1", "rank") and r.random() < 0.9:
                row["type"] += f" {self.list()}" if row["type"] != "q select1" else ""
        else:
            row["type"] = r.choice(["image", "geopoint", "geotrace", "audio", "text", "background-geopoint"])
            self.parameters(row)
        self.decorate(row)
        self.rows.append(row)
        if "name" in row:
            self.names.append(row["name"])

    def metadata(self, row):
        r = self.r
        if row["type"] == "audit":
            row["name"] = self.pick(["audit"], [row["name"]])
            if "audit" in self.used:
                row["type"], row["name"] = "today", self.name()
                return
            self.used.add("audit")
            if r.random() < 0.3:
                row.pop("name")
            if r.random() < 0.7:
                row["parameters"] = self.pick(["location-priority=balanced location-min-interval=60 location-max-age=120", "track-changes=true",
                                               "track-changes-reasons=on-form-edit", "identify-user=true track-changes=false"],
                                              ["location-priority=high-accuracy location-min-interval=10 location-max-age=5", "location-priority=balanced"])
        if row["type"] == "background-audio" and r.random() < 0.6:
            row["parameters"] = r.choice(["quality=voice-only", "quality=low", "quality=external", "quality=normal"])

    def parameters(self, row):
        r = self.r
        row["parameters"] = {
            "image": lambda: self.pick(["max-pixels=640", "app=com.example.app max-pixels=10"], ["max-pixels=x", "app=not valid", "max-pixel=10"]),
            "geopoint": lambda: self.pick(["allow-mock-accuracy=true", "capture-accuracy=2.5 warning-accuracy=10"], ["capture-accuracy=x", "allow-mock-accuracy=no"]),
            "geotrace": lambda: self.pick(["incremental=true", "allow-mock-accuracy=false"], ["incremental=no"]),
            "audio": lambda: self.pick(["quality=low", "quality=normal", "quality=external"], ["quality=best"]),
            "text": lambda: self.pick(["rows=5"], ["rows=x", "cols=3"]),
            "background-geopoint": lambda: "",
        }[row["type"]]()
        if row["type"] == "background-geopoint":
            if not self.shown:
                row["type"] = "text"
                return
            row["trigger"] = f"${{{r.choice(sorted(filter(None, self.shown)))}}}"
        if row["type"] == "image" and r.random() < 0.3:
            row["appearance"] = r.choice(["annotate", "signature", "draw", "new-front"])

    def select(self, row):
        r = self.r
        kind = r.choice(["select_one"] * 5 + ["select_multiple"] * 4 + ["rank", "select one from", "select_one_external", "select_one_from_file",
                                                                        "select_multiple_from_file"])
        if kind.endswith("from_file"):
            row["type"] = f"{kind} {self.pick(['towns.csv', 'towns.xml', 'places.geojson'], ['my towns.csv', 'towns.txt'])}"
            if r.random() < 0.4:
                row["parameters"] = self.pick(["value=code label=title", "value=code", "randomize=true", "randomize=true seed=42"], ["label=1bad"])
        elif kind == "select_one_external":
            row["type"] = f"{kind} cities"
            row["choice_filter"] = f"state={self.reference()}"
            self.sheets.setdefault("external_choices", [{"list_name": "cities", "name": n, "label": n.title(), "state": s}
                                                        for n, s in [("dallas", "tx"), ("austin", "tx"), ("seattle", "wa")]])
        else:
            name = self.list()
            row["type"] = f"{kind} {name}"
            other = r.random() < 0.08 and kind != "rank"
            if other:
                row["type"] += r.choice([" or_other", " or specify other"])
            if r.random() < (0.02 if other else 0.2):
                row["choice_filter"] = r.choice(["group = 'g1'", f"group = {self.reference()}", self.expression(), "true()"])
            if r.random() < 0.12:
                row["parameters"] = self.pick(["randomize=true", "randomize=true seed=7", "randomize=true seed=${%s}" % r.choice(self.names or ["x"]), "randomize=false"],
                                              [f"randomize=true seed={self.reference()}", "randomize=yes", "seed=4"])
            if r.random() < 0.12:
                row["appearance"] = r.choice(["minimal", "search('towns')", "label", "list-nolabel", "columns-2", "image-map", "quick autocomplete"])
            if r.random() < 0.08 and self.repeats and self.inside and kind == "select_one":
                row["type"] = f"select_one ${{{r.choice(self.inside)}}}"

    def list(self):
        r = self.r
        if self.lists and r.random() < 0.6:
            return r.choice(list(self.lists))
        name = r.choice(["yn", "colour", "l1", "l2", "l3", "list-x", "regions", "été"])
        if name in self.lists:
            return name
        items = []
        for at in range(r.randint(1, 5)):
            item = {self.column["list_name"]: name, "name": r.choice(["yes", "no", "a", "b", "x1", "1", "2.5", "other", "long"]) + (str(at) if r.random() < 0.9 else "")}
            if any(other["name"] == item["name"] for other in items):
                continue
            if r.random() < 0.96:
                self.put(item, "label", self.words(1, 3))
            if r.random() < 0.08:
                self.put(item, self.column["image"], "pic.png")
            if r.random() < 0.3:
                item["group"] = r.choice(["g1", "g2", "a<b", "1"])
            if r.random() < 0.05:
                item["geometry"] = "1.5 2.5"
            items.append(item)
        self.lists[name] = items
        return name

    def decorate(self, row):
        r = self.r
        hidden = row["type"] in METADATA or row["type"] in ("calculate", "hidden") or row["type"].endswith("external")
        if r.random() < (0.05 if hidden else 0.97 if self.broken else 0.997):
            self.put(row, self.column["label"], self.words())
        if not hidden:
            self.shown.add(row.get("name"))
        if hidden and r.random() < 0.6:
            return
        if r.random() < 0.2:
            self.put(row, "hint", self.words(1, 4))
        if r.random() < 0.05:
            self.put(row, "guidance_hint", self.words(1, 4))
        if r.random() < 0.22:
            row[self.column["relevant"]] = self.expression()
        if r.random() < 0.2:
            row["constraint"] = self.expression()
            if r.random() < 0.6:
                self.put(row, "constraint_message", self.words(1, 5))
        if r.random() < 0.25:
            row["required"] = r.choice(["yes", "true", "TRUE", "no", "true()", "Yes", self.expression()])
            if r.random() < 0.3:
                self.put(row, "required_message", self.words(1, 5))
        if r.random() < 0.08:
            row[self.column["read_only"]] = r.choice(["yes", "true()", self.expression()])
        if r.random() < 0.15:
            row["default"] = r.choice(["a", "5", "2024-01-01", "now()", "a b", "1 - 2", "-4", "uuid()", self.reference(), self.expression(), "jr://images/x.png",
                                       "${last-saved#%s}" % r.choice(self.names) if self.names else "x", "if(1=1, 2, 3)", "2021-05-05T10:00:00", "1 2 3 4"])
        shown = [name for name in self.names if name in self.shown]
        if r.random() < 0.06 and shown and not hidden:
            row["trigger"] = self.pick(["${%s}", "${%s}", "${%s}, ${" + r.choice(shown) + "}"], ["%s"]) % r.choice(shown if r.random() < 0.97 else self.names)
            if r.random() < 0.8:
                row[self.column["calculation"]] = self.expression()
        elif r.random() < 0.06:
            row[self.column["calculation"]] = self.expression()
        if r.random() < 0.1 and "appearance" not in row:
            row["appearance"] = r.choice(["multiline", "numbers", "w1", "month-year", "no-calendar", "thousands-sep", "placement-map", "signature",
                                          "w2 hidden-answer", "url", "ex:org.app(x=${%s})" % r.choice(self.names) if self.names else "w3"])
        if r.random() < 0.05:
            self.put(row, self.pick([self.column["image"], self.column["audio"], "video"], ["big-image"]),
                     r.choice(["a.png", "b.mp3", "${%s}.png" % r.choice(self.names) if self.names else "c.png"]))
        if r.random() < 0.04:
            row[r.choice(["bind::odk:length", "body::kb:flow", "instance::x", "body::accuracyThreshold", "bind::jr:preload", "instance::odk:tag"])] = r.choice(["1", "abc", "5.5"])
        if r.random() < 0.02:
            row["autoplay"] = "audio"
        if r.random() < 0.004:
            row["disabled"] = r.choice(["yes", "no", "true"])
        if r.random() < 0.03:
            row["note"] = "for colleagues"

    # Structure

    def block(self, depth, size):
        r = self.r
        for _ in range(size):
            if depth < 3 and r.random() < 0.16:
                kind = r.choice(["group"] * 4 + ["repeat"] * 3 + (["loop"] if r.random() < 0.15 else []))
                name = self.name()
                shape = r.choice(["begin %s", "begin_%s", "begin %s"])
                row = {"type": shape % kind, "name": name}
                if r.random() < 0.7:
                    self.put(row, self.column["label"], self.words(1, 4))
                if r.random() < 0.25:
                    row[self.column["relevant"]] = self.expression()
                if r.random() < 0.2:
                    row["appearance"] = r.choice(["field-list", "table-list", "w4", "field-list w2", "minimal"])
                if kind == "repeat" and r.random() < 0.35:
                    row["repeat_count"] = r.choice(["3", "${%s}" % r.choice(self.names) if self.names else "4", self.expression(), "${%s} + 1" % r.choice(self.names) if self.names else "2", "0"])
                if kind == "loop":
                    row["type"] = f"begin loop over {self.list()}"
                if r.random() < 0.04:
                    row["instance::odk:tag"] = "t1"
                if r.random() < 0.06:
                    row["hint"] = "group hint"
                self.rows.append(row)
                outer = list(self.names)
                if kind == "repeat":
                    self.repeats.append(name)
                known = len(self.names)
                self.block(depth + 1, r.randint(0 if r.random() < 0.05 else 1, 4))
                if kind == "repeat":
                    self.inside.extend(self.names[known:])
                if kind == "loop":
                    self.names = outer
                end = {"type": (shape.replace("begin", "end")) % kind}
                if r.random() < 0.2:
                    end["name"] = name
                self.rows.append(end)
                self.names.append(name)
            else:
                self.question(depth)
            if r.random() < 0.02:
                self.rows.append({})

    def settings(self):
        r = self.r
        if r.random() < 0.35:
            return
        row = {}
        choose = lambda p, key, *values: row.update({key: r.choice(values)}) if r.random() < p else None
        choose(0.6, r.choice(["form_title", "title", "set_form_title"]), "Health survey", "Étude <1> & \"2\"", "x")
        choose(0.7, r.choice(["form_id", "form_id", "id_string"]), "health_1", "h-2", "étude")
        choose(0.5, "version", "1", "2024110100", "v 1.2", "1.0")
        choose(0.3, "default_language", *([*self.languages, "Latin (la)"] if self.languages else ["English (en)", "default"]))
        choose(0.15, "style", "pages", "theme-grid", "pages theme-grid")
        choose(0.2, "instance_name", "concat('a', uuid())", *(["${%s}" % r.choice(self.names)] if self.names else []), "'x'")
        choose(0.06, "public_key", "MIIBIjANBgkqh")
        choose(0.06, "submission_url", "https://example.org/submission")
        choose(0.05, "auto_send", "true", "false", "yes")
        choose(0.05, "auto_delete", "true", "no")
        choose(0.1, "allow_choice_duplicates", "yes", "no", "true")
        choose(0.05, "namespaces", 'ex="http://example.org/x"', 'ex="http://a" ey="http://b"')
        choose(0.06, "name", "survey_x", "data2")
        choose(0.04, "clean_text_values", "no", "yes")
        choose(0.05, "omit_instanceID", "true")
        choose(0.03, "sms_keyword", "kw")
        choose(0.03, "prefix", "pre")
        choose(0.03, "delimiter", "+")
        choose(0.04, "attribute::xyz", "1")
        choose(0.02, "client_editable", "true", "yes", "no")
        choose(0.03, "instance_id", "x")
        if row:
            self.sheets["settings"] = [row]

    def entities(self):
        r = self.r
        if r.random() > 0.1:
            return
        row = {r.choice(["list_name", "dataset"]): r.choice(["trees", "people", "my-list"])}
        if not self.broken or r.random() < 0.85:
            row["label"] = r.choice(["a", "concat('x', ${%s})" % r.choice(self.names), "${%s}" % r.choice(self.names)])
        if r.random() < 0.2:
            row["update_if"] = self.expression()
            row["entity_id"] = r.choice(["uuid()", "${%s}" % r.choice(self.names)])
        if r.random() < 0.3:
            row["create_if"] = self.expression()
        if self.broken and r.random() < 0.3:
            row["update_if"] = self.expression()
        if r.random() < 0.15 and self.repeats:
            row["repeat"] = "${%s}" % r.choice(self.repeats)
        self.sheets["entities"] = [row]
        for one in self.rows:
            if one.get("name") and not one["type"].startswith(("begin", "end")) and r.random() < 0.15:
                one["save_to"] = r.choice(["prop", "height", "p_1", "name", "__x", "p2", "p3", "p4", "label"][:(9 if r.random() < 0.15 else 8)]) + \
                    ("" if r.random() < 0.3 else str(r.randrange(99)))

    def damage(self):
        """One or two faults that authors make."""
        r = self.r
        rows = [row for row in self.rows if row]
        for _ in range(r.randint(1, 2)):
            row = r.choice(rows)
            fault = r.randrange(34)
            if fault == 0: row.pop("name", None)
            elif fault == 1: row["name"] = r.choice(["bad name", "1st", "a:b", "é!", "a$b", "meta", "data"])
            elif fault == 2: row["type"] = r.choice(["txet", "select_one", "select_on yn", "begin", "integr", "begin gruop", "select_one nowhere", "table"])
            elif fault == 3: row[self.column["relevant"]] = r.choice(["${nobody} = 1", "${no body} = 1", "${} = 1", "${a = 1", "$a = 1", "${a${b}}"])
            elif fault == 4 and self.names: row["name"] = r.choice(self.names)
            elif fault == 5: self.rows.append({"type": r.choice(["end group", "end repeat", "begin group"]), "name": "stray"})
            elif fault == 6: self.rows = [one for one in self.rows if not str(one.get("type", "")).startswith("end")]
            elif fault == 7: row["choice_filter"] = "${nobody} = 1"
            elif fault == 8 and self.lists:
                items = r.choice(list(self.lists.values()))
                items.append(dict(items[0]))
            elif fault == 9 and self.lists:
                r.choice(r.choice(list(self.lists.values()))).pop("name", None)
            elif fault == 10 and self.lists:
                r.choice(r.choice(list(self.lists.values())))["name"] = r.choice(["has space", "a,b", "é è"])
            elif fault == 11: row["parameters"] = r.choice(["x", "a=b=c", "start", "foo=bar", "randomize"])
            elif fault == 12: row["trigger"] = r.choice(["nobody", "${nobody}", "${a},${b}", "${a} ${b}"])
            elif fault == 13: row["label"] = "${nobody} here"
            elif fault == 14: self.sheets["settings"] = [{"form_title": "x", r.choice(["form id", "Form_ID", "id string"]): "y z"}]
            elif fault == 15: self.rows.append(dict(row))
            elif fault == 16: row["type"] = f"{row.get('type', '')} "
            elif fault == 17: row[self.column["calculation"]] = "${nobody}"
            elif fault == 18: row["repeat_count"] = r.choice(["${nobody}", "x y", "-1"])
            elif fault == 19: self.misspell = r.choice(["survey", "choices", "settings", "entities"])
            elif fault == 20: row["save_to"] = r.choice(["x", "a b", "__a", "trees#x", "a#b#c"])
            elif fault == 21: self.sheets["entities"] = [{"list_name": r.choice(["__a", "a.b", "1x", ""]), "label": "x"}]
            elif fault == 22: self.sheets["entities"] = [{"list_name": "a", "label": "x", "colour": "red"}]
            elif fault == 23 and self.lists:
                for item in r.choice(list(self.lists.values())):
                    for key in [key for key in item if key.startswith("label")]:
                        item.pop(key)
            elif fault == 24: row["type"] = "range"; row["parameters"] = r.choice(["start=a", "step=0", "start=1 end=2 step=5", "start=0 end=10 placeholder=99",
                                                                                  "start=0 end=10 tick_labelset=nowhere", "start=0 end=10 step=3 tick_interval=4"])
            elif fault == 25: row["default"] = "${nobody}"
            elif fault == 26: row["bind::type"] = "int"
            elif fault == 27: row["type"] = "audit"; row["name"] = "audit"
            elif fault == 28: row["appearance"] = "${nobody}"
            elif fault == 29: row["constraint_message"] = "not ${nobody}"
            elif fault == 30: row["type"] = "select_one_from_file towns.txt"
            elif fault == 31: row["hint"] = "${%s" % (self.names[0] if self.names else "x")
            elif fault == 32 and self.names: row["name"] = r.choice(self.names).upper()
            elif fault == 33: self.sheets["settings"] = [{"form_id": "x", "name": r.choice(["a b", "1x", "x:y"])}]

    def workbook(self):
        """Sheets as lists of rows; the first row is the header."""
        r = self.r
        self.misspell = None
        self.list()
        self.block(0, r.choice(self.sizes))
        if not self.rows or all(not row for row in self.rows):
            self.question(0)
        self.settings()
        if self.names:
            self.entities()
        if self.broken:
            self.damage()
        sheets = {"survey": self.rows}
        choices = [item for items in self.lists.values() for item in items]
        if choices and not (self.broken and r.random() < 0.05):
            sheets["choices"] = choices
        sheets.update(self.sheets)
        out = {}
        for name, rows in sheets.items():
            header = []
            for row in rows:
                header.extend(key for key in row if key not in header)
            if name == "survey":
                for key in ("name", "type"):
                    if key in header:
                        header.remove(key)
                        header.insert(0, key)
            if r.random() < 0.15:
                head, tail = header[:2], header[2:]
                r.shuffle(tail)
                header = head + tail
            title = name
            if name == self.misspell:
                title = name[:-1] if r.random() < 0.5 else name[1:]
            out[title] = [header] + [[row.get(key, "") for key in header] for row in rows]
        return out


def workbook(seed):
    return Form(seed).workbook()


def markdown(sheets):
    """A table for each sheet. A bar or a line end in a cell would be another cell or row."""
    clean = lambda text: text.replace("|", "/").replace("\n", " ")
    lines = []
    for name, rows in sheets.items():
        lines.append(f"| {name} |")
        lines.extend("| | " + " | ".join(clean(cell) for cell in row) + " |" for row in rows)
    return "\n".join(lines) + "\n"


def spreadsheet(sheets, path):
    """A real .xlsx, in which whole numbers and truths are numbers and truths."""
    import openpyxl
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append([typed(cell) for cell in row])
    book.save(path)


def typed(cell):
    if cell in ("TRUE", "true"):
        return True
    try:
        return int(cell) if str(int(cell)) == cell else cell
    except ValueError:
        pass
    try:
        return float(cell) if str(float(cell)) == cell else cell
    except ValueError:
        return None if cell == "" else cell


def csv_text(sheets):
    import csv, io
    out = io.StringIO()
    writer = csv.writer(out)
    for name, rows in sheets.items():
        writer.writerow([name])
        for row in rows:
            writer.writerow(["", *row])
    return out.getvalue()
