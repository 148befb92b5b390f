# Sourced: builds programs from their Go modules, showing that it is at work.
# shellcheck shell=bash disable=SC2034,SC2154

need_go() {
  command -v go >/dev/null || unavailable "no Go found: install Go 1.26 or newer from https://go.dev/dl/ (it builds $1)"
}

# go_install DIRECTORY MODULE@VERSION puts the program of a published module into the directory.
go_install() {
  need_go "${2%@*}"
  note "building ${2}"
  mkdir -p "$1"
  GOBIN=$1 watch_go "${2##*/}" go install -v -trimpath -ldflags='-s -w' "$2"
}

# watch_go NAME COMMAND... runs `go ... -v` with static linking; the packages that it lists become a progress line every 15 s.
watch_go() {
  local name=$1 code=0; shift
  go_name=$name go_log=$(mktemp)
  heartbeat 15 go_progress go_logged "$@" || code=$?
  [ "$code" = 0 ] || { grep ' ' "$go_log" | tail -n 10 >&2; rm -f "$go_log"; fail "building $name failed; it needs Go 1.26 or newer (this is $(go env GOVERSION)) and the Go module proxy"; }
  rm -f "$go_log"
}

go_logged() { CGO_ENABLED=0 "$@" 2> "$go_log"; }
go_progress() { echo "$go_name: $(grep -c -v ' ' "$go_log" || true) packages compiled; now $(tail -n 1 "$go_log")"; }
