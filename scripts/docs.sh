#!/usr/bin/env bash
# Builds the documentation of the libraries, one folder each, below .build/docs or the folder that is named. It uses the tools of the Swift toolchain
# alone: a package plugin would be a dependency that everybody who uses the libraries has to fetch.
set -euo pipefail
cd "$(dirname "$0")/.."
target=${1:-.build/docs}
swift build --product smtpspec
built=$(swift build --show-bin-path)
triple=$(swift -print-target-info | sed -nE 's/.*"unversionedTriple": "([^"]+)".*/\1/p' | head -n 1)
# The modules written in C: their maps stand in the sources or where the build made them.
maps=()
for map in Sources/*/module.modulemap Sources/*/include/module.modulemap .build/checkouts/Yams/Sources/CYaml/include/module.modulemap; do
  if [ -f "$map" ]; then maps+=(-Xcc "-fmodule-map-file=$PWD/$map"); fi
done
for folder in Sources/*/; do
  name=$(basename "$folder")
  map="$built/$name.build/module.modulemap"
  if [ -f "$map" ] && [ ! -f "Sources/$name/include/module.modulemap" ] && ! ls "$folder"*.swift >/dev/null 2>&1; then maps+=(-Xcc "-fmodule-map-file=$map"); fi
done
for module in Conformance Fuzz; do
  graphs=$(mktemp -d)
  trap 'rm -rf "$graphs"' EXIT
  swift-symbolgraph-extract -module-name "$module" -I "$built/Modules" -target "$triple" \
    -minimum-access-level public -output-dir "$graphs" "${maps[@]}"
  rm -rf "$target/$module"
  mkdir -p "$target"
  docc convert "Sources/$module/$module.docc" --additional-symbol-graph-dir "$graphs" --output-path "$target/$module" \
    --fallback-display-name "$module" --fallback-bundle-identifier "smtpspec.$module" --transform-for-static-hosting --warnings-as-errors
  rm -rf "$graphs"
  echo "$target/$module/index.html"
done
