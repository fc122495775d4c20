"""Checks action.yml and the recipes of docs/ci.md against the schemas that GitHub and GitLab publish, and prints how many there were.

  recipes.py ROOT SCRATCH
"""

import json
import re
import subprocess
import sys
from pathlib import Path


def main(root, scratch):
    page = (Path(root) / "docs/ci.md").read_text()
    # The first block is a configuration of smtpspec.
    blocks = re.findall(r"```yaml\n(.*?)```", page, re.DOTALL)[1:]
    files = {"vendor.github-actions": [Path(root) / "action.yml"], "vendor.github-workflows": [], "vendor.gitlab-ci": []}
    for number, block in enumerate(blocks):
        is_github = block.startswith("jobs:")
        path = Path(scratch) / f"{number}.yml"
        # A recipe is a job: what starts it is the reader's.
        path.write_text(("on: push\n" if is_github else "") + block)
        files["vendor.github-workflows" if is_github else "vendor.gitlab-ci"].append(path)
    for schema, paths in files.items():
        subprocess.run([sys.executable, "-m", "check_jsonschema", "--builtin-schema", schema, *paths], check=True, stdout=sys.stderr)
    print(json.dumps({schema: len(paths) for schema, paths in files.items()}))


main(*sys.argv[1:])
