#!/usr/bin/env bash
# Compiles the engine to WebAssembly: Web/e2ee/engine/e2ee.wasm, which browsers load, and .build/wasm/trials.wasm, the
# same engine with the doors that only tests may have. Nothing is done when both are current. docs/wasm.md tells more.
#
#   ops/wasm.sh            both
#   ops/wasm.sh --engine   the engine alone
#   ops/wasm.sh --names    also .build/wasm/e2ee.names.wasm: the same code with function names, to read a stack trace
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
source ops/install.sh

build=.build/wasm checkout=.build/checkouts/swift-crypto
engine=Web/e2ee/engine/e2ee.wasm
parts=(engine trials)
case ${1-} in
'') ;;
--engine) parts=(engine) ;;
--names) parts=(engine trials names) ;;
*) refuse "'$1' is unknown; it takes --engine or --names." ;;
esac
mkdir -p "$build"

need_packages wasi-libc libc++-19-dev-wasm32 libclang-rt-19-dev-wasm32
command -v swiftc >/dev/null || refuse "Swift 6.2 or newer is needed; see https://www.swift.org/install/."
# BoringSSL's C files come with the package that native programs use, in the version that Package.swift pins.
[ -d "$checkout/Sources/CCryptoBoringSSL" ] || { need_swift && swift package resolve; }

# The folder of a Debian package in which a file lies.
folder_of() { dpkg -L "$1" | sed -n "s|$2\$||p"; }
tools=$(dirname "$(realpath "$(command -v swiftc)")")
libraries=$(folder_of wasi-libc /libc.a)
builtins=$(folder_of libclang-rt-19-dev-wasm32 /libclang_rt.builtins-wasm32.a)/libclang_rt.builtins-wasm32.a
cxx_headers=$(folder_of libc++-19-dev-wasm32 /v1/__config)/v1
c_headers=$(folder_of wasi-libc /stdio.h)

# No file name may depend on the folder of the build, and no code on anything but the sources.
c_flags=(
    --target=wasm32-unknown-wasi "--sysroot=${c_headers%/include/wasm32-wasi}" -DNDEBUG -ffunction-sections
    -fdata-sections -fvisibility=hidden "-ffile-prefix-map=$PWD=." "-I$checkout/Sources/CCryptoBoringSSL/include"
    -Wall -Wno-unused-parameter
)
# wasm.md: without assembly and threads, every path of BoringSSL that is left runs in constant time. SIMD halves ML-KEM.
cxx_flags=(
    -nostdinc++ -isystem "$cxx_headers" -std=c++17 -O3 -msimd128 -fno-exceptions -fno-rtti -DOPENSSL_NO_ASM
    -DOPENSSL_NO_THREADS_CORRUPT_MEMORY_AND_LEAK_SECRETS_IF_THREADED -Wno-everything
)
swift_flags=(
    -target wasm32-unknown-none-wasm -enable-experimental-feature Embedded -enable-experimental-feature Extern
    -enable-experimental-feature Lifetimes -enable-upcoming-feature ExistentialAny
    -enable-upcoming-feature InternalImportsByDefault -enable-upcoming-feature MemberImportVisibility
    -enable-upcoming-feature NonisolatedNonsendingByDefault -strict-memory-safety -warnings-as-errors
    -package-name beraad -swift-version 6 -parse-as-library -wmo -Xfrontend -disable-stack-protector
    -file-prefix-map "$PWD=." -I Sources/CE2EEShim/include
    -I "$build/modules"
)
# The files of BoringSSL that anything here reaches; the linker drops what is in them and not reached.
boring_files=(
    aes/aes bytestring/cbb bytestring/cbs chacha/chacha cipher/e_chacha20poly1305 curve25519/curve25519 err/err ex_data
    fipsmodule/bcm mem mlkem/mlkem poly1305/poly1305 rand/fork_detect rand/forkunsafe rand/getentropy rand/rand refcount
    sha/sha256 sha/sha512 stack/stack thread_none xwing/xwing
)

digest() { sha256sum | cut -d' ' -f1; }
# is_current FILE PART STAMP
is_current() { [ -f "$1" ] && [ "$(cat "$build/$2.stamp" 2>/dev/null)" = "$3" ]; }

