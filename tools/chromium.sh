#!/usr/bin/env bash
# Prints the path of the Chromium that the browser tests use: $CHROMIUM, else one that is installed, else, as root on
# Debian, one that is installed now. Elsewhere it says what to install: a test run should not change a person's machine.
set -euo pipefail

say() { printf 'chromium: %s\n' "$*" >&2; }

if [ -n "${CHROMIUM:-}" ]; then
  [ -x "$CHROMIUM" ] || { say "CHROMIUM=$CHROMIUM is not a program"; exit 1; }
  echo "$CHROMIUM"
  exit
fi

find_chromium() {
  local name
  for name in chromium chromium-browser google-chrome-stable google-chrome; do
    command -v "$name" && return
  done
  for name in "/Applications/Chromium.app/Contents/MacOS/Chromium" \
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"; do
    if [ -x "$name" ]; then
      echo "$name"
      return
    fi
  done
  return 1
}

find_chromium && exit

if [ "$(id -u)" = 0 ] && grep -q '^ID=debian$' /etc/os-release 2>/dev/null; then
  say "installing Debian's chromium"
  {
    apt-get update -q
    DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends chromium
  } >&2
  find_chromium && exit
fi

say "no Chromium found: install chromium or Google Chrome, or set CHROMIUM to its path"
exit 1
