# Sourced: builds the programs of a single-node Kubernetes into $programs (about five minutes on two cores; nothing when they are there).
# go.mod and go.sum beside this file pin every module; a change in them, in main.go or here leads to a new build.
# shellcheck shell=bash disable=SC2034,SC2154

COREDNS=v1.15.0
kubernetes_version=$(sed -n 's#.*k8s.io/kubernetes v#v#p' "$lib/kubernetes/go.mod" | head -1)
programs=$cache/kubernetes-${kubernetes_version#v}

build_programs() {
  build_kubernetes
  [ -x "$programs/coredns" ] || go_install "$programs" "github.com/coredns/coredns@$COREDNS"
  [ -f "$programs/pause.tar" ] || build_pause_image
}

build_kubernetes() {
  local inputs package stamp="-s -w" minor
  inputs=$(cd "$lib/kubernetes" && cat go.mod go.sum main.go programs.bash | sha256sum)
  [ -x "$programs/kube" ] && [ "$(cat "$programs/kube.inputs" 2>/dev/null)" = "$inputs" ] && return
  need_go "Kubernetes $kubernetes_version"
  note "building Kubernetes $kubernetes_version from its Go modules; this takes some minutes, once"
  # clients parse /version and fail without one
  minor=$(cut -d. -f2 <<< "$kubernetes_version")
  for package in k8s.io/component-base/version k8s.io/client-go/pkg/version; do
    stamp+=" -X $package.gitVersion=$kubernetes_version -X $package.gitMajor=1 -X $package.gitMinor=$minor -X $package.gitTreeState=clean"
  done
  mkdir -p "$programs"
  (cd "$lib/kubernetes" && watch_go Kubernetes go build -v -mod=readonly -buildvcs=false -trimpath -ldflags="$stamp" -o "$programs/kube.part" .)
  mv "$programs/kube.part" "$programs/kube"
  for package in kube-apiserver kube-controller-manager kube-proxy kube-scheduler kubectl kubelet; do ln -sf kube "$programs/$package"; done
  echo "$inputs" > "$programs/kube.inputs"
}

# The image that holds each pod's namespaces: busybox asleep.
build_pause_image() {
  local container
  container=$(buildah from scratch)
  buildah copy -q "$container" "$(command -v busybox)" /bin/busybox > /dev/null
  buildah config --entrypoint '["/bin/busybox", "sleep", "infinity"]' "$container"
  buildah commit -q --rm "$container" localhost/pause:1 > /dev/null
  buildah push -q localhost/pause:1 "docker-archive:$programs/pause.part:localhost/pause:1"
  buildah rmi -f localhost/pause:1 > /dev/null
  mv "$programs/pause.part" "$programs/pause.tar"
}
