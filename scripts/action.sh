#!/usr/bin/env bash
# The step of action.yml: checks a server, writes every report into a folder, adds a summary to the job and annotations to the log, and ends with
# the status of the check. What it wants to know stands in the environment, as action.yml sets it.
set -euo pipefail

binary=${SMTPSPEC_BINARY:-}
if [ -z "$binary" ]; then
  make -C "$SMTPSPEC_SOURCE" release
  binary=$(cd "$SMTPSPEC_SOURCE" && swift build -c release --static-swift-stdlib --show-bin-path)/smtpspec
fi
folder=${SMTPSPEC_FOLDER:-smtpspec-report}
mkdir -p "$folder"

arguments=()
if [ -n "${SMTPSPEC_ADDRESS:-}" ]; then arguments+=("$SMTPSPEC_ADDRESS"); fi
if [ -n "${SMTPSPEC_CONFIG:-}" ]; then arguments+=(--config "$SMTPSPEC_CONFIG"); fi
while IFS= read -r line; do
  if [ -n "$line" ]; then arguments+=("$line"); fi
done <<<"${SMTPSPEC_ARGUMENTS:-}"

# The log shows what the server says. The runner takes no commands from it while they are stopped, and nobody can guess the word that ends that.
word=$(od -An -N16 -tx1 /dev/urandom | tr -d ' \n')
echo "::stop-commands::$word"
status=0
"$binary" check ${arguments[@]+"${arguments[@]}"} --json="$folder/events.jsonl" --report "junit=$folder/junit.xml" --report "sarif=$folder/report.sarif" \
  --report "html=$folder/report.html" || status=$?
echo "::$word::"

if [ -s "$folder/events.jsonl" ]; then
  "$binary" report "$folder/events.jsonl" --report github --markdown "${GITHUB_STEP_SUMMARY:-$folder/summary.md}"
fi
echo "status=$status" >> "${GITHUB_OUTPUT:-/dev/null}"
exit "$status"
