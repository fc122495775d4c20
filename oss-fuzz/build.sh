#!/bin/bash -eu
# The targets of Fuzzing/, each with a seed corpus and the dictionary. OSS-Fuzz's precompile_swift sets SWIFTFLAGS for the sanitizer.
. precompile_swift
cd "$SRC/smtpspec/Fuzzing"
for product in ReplyFuzzer CommandFuzzer MailDataFuzzer; do
  # shellcheck disable=SC2086
  swift build -c release $SWIFTFLAGS -Xswiftc -DLIBFUZZER --product "$product"
  cp "$(swift build -c release $SWIFTFLAGS --show-bin-path)/$product" "$OUT/$product"
  cp ../corpus/dictionaries/smtp.dict "$OUT/$product.dict"
done
zip -j "$OUT/ReplyFuzzer_seed_corpus.zip" ../corpus/seeds/client/*
zip -j "$OUT/CommandFuzzer_seed_corpus.zip" ../corpus/seeds/server/*
cp "$OUT/CommandFuzzer_seed_corpus.zip" "$OUT/MailDataFuzzer_seed_corpus.zip"
