#!/bin/sh
# Writes Sources/EmbeddedSpecs/specs.c, the list of what `#embed` puts into the binary. Run it when a file in specs/ comes or goes.
# With --check it changes nothing, and fails where the list is out of date.
set -eu
cd "$(dirname "$0")/.."
list=$(cd specs && find . -name '*.yaml' | sed 's|^\./||' | LC_ALL=C sort)
{
  echo '// Made by scripts/embed-specs.sh: `make specs`. A test compares the list with the folder.'
  echo '#include "EmbeddedSpecs.h"'
  echo
  n=0
  for path in $list; do
    printf 'static const unsigned char file%d[] = {\n#embed "../../specs/%s" suffix(, )\n0};\n' "$n" "$path"
    n=$((n + 1))
  done
  echo
  echo 'const struct embedded_spec embedded_specs[] = {'
  n=0
  for path in $list; do
    printf '  {"%s", file%d, sizeof file%d - 1},\n' "$path" "$n" "$n"
    n=$((n + 1))
  done
  echo '};'
  echo "const size_t embedded_specs_count = $n;"
} > Sources/EmbeddedSpecs/specs.c.new
if [ "${1:-}" = --check ]; then
  if cmp -s Sources/EmbeddedSpecs/specs.c.new Sources/EmbeddedSpecs/specs.c; then
    rm Sources/EmbeddedSpecs/specs.c.new
    exit 0
  fi
  rm Sources/EmbeddedSpecs/specs.c.new
  echo 'The list of embedded specs is out of date: run `make specs`.' >&2
  exit 1
fi
mv Sources/EmbeddedSpecs/specs.c.new Sources/EmbeddedSpecs/specs.c
