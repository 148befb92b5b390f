# Sourced: builds container images with Docker where an engine answers, else with buildah.
# shellcheck shell=bash disable=SC2034,SC2154

docker_answers() { command -v docker > /dev/null && docker info > /dev/null 2>&1; }

# build_image NAME FILE.tar CONTEXT [BUILD OPTION...] leaves the image as a docker-archive, which every cluster takes.
build_image() {
  local name=$1 archive=$2 context=$3; shift 3
  if docker_answers; then
    docker build --tag "$name" "$@" "$context"
    docker save --output "$archive" "$name"
  else
    need_buildah
    buildah rmi -f "$name" > /dev/null 2>&1 || true   # else it would stay, without a name
    buildah bud --isolation chroot --pull-never --tag "$name" "$@" "$context"
    rm -f "$archive"
    buildah push -q "$name" "docker-archive:$archive:$name"
  fi
}

need_buildah() {
  root_on_linux || unavailable "building an image needs a Docker engine, or root on Linux (for buildah)"
  ensure_packages buildah:buildah
}

# Buildah reaches no registry on many machines, so that the images that a Dockerfile starts from are made here, from Debian packages, under their public names.
DEBIAN_IMAGE=docker.io/library/debian:bookworm-slim
MAVEN_IMAGE=docker.io/library/maven:3.9-eclipse-temurin-25

has_image() { buildah inspect --type image "$1" > /dev/null 2>&1; }

# what Debian's own image leaves out too: documents, manuals, translations
make_debian_image() {
  local base=$cache/debian-bookworm-slim.tar container
  if [ ! -f "$base" ]; then
    ensure_packages mmdebstrap:mmdebstrap
    mkdir -p "$cache"
    # shellcheck disable=SC2016  # mmdebstrap's shell expands "$1"
    mmdebstrap --quiet --format=tar --variant=minbase --dpkgopt='path-exclude=/usr/share/doc/*' --dpkgopt='path-exclude=/usr/share/man/*' \
      --dpkgopt='path-exclude=/usr/share/locale/*' --customize-hook='rm -rf "$1"/var/lib/apt/lists/* "$1"/var/cache/apt/*.bin' bookworm "$base.part"
    mv "$base.part" "$base"
  fi
  container=$(buildah from scratch)
  buildah add -q "$container" "$base" / > /dev/null
  buildah config --cmd bash "$container"
  buildah commit -q --rm "$container" "$DEBIAN_IMAGE" > /dev/null
}

# this machine's JDK 25 and Maven on top of Debian
make_maven_image() {
  local container directory
  use_jdk
  ensure_packages mvn:maven
  container=$(buildah from --pull-never "$DEBIAN_IMAGE")
  directory=$(buildah mount "$container")
  mkdir -p "$directory/opt/java" "$directory/usr/share/maven"
  # links lead out of both (to certificates, to Debian's jars), hence -L
  cp -rL "$JAVA_HOME" "$directory/opt/java/openjdk"
  cp -rL "$(dirname "$(dirname "$(readlink -f "$(command -v mvn)")")")"/. "$directory/usr/share/maven"
  ln -s /usr/share/maven/bin/mvn "$directory/usr/bin/mvn"
  buildah umount "$container" > /dev/null
  buildah config --env JAVA_HOME=/opt/java/openjdk --env PATH=/opt/java/openjdk/bin:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin "$container"
  buildah commit -q --rm "$container" "$MAVEN_IMAGE" > /dev/null
}

# Both make an image unless it is there; with Docker there is nothing to do, it pulls them.
need_debian_image() {
  ! docker_answers || return 0
  need_buildah
  has_image "$DEBIAN_IMAGE" || step "Base image $DEBIAN_IMAGE" make_debian_image
}

need_maven_image() {
  ! docker_answers || return 0
  need_debian_image
  has_image "$MAVEN_IMAGE" || step "Base image $MAVEN_IMAGE" make_maven_image
}
