#!/usr/bin/env bash
# Builds the engine for browsers once more in another folder and compares the two byte for byte: what a server serves can
# be checked by whoever builds the same sources. Takes as long as a first build.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
source ops/install.sh

engine=Web/e2ee/engine/e2ee.wasm
ops/wasm.sh --engine
# The name has another length than this folder's, so that a path in the file would change its size too.
other=$(mktemp -d -t a-folder-with-quite-another-name.XXXXXX)
trap 'rm -rf "$other"' EXIT
mkdir -p "$other/Sources" "$other/.build/checkouts"
cp -R Sources/Wire Sources/E2EE Sources/CE2EEShim Sources/E2EEWasm "$other/Sources"
cp -R ops "$other"
ln -s "$PWD/.build/checkouts/swift-crypto" "$other/.build/checkouts/swift-crypto"
"$other/ops/wasm.sh" --engine

sha256sum "$engine" "$other/$engine"
cmp "$engine" "$other/$engine" || refuse "the same sources gave two different engines."
say "both folders gave the same engine"
