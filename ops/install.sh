# What ./run and ./test share: words for the person, and installing what a machine lacks. Sourced, not run.
# Each step first looks whether it is needed, so a second start touches neither apt, pip nor the network.

say() { printf '\033[1m==>\033[0m %s\n' "$*"; }

# One sentence and exit status 2: something the person can change.
refuse() {
    printf '%s: %s\n' "${0##*/}" "$*" >&2
    exit 2
}

# need_packages PACKAGE... installs the Debian packages that are missing.
need_packages() {
    local package missing=()
    for package in "$@"; do
        dpkg-query -W -f '${db:Status-Status}\n' "$package" 2>/dev/null | grep -qx installed || missing+=("$package")
    done
    [ "${#missing[@]}" -eq 0 ] && return
    command -v apt-get >/dev/null ||
        refuse "this machine has no apt-get; install by hand what these Debian packages hold: ${missing[*]}."
    [ "$(id -u)" -eq 0 ] ||
        refuse "run this once as root: apt-get install --no-install-recommends ${missing[*]}"
    say "installing Debian packages: ${missing[*]}"
    export DEBIAN_FRONTEND=noninteractive
    apt-get -qq update </dev/null || refuse "apt-get cannot reach its package lists; the lines above say why."
    apt-get -qq -y -o Dpkg::Use-Pty=0 install --no-install-recommends "${missing[@]}" </dev/null >.build/apt.log 2>&1 || {
        tail -20 .build/apt.log >&2
        refuse "apt-get could not install ${missing[*]}."
    }
}

# need_python fills .venv with what ops/requirements.txt pins; the stamp is a copy of that list.
need_python() {
    local stamp=.venv/requirements.txt
    cmp -s ops/requirements.txt "$stamp" && return
    need_packages python3-venv
    say "installing Python packages into .venv"
    [ -x .venv/bin/python ] || /usr/bin/python3 -m venv .venv
    .venv/bin/python -m pip install --quiet --disable-pip-version-check --requirement ops/requirements.txt </dev/null ||
        refuse "pip could not install ops/requirements.txt; the lines above say why."
    cp ops/requirements.txt "$stamp"
}

# What every build of the programs has, so that none undoes another's work. Three files of BoringSSL
# compiled in 11 to 30 % less time without tables of lines; the whole build was not compared. A trace of a crash has the
# functions' names all the same.
swift_options=(-c release -debug-info-format none)

# swift_build PRODUCT... builds these, one after the other: without a name SwiftPM also builds the examples and tools of the
# packages that we use.
swift_build() {
    local product
    for product in "$@"; do
        # A fixed hash seed: else SwiftPM orders the flags of packages with traits anew in each plan, and rebuilds them.
        SWIFT_DETERMINISTIC_HASHING=1 swift build "${swift_options[@]}" -j 2 --product "$product" || return
    done
}

need_swift() {
    command -v swift >/dev/null || refuse "Swift 6.2 or newer is needed; see https://www.swift.org/install/."
    command -v git >/dev/null || refuse "git is needed to fetch the packages; install it and start again."
    # CNIOExtrasZlib of swift-nio-extras links Debian's zlib, GRDB its SQLite.
    need_packages zlib1g-dev libsqlite3-dev
}
