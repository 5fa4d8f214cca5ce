#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# From a bare Debian 12 to the running program: installs what is missing, builds, and opens the Fashion-MNIST example.
# Where there is no display, trains the same example on the command line and writes its report into out/.
set -euo pipefail
cd "$(dirname "$0")/.."

scripts/setup.sh
scripts/build.sh netloom netloom-cli

if [ -n "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ]; then
  exec build/bin/netloom --template cnn-fashion-mnist "$@"
fi
echo "No display here: training the Fashion-MNIST example on the command line."
mkdir -p out
build/bin/netloom-cli new cnn-fashion-mnist -o out/fashion-mnist.netloom
run=out/run-$(date +%Y-%m-%d_%H%M%S)
build/bin/netloom-cli train out/fashion-mnist.netloom --out "$run" "$@"
cp "$run/report.html" out/report.html
echo "The report: out/report.html"
