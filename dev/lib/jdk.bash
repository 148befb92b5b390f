# Sourced: finds a JDK 25 and exports it as JAVA_HOME.
# shellcheck shell=bash disable=SC2034,SC2154

use_jdk() {
  local home
  home=$(find_jdk) || install_jdk
  home=${home:-$(find_jdk)} || unavailable "no JDK 25 found: set JAVA_HOME to one, or get it from https://adoptium.net/temurin/releases/?version=25 (SDKMAN: sdk install java 25-tem)"
  export JAVA_HOME=$home PATH=$home/bin:$PATH
}

# JAVA_HOME first, then where distributions, SDKMAN, IDEs and macOS put JDKs, then `java` on the PATH
find_jdk() {
  local home on_path
  on_path=$(readlink -f "$(command -v java || echo /nonexistent)")
  for home in "${JAVA_HOME:-/nonexistent}" /usr/lib/jvm/* /opt/*jdk* /opt/java/* "$HOME"/.sdkman/candidates/java/* "$HOME"/.jdks/* \
      /Library/Java/JavaVirtualMachines/*/Contents/Home "${on_path%/bin/java}"; do
    if [ -x "$home/bin/javac" ] && grep -q '^JAVA_VERSION="25[."]' "$home/release" 2>/dev/null; then
      echo "$home"
      return
    fi
  done
  return 1
}

# where Debian, or a repository that the machine already knows, has one
install_jdk() {
  local package
  [ "$(id -u)" = 0 ] && command -v apt-cache >/dev/null || return 0
  for package in temurin-25-jdk openjdk-25-jdk-headless; do
    if [ -n "$(apt-cache -q madison "$package" 2>/dev/null)" ]; then
      note "installing $package"
      install_without_services "$package"
      return
    fi
  done
}
