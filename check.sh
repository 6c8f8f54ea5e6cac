#!/usr/bin/env bash
# Everything that must hold before a change lands.
set -euo pipefail
cd "$(dirname "$0")"

step() {
    printf '\n== %s\n' "$1"
    shift
    "$@"
}

step "format" cargo fmt --all --check
step "lints" cargo clippy --all-targets -- -D warnings
step "documentation" env RUSTDOCFLAGS="-D warnings" cargo doc --no-deps --quiet
step "tests" cargo test
step "licences, bans, sources" cargo deny check bans licenses sources
step "spelling" typos
printf '\nAll checks passed.\n'
