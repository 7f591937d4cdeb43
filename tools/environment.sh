# SPDX-License-Identifier: Apache-2.0
# What `run` and `check` share: installing packages and building a preset. Sourced by both.

readonly environment_error=4
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
readonly root
cd_root() { cd "$root" || fail "cannot enter $root"; }

fail() {
    printf '%s\n' "$@" >&2
    exit $environment_error
}

# Shows one changing line on a terminal, nothing elsewhere. No argument takes the line away.
show_progress() {
    if [[ -t 2 ]]; then printf '\r\033[K%s' "${1:-}" >&2; fi
}

# packages_of GROUP...: the packages of these groups of the list, one a line.
packages_of() {
    local group package why
    while read -r group package why; do
        if [[ " $* " == *" $group "* ]]; then echo "$package"; fi
    done <"$root/tools/packages.txt"
}

# require_packages GROUP...: installs those packages of the groups that are missing. Once all are
# there, a copy of the list says so, and the system is not asked again until the list changes.
require_packages() {
    local groups="$*"
    local seen="$root/build/packages-${groups// /-}"
    if [[ -e $seen && $(<"$seen") == "$(<"$root/tools/packages.txt")" ]]; then return; fi
    if ! command -v dpkg-query >/dev/null; then
        echo "This is not a Debian system, so nothing is installed: tools/packages.txt says what is needed." >&2
        return
    fi
    local installed package missing=""
    installed=$(dpkg-query -W -f '|${db:Status-Status} ${Package}|' 2>/dev/null)
    for package in $(packages_of "$@"); do
        if [[ $installed != *"|installed $package|"* ]]; then missing+=" $package"; fi
    done
    if [[ $missing ]]; then install_packages "$missing"; fi
    mkdir -p "$root/build"
    cp "$root/tools/packages.txt" "$seen"
}

install_packages() {
    local packages=$1 log="$root/build/packages.log" sudo=()
    if ((EUID != 0)); then
        command -v sudo >/dev/null || fail "These packages are missing:$packages" \
            "and installing them needs root. As root, run: apt-get install$packages"
        sudo=(sudo)
    fi
    mkdir -p "$root/build"
    echo "Installing packages:$packages" >&2
    # The lists of one repository may be out of reach while another has all that is needed.
    "${sudo[@]}" apt-get update -qq >"$log" 2>&1 </dev/null || true
    # shellcheck disable=SC2086  # one word a package
    "${sudo[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends \
        $packages >>"$log" 2>&1 </dev/null || {
        tail -n 15 "$log" >&2
        fail "The packages could not be installed. Is there a network? Is this Debian 12? (all of it: $log)"
    }
}

# build_preset PRESET LOG TARGETS [CMAKE_OPTION...]: configures where that was not done yet, builds
# the targets (a list of words) and writes what the tools say to the log. Fails if the build does.
build_preset() {
    local preset=$1 log=$2 targets=$3 folder="$root/build/$1"
    shift 3
    mkdir -p "$(dirname "$log")"
    : >"$log"
    if [[ ! -e $folder/build.ninja || $# -gt 0 ]]; then
        show_progress "configuring ($preset)"
        (cd_root && cmake --preset "$preset" "$@") >>"$log" 2>&1 || { show_progress; return 1; }
    fi
    # shellcheck disable=SC2086  # one word a target
    NINJA_STATUS='[%f/%t] ' ninja -C "$folder" $targets 2>&1 | while IFS= read -r line; do
        echo "$line" >>"$log"
        if [[ $line =~ ^\[([0-9]+/[0-9]+)\] ]]; then show_progress "building ($preset) ${BASH_REMATCH[1]}"; fi
    done
    local status=${PIPESTATUS[0]}
    show_progress
    return "$status"
}
