#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Builds the release into build/: everything, or the targets given.
set -euo pipefail
cd "$(dirname "$0")/.."

[ -f build/build.ninja ] || cmake --preset release
cmake --build build --target "${@:-all}"
