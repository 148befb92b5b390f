# Sourced: installs Debian packages that a script needs.
# shellcheck shell=bash disable=SC2034,SC2154

# ensure_packages NEED:PACKAGE... installs the packages whose NEED (a program, or a file by absolute path, where * matches) is missing.
# Asking for what is needed, not for the package, accepts the same program from another source, such as containerd.io.
# Services that come with a package are neither started nor enabled: the scripts run daemons of their own.
ensure_packages() {
  local pair need missing=()
  for pair in "$@"; do
    need=${pair%%:*}
    compgen -G "$need" > /dev/null || PATH=$PATH:/usr/sbin:/sbin command -v "$need" >/dev/null || missing+=("${pair#*:}")
  done
  [ ${#missing[@]} -gt 0 ] || return 0
  if [ "$(id -u)" != 0 ] || ! command -v apt-get >/dev/null; then
    unavailable "missing: ${missing[*]}; install these (names of the Debian packages), or run as root on Debian to have it done"
  fi
  note "installing ${missing[*]}"
  install_without_services "${missing[@]}"
}

install_without_services() {
  local log policy=/usr/sbin/policy-rc.d had_policy=false
  log=$(mktemp)
  mkdir -p /etc/postgresql-common/createcluster.d
  local no_cluster=/etc/postgresql-common/createcluster.d/ssh-tunnel-operator.conf
  echo 'create_main_cluster = false' > "$no_cluster"
  if [ -e "$policy" ]; then had_policy=true; else printf '#!/bin/sh\nexit 101\n' > "$policy"; chmod +x "$policy"; fi
  local code=0
  apt_install "$@" > "$log" 2>&1 || { apt-get update >> "$log" 2>&1 && apt_install "$@" >> "$log" 2>&1; } || code=$?
  $had_policy || rm -f "$policy"
  rm -f "$no_cluster"
  [ "$code" = 0 ] || { tail -5 "$log" >&2; rm -f "$log"; fail "apt-get could not install: $*"; }
  rm -f "$log"
  if [ -d /run/systemd/system ]; then
    dpkg -L "$@" | sed -n 's#.*/systemd/system/\([^/@]*\.\(service\|socket\)\)$#\1#p' | sort -u | xargs -r systemctl disable --quiet 2>/dev/null || true
  fi
}

apt_install() { DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@"; }
