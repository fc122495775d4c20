#!/bin/sh
# Writes Sources/EmbeddedCorpus/corpus.c, the list of the seeds and dictionaries that `#embed` puts into the binary. Run it when a file in
# corpus/seeds/ or corpus/dictionaries/ comes or goes. With --check it changes nothing, and fails where the list is out of date.
set -eu
cd "$(dirname "$0")/.."
target=Sources/EmbeddedCorpus/corpus.c
list=$(cd corpus && find seeds dictionaries -type f | LC_ALL=C sort)
{
  echo '// Made by scripts/embed-corpus.sh: `make specs`.'
  echo '#include "EmbeddedCorpus.h"'
  echo
  n=0
  for path in $list; do
    printf 'static const unsigned char file%d[] = {\n#embed "../../corpus/%s" suffix(, )\n0};\n' "$n" "$path"
    n=$((n + 1))
  done
  echo
  echo 'const struct embedded_file embedded_corpus[] = {'
  n=0
  for path in $list; do
    printf '  {"%s", file%d, sizeof file%d - 1},\n' "$path" "$n" "$n"
    n=$((n + 1))
  done
  echo '};'
  echo "const size_t embedded_corpus_count = $n;"
} > "$target.new"
if [ "${1:-}" = --check ]; then
  if cmp -s "$target.new" "$target"; then
    rm "$target.new"
    exit 0
  fi
  rm "$target.new"
  echo 'The list of the embedded corpus is out of date: run `make specs`.' >&2
  exit 1
fi
mv "$target.new" "$target"
