#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# fuzz_one.sh PROGRAM SECONDS RUNS: runs a fuzz target for so long or so often (-1: without
# end), whichever ends first. What it finds is kept in build/fuzz/corpus and begins the next run.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
program=$1 seconds=$2 runs=$3
name=${program#fuzz_}
found="build/fuzz/corpus/$name"
seeds="fuzz/corpus/$name"
mkdir -p "$found"
folders=("$found")
if [[ -d $seeds ]]; then folders+=("$seeds"); fi

log="build/fuzz/$name.log"
if ! "build/asan/fuzz/$program" -seed=1 -runs="$runs" -max_total_time="$seconds" -timeout=10 \
    -rss_limit_mb=2048 -artifact_prefix="build/fuzz/$name-" "${folders[@]}" >"$log" 2>&1; then
    tail -n 40 "$log"
    echo "fuzz $name: FAILED (all of it: $log)"
    exit 255 # stops xargs
fi
echo "fuzz $name: $(grep -o 'Done .*' "$log")"
