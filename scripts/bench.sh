#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Trains the CNN template on the whole of Fashion-MNIST with netloom-cli and, right after it, the same network with PyTorch and a
# DataLoader: same batch size, optimizer and threads. Prints each one's images/s and test accuracy, and the ratio.
# /usr/bin/python3 is the Python that has those packages.
# Usage: scripts/bench.sh [EPOCHS] [THREADS] [BATCH_SIZE]. Needs Debian's python3-torch and python3-torchvision besides a build.
set -euo pipefail
cd "$(dirname "$0")/.."

epochs=${1:-5} threads=${2:-2} batch=${3:-128}
data=/usr/share/datasets/fashion-mnist
cli=${NETLOOM_CLI:-build/bin/netloom-cli}
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

"$cli" new cnn-fashion-mnist -o "$folder/cnn.netloom"
"$cli" train "$folder/cnn.netloom" --epochs "$epochs" --batch-size "$batch" --threads "$threads" --device cpu \
  --out "$folder/run" --json | tee "$folder/netloom.jsonl"
/usr/bin/python3 scripts/bench_pytorch.py "$data" --epochs "$epochs" --batch-size "$batch" --threads "$threads" | tee "$folder/pytorch.jsonl"

/usr/bin/python3 - "$folder" <<'EOF'
import json
import statistics
import sys

rows = {name: [json.loads(line) for line in open(f"{sys.argv[1]}/{name}.jsonl")] for name in ("netloom", "pytorch")}
speed = {name: statistics.median(row["images_per_second"] for row in events if row["event"] == "epoch") for name, events in rows.items()}
print(f"netloom  {speed['netloom']:6.0f} images/s  test accuracy {rows['netloom'][-1]['test_accuracy']:.2%}")
print(f"pytorch  {speed['pytorch']:6.0f} images/s  test accuracy {rows['pytorch'][-1]['test_accuracy']:.2%}")
print(f"ratio    {speed['netloom'] / speed['pytorch']:.2f} (medians over the epochs)")
EOF
