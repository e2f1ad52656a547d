#!/usr/bin/env bash
# The shared harness with our adapter among its peers, in interleaved rounds:
#   bash benchmarks/compare.sh [ROUNDS] [SIZES] [PEERS]     default: 2 rounds, "S L", "ours static_sc dash_plain"
# `make bench` runs it; half an hour with the defaults, some five minutes with ROUNDS=1 SIZES=S.
# Sets bench-work/ up with ../shared/bench (or $BENCH) where it is not, makes our data of the harness's, and prints tables.
set -euo pipefail
cd "$(dirname "$0")/.."
rounds=${1:-2} sizes=${2:-S L} peers=${3:-ours static_sc dash_plain}
for size in $sizes; do
  [ -f "bench-work/data/static_sc-$size.html" ] || BENCH_LEAN=${BENCH_LEAN-1} bash "${BENCH:-../shared/bench}/setup.sh" bench-work "$size"
done
.venv/bin/python benchmarks/convert.py bench-work $sizes
cp benchmarks/harness/ours.py benchmarks/harness/ours.js bench-work/harness/adapters/
cd bench-work/harness
# only its first round needs wrk, which asks servers without a browser; later rounds measure the pages alone
first=1
if ! command -v wrk >/dev/null; then
  first=2
  echo "wrk is not installed: answers over HTTP are left out of the tables (benchmarks/answers.py counts them)" >&2
fi
../venvs/harness/bin/python run_all.py --first "$first" --rounds "$rounds" --sizes $sizes --peers $peers ${EXTRA:-}
../venvs/harness/bin/python compare.py --base static_sc --md ../results/tables-static.md
../venvs/harness/bin/python compare.py --md ../results/tables.md
cat ../results/tables.md
