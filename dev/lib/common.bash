# Sourced by every script in dev/: where things are, how progress is shown, how a script gives up.
# Progress goes to stderr, so that stdout carries only results that another program reads.
# shellcheck shell=bash disable=SC2034,SC2154

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
lib=$root/dev/lib

# Built programs and base images: dear to make, the same for every checkout.
cache=${XDG_CACHE_HOME:-$HOME/.cache}/ssh-tunnel-operator

# What runs: the cluster and the on-prem side. Pods and daemons need a path that every user can enter, hence not $HOME for root.
if [ "$(id -u)" = 0 ]; then
  state=/var/lib/ssh-tunnel-operator
else
  state=${XDG_STATE_HOME:-$HOME/.local/state}/ssh-tunnel-operator
fi

# Exit code of a script that lacks something the machine would have to provide; tests report it as "skipped".
readonly EXIT_UNAVAILABLE=3

note() { echo "    $*" >&2; }
fail() { echo "error: $*" >&2; exit 1; }
unavailable() { echo "$*" >&2; exit "$EXIT_UNAVAILABLE"; }

root_on_linux() { [ "$(uname -s)" = Linux ] && [ "$(id -u)" = 0 ]; }

now_ms() { local now=${EPOCHREALTIME/[.,]/}; echo $((now / 1000)); }

# seconds MILLISECONDS -> "4.2 s" or "5 min 20 s"
seconds() {
  if [ "$1" -lt 60000 ]; then
    printf '%d.%d s' $(($1 / 1000)) $(($1 % 1000 / 100))
  else
    printf '%d min %d s' $(($1 / 60000)) $(($1 % 60000 / 1000))
  fi
}

# step TITLE COMMAND... runs the command in this shell, between a line that names it and one that says how long it took.
# step_log collects "milliseconds<TAB>title" for a summary.
step_log=()
step() {
  local title=$1 begin duration; shift
  echo "==> $title" >&2
  begin=$(now_ms)
  current_step=$title
  "$@"
  current_step=
  duration=$(($(now_ms) - begin))
  step_log+=("$duration"$'\t'"$title")
  note "$(seconds $duration)"
}

# Only the shell that failed names its step; a script that it called has already said what went wrong.
current_step=
trap report_failed_step EXIT
report_failed_step() {
  local code=$?
  if [ "$code" != 0 ] && [ -n "$current_step" ]; then echo "FAILED: $current_step (exit code $code)" >&2; fi
}

# heartbeat SECONDS DESCRIBE COMMAND... runs a command that is silent for long; meanwhile the output of DESCRIBE appears every so often.
heartbeat() {
  local every=$1 describe=$2 begin waiting code=0; shift 2
  begin=$(now_ms)
  # the sleep must not keep a pipe or a lock open when this script ends before it
  ( while sleep "$every" > /dev/null 2>&1 9>&-; do note "$(seconds $(($(now_ms) - begin))): $("$describe")"; done ) &
  waiting=$!
  "$@" || code=$?
  kill "$waiting" 2>/dev/null || true
  wait "$waiting" 2>/dev/null || true
  return "$code"
}

# alive PID: is the process there, and not a zombie that nobody has waited for?
alive() {
  [ -r "/proc/$1/stat" ] && [ "$(sed 's/.*) //; s/ .*//' "/proc/$1/stat" 2>/dev/null)" != Z ]
}

# stop PIDFILE ends the process named there (with a namespace of its own: everything in it) and waits until it is gone.
stop() {
  local pid
  [ -f "$1" ] || return 0
  pid=$(<"$1")
  kill -KILL "$pid" 2>/dev/null || true
  for _ in $(seq 100); do alive "$pid" || break; sleep 0.1; done
  rm -f "$1"
}

# exclusively NAME: only one script at a time goes on; two checkouts may call the same script. Daemons that it starts must close descriptor 9.
exclusively() {
  mkdir -p "$cache"
  exec 9> "$cache/$1.lock"
  flock -n 9 || { note "waiting for another dev script ($1)"; flock 9; }
}

# version of the project, as in pom.xml
project_version() { sed -n 's#^  <version>\(.*\)</version>#\1#p' "$root/pom.xml" | head -1; }

# shellcheck source=packages.bash
. "$lib/packages.bash"
