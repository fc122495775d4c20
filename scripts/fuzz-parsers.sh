#!/usr/bin/env bash
# Builds the instrumented parsers of Fuzzing/ and fuzzes them for a bounded time:
#   scripts/fuzz-parsers.sh [engine|libfuzzer] [reply|command|mail-data|all] [SECONDS]
# The engine is our own, in process; libFuzzer comes with Swift. Inputs that end a process are left in .build-fuzz/. The exit status is that of the
# first that found something.
set -euo pipefail
cd "$(dirname "$0")/../Fuzzing"
engine=${1:-engine} parser=${2:-all} seconds=${3:-30}
results=$PWD/.build-fuzz
mkdir -p "$results"
# Without this a crash ends in the runtime's backtrace, and no input is written.
export SWIFT_BACKTRACE=enable=no

parsers=("$parser")
[ "$parser" = all ] && parsers=(reply command mail-data)
case $engine in
engine)
  build=(swift build -c release --scratch-path .build-engine)
  "${build[@]}" --product EdgeFuzzer
  for name in "${parsers[@]}"; do
    timeout $((seconds + 60)) "$("${build[@]}" --show-bin-path)/EdgeFuzzer" "$name" --seconds "$seconds" --output "$results"
  done
  ;;
libfuzzer)
  build=(swift build -c release --sanitize fuzzer -Xswiftc -DLIBFUZZER --scratch-path .build-libfuzzer)
  for name in "${parsers[@]}"; do
    case $name in
    reply) product=ReplyFuzzer ;;
    command) product=CommandFuzzer ;;
    mail-data) product=MailDataFuzzer ;;
    *) echo "no parser '$name'; there is reply, command, mail-data" >&2; exit 2 ;;
    esac
    "${build[@]}" --product "$product"
    mkdir -p "$results/corpus-$name"
    timeout $((seconds + 60)) "$("${build[@]}" --show-bin-path)/$product" -max_total_time="$seconds" -max_len=1024 -timeout=10 -rss_limit_mb=2048 \
      -dict=../corpus/dictionaries/smtp.dict -artifact_prefix="$results/" -print_final_stats=1 "$results/corpus-$name"
  done
  ;;
*) echo "no engine '$engine'; there is engine and libfuzzer" >&2; exit 2 ;;
esac
