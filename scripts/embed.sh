#!/bin/sh
# Renews specs/embedded.h and corpus/embedded.h, the lists of what `#embed` puts into the binary. Run it when a file comes or goes.
# With --check it changes nothing, and fails where a list is out of date.
set -eu
cd "$(dirname "$0")/.."
mode=${1:-}

# embed FOLDER FILES…: the list of these files, which are named as they stand below the folder.
embed() {
  folder=$1
  list=$folder/embedded.h
  shift
  {
    echo '// What the binary carries of this folder, two lines a file: `make specs` renews the list.'
    printf 'FILE("%s")\n#embed "%s" suffix(, )\n' $(for path in "$@"; do echo "$path $path"; done)
  } > "$list.new"
  if LC_ALL=C grep -lP '\x00' $(for path in "$@"; do echo "$folder/$path"; done); then
    echo 'These files hold NUL, at which the binary would take them to end.' >&2
    rm "$list.new"
    exit 1
  fi
  if cmp -s "$list.new" "$list"; then
    rm "$list.new"
  elif [ "$mode" = --check ]; then
    rm "$list.new"
    echo "$list is out of date: run \`make specs\`." >&2
    exit 1
  else
    mv "$list.new" "$list"
  fi
}

embed specs $(cd specs && find * -name '*.yaml' | LC_ALL=C sort)
embed corpus $(cd corpus && find seeds dictionaries -type f | LC_ALL=C sort)
