#!/usr/bin/env bash
# Makes sure that what the build needs is there: Swift 6.2 or later, pkg-config, and OpenSSL's headers. Installs the last two
# where it may (apt-get as root or through sudo); for the rest it says what to do.
set -euo pipefail

say() { printf 'setup: %s\n' "$*" >&2; }

if ! command -v swift >/dev/null 2>&1; then
  say 'no `swift` on the PATH. Install Swift 6.2 or later: https://www.swift.org/install/'
  exit 1
fi
version=$(swift --version 2>/dev/null | sed -nE 's/.*Swift version ([0-9]+)\.([0-9]+).*/\1 \2/p' | head -n 1)
read -r major minor <<<"${version:-0 0}"
if [ "$major" -lt 6 ] || { [ "$major" -eq 6 ] && [ "$minor" -lt 2 ]; }; then
  say "Swift $major.$minor is too old: smtpspec needs 6.2 or later. https://www.swift.org/install/"
  exit 1
fi

have_openssl() { command -v pkg-config >/dev/null 2>&1 && pkg-config --exists 'openssl >= 3.0'; }
have_openssl && exit 0

if [ "$(uname)" = Darwin ]; then
  say 'OpenSSL 3 or pkg-config is missing. Run: brew install openssl@3 pkg-config'
  exit 1
fi
if ! command -v apt-get >/dev/null 2>&1; then
  say 'OpenSSL 3 headers or pkg-config are missing. Install them with your package manager (Fedora: openssl-devel pkgconf).'
  exit 1
fi
as_root=()
if [ "$(id -u)" -ne 0 ]; then
  if ! command -v sudo >/dev/null 2>&1; then
    say 'libssl-dev or pkg-config is missing, and installing needs root. Run as root: apt-get install -y libssl-dev pkg-config'
    exit 1
  fi
  as_root=(sudo)
fi
say 'installing libssl-dev and pkg-config'
# A stale package list is the usual reason for a failure, so refresh it and try once more.
install=("${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends libssl-dev pkg-config)
"${install[@]}" >&2 || { "${as_root[@]}" apt-get update -q >&2 && "${install[@]}" >&2; }
if ! have_openssl; then
  say 'libssl-dev is installed but pkg-config does not find OpenSSL 3.0 or later. `pkg-config --modversion openssl` should tell.'
  exit 1
fi
