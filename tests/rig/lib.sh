# shellcheck shell=bash
# What tests/run and the scripts beside this file share. Sourced, never run.

root=$(cd -- "${BASH_SOURCE[0]%/*}/../.." && pwd -P)
rig_scripts=$root/tests/rig
# shellcheck disable=SC2034 # read by those who source this
test_user=xindeng-test

# Tools live outside the clone, so that a fresh clone does not compile them again. Root's stand where the
# test user can read them.
if ((EUID == 0)); then
    default_tools=/var/cache/xindeng-tools
else
    default_tools=${XDG_CACHE_HOME:-$HOME/.cache}/xindeng-tools
fi
export XINDENG_TOOLS=${XINDENG_TOOLS:-$default_tools}

fail() {
    printf 'tests/run: %s\n' "$*" >&2
    exit 1
}

as_test_user() {
    "$rig_scripts/as-test-user" "$@"
}

# retry TIMES COMMAND…: for what a network may refuse once.
retry() {
    local times=$1 attempt
    shift
    for ((attempt = 1; attempt <= times; attempt++)); do
        "$@" && return 0
        ((attempt == times)) || printf 'attempt %d of %d failed: %s\n' "$attempt" "$times" "$*" >&2
        ((attempt == times)) || sleep $((attempt * 5))
    done
    return 1
}

# started_at PID: when a living process began, in the kernel's ticks; fails when there is none. A number that was
# given to another process later has another beginning.
started_at() {
    local stat fields
    stat=$(cat "/proc/$1/stat" 2>/dev/null) || return 1
    read -ra fields <<<"${stat##*) }" # what follows the name, which may hold spaces
    [[ ${fields[0]} != Z ]] && printf '%s' "${fields[19]}"
}
