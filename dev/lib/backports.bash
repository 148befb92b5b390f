# Sourced: unpacks a package of the Debian release's backports beside the machine's own, which stays as it is.
# shellcheck shell=bash disable=SC2034,SC2154

# need_backports WHAT gives up unless this is a Debian release, which may have backports; sets suite and keyring
need_backports() {
  local release
  command -v apt-get > /dev/null || unavailable "$1: no Debian, which would have it in its backports"
  release=$(sed -n 's/^VERSION_CODENAME=//p' /etc/os-release)
  for keyring in /usr/share/keyrings/debian-archive-keyring.{pgp,gpg}; do
    if [ -n "$release" ] && [ -f "$keyring" ]; then
      suite=$release-backports
      return
    fi
  done
  unavailable "$1: no Debian release with its keyring, which would have it in its backports"
}

# unpack_backport PACKAGE DIRECTORY: apt with lists and a cache of its own asks the mirrors that the machine knows; what they say has to be signed by Debian.
unpack_backport() {
  local package=$1 directory=$2 apt mirror
  apt=$(mktemp -d)
  mkdir -p "$apt"/{lists,archives}/partial "$apt/downloaded"
  : > "$apt/status"
  for mirror in $(mirrors); do
    printf 'Types: deb\nURIs: %s\nSuites: %s\nComponents: main\nSigned-By: %s\n' "$mirror" "$suite" "$keyring" > "$apt/backports.sources"
    if download_backport "$apt" "$package" > "$apt/log" 2>&1; then
      rm -rf "$directory.part"
      dpkg-deb -x "$apt/downloaded"/*.deb "$directory.part"
      mv "$directory.part" "$directory"
      rm -rf "$apt"
      return
    fi
  done
  mirror=$(grep -m 1 '^[EW]:' "$apt/log" 2> /dev/null || echo "no mirror of this release is among the sources of apt")
  rm -rf "$apt"
  unavailable "$package of $suite cannot be had: $mirror"
}

# those of the release itself
# shellcheck disable=SC2016  # apt expands these
mirrors() { apt-get indextargets --no-release-info --format '$(RELEASE) $(REPO_URI)' 'Created-By: Packages' | sed -n "s/^${suite%-backports} //p" | sort -u; }

download_backport() {
  local apt=$1 options
  options=(-o Dir::State="$apt" -o Dir::State::status="$apt/status" -o Dir::Cache="$apt" -o Dir::Etc::sourcelist="$apt/backports.sources" -o Dir::Etc::sourceparts=/dev/null
    -o APT::Sandbox::User=root -o Acquire::Retries=0 -o Acquire::http::Timeout=20 -o Acquire::https::Timeout=20)
  apt-get -q "${options[@]}" update --error-on=any \
    && (cd "$apt/downloaded" && apt-get -q "${options[@]}" download "$2/$suite")
}
