"""Reads reports with programs that know nothing of smtpspec, and prints what they say as one JSON object.

  forms.py SCHEMAS [junit=PATH] [sarif=PATH] [tap=PATH]

SCHEMAS is the folder with junit-10.xsd and sarif-2.1.0.json. A report that a reader refuses ends this with a traceback and status 1.
"""

import json
import sys
import warnings
from pathlib import Path


def junit(path, schemas):
    from lxml import etree

    # A parser as CI systems use it: no entities, no network.
    document = etree.parse(path, etree.XMLParser(resolve_entities=False, no_network=True))
    etree.XMLSchema(etree.parse(str(schemas / "junit-10.xsd"))).assertValid(document)
    root = document.getroot()
    cases = {}
    for case in root.iter("testcase"):
        kinds = [child.tag for child in case if child.tag in ("failure", "error", "skipped")]
        assert len(kinds) <= 1, kinds
        name = case.get("name")
        assert name not in cases, name
        cases[name] = {"class": case.get("classname"), "kind": kinds[0] if kinds else "passed"}
        cases[name]["message"] = next((child.get("message") for child in case if child.tag in kinds), "")
    for suites in [root], list(root):
        for suite in suites:
            for attribute, tag in ("tests", "testcase"), ("failures", "failure"), ("errors", "error"), ("skipped", "skipped"):
                told = suite.get(attribute)
                assert told is None or int(told) == len(list(suite.iter(tag))), (attribute, told)
    return {"failures": int(root.get("failures")), "errors": int(root.get("errors")), "cases": cases}


def sarif(path, schemas):
    import jsonschema

    with open(path) as file:
        log = json.load(file)
    schema = json.loads((schemas / "sarif-2.1.0.json").read_text())
    jsonschema.Draft4Validator(schema, format_checker=jsonschema.FormatChecker()).validate(log)
    (run,) = log["runs"]
    rules = run["tool"]["driver"]["rules"]
    for result in run["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
    (invocation,) = run.get("invocations") or [None]
    return {
        "successful": invocation and invocation["executionSuccessful"],
        "notifications": [one["message"]["text"] for one in invocation["toolExecutionNotifications"]] if invocation else [],
        "rules": {rule["id"]: rule["help"]["text"] for rule in rules},
        "results": {
            result["ruleId"]: {
                "level": result["level"],
                "suppressed": bool(result.get("suppressions")),
                "fingerprints": result["partialFingerprints"],
                "message": result["message"]["text"],
            }
            for result in run["results"]
        },
    }


def tap(path, schemas):
    # tap.py reads version 13, on which 14 builds; the parser says so of the first line alone.
    from tap.parser import Parser

    text = Path(path).read_text().replace("TAP version 14", "TAP version 13", 1)
    tests, plan, bail, unknown = {}, None, None, []
    for line in Parser().parse_text(text):
        if line.category == "test":
            assert line.number not in tests, line.number
            kind = "ok" if line.ok else "not ok"
            if line.skip:
                kind += " SKIP"
            if line.todo:
                kind += " TODO"
            tests[line.number] = {"kind": kind, "name": line.description, "yaml": line.yaml_block}
        elif line.category == "plan":
            plan = line.expected_tests
        elif line.category == "bail":
            bail = line.reason
        elif line.category == "unknown":
            unknown.append(str(line))
    assert not unknown, unknown
    return {"plan": plan, "bail": bail, "tests": list(tests.values())}


def main(schemas, *reports):
    warnings.simplefilter("error")
    read = {"junit": junit, "sarif": sarif, "tap": tap}
    told = {}
    for report in reports:
        form, path = report.split("=", 1)
        told[form] = read[form](path, Path(schemas))
    print(json.dumps(told))


main(*sys.argv[1:])
