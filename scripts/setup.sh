#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Installs the Debian packages that Netloom is built from, as far as they are missing. Sourced or called by run.sh and test.sh.
set -euo pipefail

packages=(
  g++ cmake ninja-build ccache
  qt6-base-dev qt6-svg-dev libqcustomplot-dev
  libtorch-dev libopencv-dev libturbojpeg0-dev zlib1g-dev
  libsqlitecpp-dev libsqlite3-dev
  nlohmann-json3-dev libcli11-dev
  fonts-inter dataset-fashion-mnist
)

missing=()
for package in "${packages[@]}"; do
  [ "$(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null || true)" = installed ] || missing+=("$package")
done
if [ ${#missing[@]} -gt 0 ]; then
  echo "Netloom needs these Debian packages, which are installed now: ${missing[*]}"
  as_root=()
  if [ "$(id -u)" -ne 0 ]; then
    command -v sudo >/dev/null || { echo "Neither root nor sudo here: run as root  apt-get install ${missing[*]}" >&2; exit 1; }
    as_root=(sudo)
  fi
  "${as_root[@]}" apt-get update -qq
  "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
fi
