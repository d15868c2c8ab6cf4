#!/usr/bin/env bash
# Installs what the tests run for real where it is missing: PostgreSQL, OpenSSH, Chromium, Poppler.
# Needs root on a Debian system; elsewhere it only names what is missing.
set -euo pipefail

missing=()
have() { command -v "$1" >/dev/null 2>&1 || compgen -G "$2" >/dev/null; }
have postgres "/usr/lib/postgresql/*/bin/postgres" || missing+=(postgresql)
have sshd "/usr/sbin/sshd" || missing+=(openssh-server)
have chromium "/usr/bin/chromium" || missing+=(chromium)
have pdftoppm "/usr/bin/pdftoppm" || missing+=(poppler-utils)
[ "${#missing[@]}" -eq 0 ] && exit 0

if [ "$(id -u)" -ne 0 ] || ! command -v apt-get >/dev/null 2>&1; then
  echo "missing for the tests: ${missing[*]}; install them and run again" >&2
  exit 2
fi
export DEBIAN_FRONTEND=noninteractive
apt-get update -qq >/dev/null
apt-get install -qq -y --no-install-recommends "${missing[@]}" >/dev/null
