#!/usr/bin/env bash
# Everything that must hold before a change lands; CI runs this same script.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"

step() {
    printf '\n== %s: %s\n' "$1" "${*:2}"
    "${@:2}"
}

# Told before the long steps, so that nobody waits minutes for it.
need() {
    command -v "$1" >/dev/null && return
    printf 'check.sh: %s is missing; install it with: %s\n' "$1" "$2" >&2
    exit 1
}
need cargo-deny 'cargo install cargo-deny --locked'
need typos 'cargo install typos-cli --locked   (or: pip install typos)'

step 'Format' cargo fmt --all --check
step 'Lints' cargo clippy --all-targets -- -D warnings
step 'Documentation' env RUSTDOCFLAGS='-D warnings' cargo doc --no-deps
step 'Tests' cargo test
step 'Licences, bans, sources' cargo deny check --hide-inclusion-graph bans licenses sources
step 'Spelling' typos
printf '\nAll checks passed.\n'
