# Sourced by dev/cluster: a single-node Kubernetes on this machine, without a container engine.
# The node lives in network namespace "kube" and in PID and mount namespaces of its own.
# Networks: node 100.66.0.1, this host 100.66.0.2; pods 100.64.0.0/16 and Services 100.65.0.0/16 behind the node, reachable from this host.
# shellcheck shell=bash disable=SC2034,SC2154
# shellcheck source=../go.bash
. "$lib/go.bash"
# shellcheck source=../kubernetes/programs.bash
. "$lib/kubernetes/programs.bash"

backend_missing() {
  [ "$(uname -s)" = Linux ] || { echo "building one here needs Linux"; return; }
  [ "$(id -u)" = 0 ] || { echo "building one here needs root (sudo)"; return; }
  { [ -x "$programs/kube" ] && [ -x "$programs/coredns" ]; } || command -v go > /dev/null || { echo "building one here needs Go 1.26 or newer (https://go.dev/dl/)"; return; }
  unshare --net --mount --pid --fork true 2> /dev/null || echo "this root may not create namespaces (an unprivileged container?)"
}

backend_up() {
  step "Debian packages for the node" ensure_packages etcd:etcd-server containerd:containerd runc:runc \
    /usr/lib/cni/bridge:containernetworking-plugins nft:nftables iptables:iptables ip:iproute2 openssl:openssl buildah:buildah busybox:busybox-static
  step "Kubernetes programs" build_programs
  if ! backend_running; then
    backend_down
    step "Node" start_node
  fi
}

backend_running() { [ -f "$cluster/pid" ] && alive "$(<"$cluster/pid")"; }

start_node() {
  mkdir -p "$cluster"/{log,cni}
  connect_node
  "$lib/kubernetes/pki" "$cluster/pki" "$cluster/kubeconfig"
  : > "$cluster/hosts"   # further names for the cluster's DNS, which reads them again every second
  setsid nsenter --net=/run/netns/kube unshare --mount --propagation private --pid --fork --kill-child --mount-proc \
    "$lib/kubernetes/node" "$programs" "$cluster" < /dev/null > "$cluster/log/node.log" 2>&1 9>&- &
  echo $! > "$cluster/pid"
  for _ in $(seq 480); do
    node_ready && return
    backend_running || fail "the node stopped; its logs are in $cluster/log"
    sleep 0.25
  done
  fail "the node was not ready within two minutes; its logs are in $cluster/log"
}

connect_node() {
  ip netns add kube
  ip link add kube-host type veth peer name eth0 netns kube
  ip addr add 100.66.0.2/24 dev kube-host
  ip link set kube-host up
  ip -n kube link set lo up
  ip -n kube addr add 100.66.0.1/24 dev eth0
  ip -n kube link set eth0 up
  # Addresses of Services are rewritten on their way out, so they need some route; everything else that nobody has is refused at once.
  ip -n kube route add 100.65.0.0/16 via 100.66.0.2
  ip -n kube route add unreachable default
  ip route add 100.64.0.0/15 via 100.66.0.1
  nsenter --net=/run/netns/kube sysctl -qw net.ipv4.ip_forward=1
}

node_ready() {
  backend_kubectl get serviceaccount default > /dev/null 2>&1 &&
    backend_kubectl wait --for=condition=Ready node/node1 --timeout=1s > /dev/null 2>&1
}

backend_kubectl() { "$programs/kubectl" --kubeconfig "$cluster/kubeconfig" "$@"; }

backend_load() { ctr -a "$cluster/containerd.sock" -n k8s.io images import "$1" > /dev/null; }

backend_api() {
  local signal
  case ${1:-} in
    stop) signal=STOP ;;
    continue) signal=CONT ;;
    *) fail "usage: dev/cluster api stop|continue" ;;
  esac
  kill "-$signal" "$(pgrep -f "^$programs/kube-apiserver ")"
}

backend_kill() {
  [ $# = 1 ] || fail "usage: dev/cluster kill CONTAINER"
  ctr -a "$cluster/containerd.sock" -n k8s.io tasks kill --signal SIGKILL "${1#containerd://}"
}

backend_network() { echo /run/netns/kube; }

backend_name() {
  local others
  others=$(grep -v -e " $1\$" -e '^$' "$cluster/hosts" || true)
  printf '%s\n' "$others" "$2 $1" > "$cluster/hosts"
}

backend_down() {
  stop "$cluster/pid"
  ip netns del kube 2> /dev/null || true
  ip link del kube-host 2> /dev/null || true
  rmdir /var/lib/kubelet 2> /dev/null || true   # where the node mounts its own
  for _ in $(seq 50); do rm -rf "$cluster" 2> /dev/null && break; sleep 0.2; done
  [ ! -d "$cluster" ] || fail "could not remove $cluster"
  find /sys/fs/cgroup -depth -type d -path '*/k8s.io*' -exec rmdir {} + 2> /dev/null || true
}
