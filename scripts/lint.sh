#!/usr/bin/env bash
# Lints every Swift file, then holds `package` symbols to the documentation rules that swift-format knows for `public` ones only:
# it lints a copy in which the one word stands for the other.
set -euo pipefail
cd "$(dirname "$0")/.."

swift format lint --strict --parallel -r Package.swift Sources Tests Benchmarks Fuzzing/Package.swift \
  Fuzzing/Sources/*Fuzzer Fuzzing/Sources/Judges/*.swift

copy=$(mktemp -d)
trap 'rm -rf "$copy"' EXIT
cp -R Sources .swift-format "$copy"
find "$copy/Sources" -name '*.swift' -exec \
  sed -E -i.orig 's/(^|[^[:alnum:]_])package (static |final |indirect |mutating |nonmutating |consuming |borrowing |nonisolated |private\(set\) |var |let |func |init|struct |enum |class |actor |protocol |typealias |subscript)/\1public \2/' {} +
rules='\[(AllPublicDeclarationsHaveDocumentation|BeginDocumentationCommentWithOneLineSummary|ValidateDocumentationComments)\]'
findings=$(swift format lint --configuration "$copy/.swift-format" --parallel -r "$copy/Sources" 2>&1 | grep -E "$rules" || true)
if [ -n "$findings" ]; then
  printf '%s\n' "$findings" | sed "s|$copy/||" >&2
  exit 1
fi