toolchain=$(swiftc --version 2>&1 | digest)
boring_stamp=$({
    echo "$toolchain" "${boring_files[@]}" "${cxx_flags[@]}"
    git -C "$checkout" rev-parse HEAD
    dpkg-query -W -f '${Version} ' wasi-libc libc++-19-dev-wasm32 libclang-rt-19-dev-wasm32
} | digest)
stamp=$({
    echo "$toolchain" "$boring_stamp" "${swift_flags[@]//"$PWD"/}"
    find Sources/Wire Sources/E2EE Sources/CE2EEShim Sources/E2EEWasm ops/wasm.sh -type f -not -path '*/Native/*' |
        LC_ALL=C sort | xargs sha256sum
} | digest)

boring() {
    is_current "$build/boring.a" boring "$boring_stamp" && return
    say "compiling BoringSSL to WebAssembly"
    mkdir -p "$build/boring"
    local name pid pids=() objects=()
    for name in "${boring_files[@]}"; do
        # Two at a time; the first that fails ends the script.
        [ "${#pids[@]}" -lt 2 ] || { wait "${pids[0]}" && pids=("${pids[@]:1}"); } || return
        objects+=("$build/boring/${name//\//-}.o")
        "$tools/clang++" "${c_flags[@]}" "${cxx_flags[@]}" -c "$checkout/Sources/CCryptoBoringSSL/crypto/$name.cc" \
            -o "${objects[-1]}" &
        pids+=("$!")
    done
    for pid in "${pids[@]}"; do wait "$pid"; done
    rm -f "$build/boring.a"
    "$tools/llvm-ar" rcsD "$build/boring.a" "${objects[@]}"
    echo "$boring_stamp" >"$build/boring.stamp"
}

# module NAME FILE... writes what importers need. Embedded Swift has no object files of libraries: whoever imports one
# compiles what it uses along, and optimises it there.
module() {
    swiftc "${swift_flags[@]}" -Onone -module-name "$1" -emit-module -emit-module-path "$build/modules/$1.swiftmodule" \
        "${@:2}"
}
# sources FOLDER lists Swift files in a fixed order, without what only native programs have. No name has a space.
sources() { find "$1" -name '*.swift' -not -path '*/Native/*' | LC_ALL=C sort; }

compile() {
    is_current "$build/E2EEWasm.o" compile "$stamp" && return
    say "compiling the engine to WebAssembly (a minute or two)"
    mkdir -p "$build/modules"
    local file
    for file in primitives system; do
        "$tools/clang" "${c_flags[@]}" -O2 -Werror -ISources/CE2EEShim/include -c "Sources/CE2EEShim/$file.c" \
            -o "$build/$file.o"
    done
    module Wire $(sources Sources/Wire)
    module E2EE $(sources Sources/E2EE)
    swiftc "${swift_flags[@]}" -O -module-name E2EEWasm -c $(sources Sources/E2EEWasm) -o "$build/E2EEWasm.o"
    echo "$stamp" >"$build/compile.stamp"
}

# The doors of a client, and those that tests have beside them. What no door reaches, the linker drops.
doors=(
    check engine_open engine_guest_fragment engine_enter engine_connected engine_disconnected engine_tick engine_wire
    engine_command engine_next engine_forget engine_draft engine_personal engine_service
)
trial_doors=(vectors replay seal_sframe seal_frames open_frames)

# link DOOR... with wasi-libc for memory, and its start file, whose _initialize the page calls once.
link() {
    "$tools/wasm-ld" --no-entry "$libraries/crt1-reactor.o" --export=_initialize "${@/#/--export=}" \
        --wrap=free --wrap=realloc -z stack-size=524288 --stack-first --gc-sections -O2 "$build"/{E2EEWasm,primitives,system}.o "$build/boring.a" \
        "-L$libraries" -lc "$builtins" "$strip" -o "$output"
}

for part in "${parts[@]}"; do
    strip=--strip-debug part_doors=("${doors[@]}")
    case $part in
    engine) output=$engine strip=--strip-all ;;
    trials) output=$build/trials.wasm part_doors+=("${trial_doors[@]}") ;;
    names) output=$build/e2ee.names.wasm ;;
    esac
    is_current "$output" "$part" "$stamp" && continue
    # BoringSSL beside the engine: on two cores a first build is a third shorter.
    boring &
    boring_job=$!
    compile
    wait "$boring_job"
    mkdir -p "${output%/*}"
    link "${part_doors[@]}"
    echo "$stamp" >"$build/$part.stamp"
done
