#!/usr/bin/env bash
# Installs what queue mode needs beside n8n, where this machine does not have it, from Debian's or Ubuntu's packages. Nothing of it is
# started: the tests and npm start run programs of their own, on ports of their own.
set -euo pipefail

packages=()
command -v redis-server >/dev/null || packages+=(redis-server)
# Debian puts these on nobody's PATH.
compgen -G '/usr/lib/postgresql/*/bin/initdb' >/dev/null || command -v initdb >/dev/null || packages+=(postgresql)
if [ ${#packages[@]} -eq 0 ]; then
  echo "Redis and PostgreSQL are there."
  exit
fi

as_root() {
  if [ "$(id -u)" -eq 0 ]; then "$@"; else sudo "$@"; fi
}

# What Debian asks before it starts a service that it has just installed; 101 is no.
policy=/usr/sbin/policy-rc.d
if [ ! -e "$policy" ]; then
  trap 'as_root rm -f "$policy"' EXIT
  as_root install -m 755 /dev/stdin "$policy" <<<$'#!/bin/sh\nexit 101'
fi
as_root apt-get update -qq
as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${packages[@]}"
