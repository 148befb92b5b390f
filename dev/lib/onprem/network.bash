# Sourced by dev/onprem: the network of the on-prem side.
# The bastion has two bridges and routes nothing between them: "outside" (this machine and the cluster's node) and "inside" (the other hosts).
# shellcheck shell=bash disable=SC2034,SC2154

hosts=(bastion db web inner)

address() {
  case $1 in
    bastion) echo 100.67.0.10 ;;
    db) echo 100.67.1.20 ;;
    web) echo 100.67.1.30 ;;
    inner) echo 100.67.1.40 ;;
  esac
}

make_network() {
  local host
  for host in "${hosts[@]}"; do
    ip netns add "onprem-$host"
    ip -n "onprem-$host" link set lo up
    files_of_host "$host"
  done
  bridge outside 100.67.0.10/24
  bridge inside 100.67.1.10/24
  for host in db web inner; do
    ip -n onprem-bastion link add "$host" type veth peer name eth0 netns "onprem-$host"
    plug "$host" inside
    ip -n "onprem-$host" addr add "$(address "$host")/24" dev eth0
    ip -n "onprem-$host" link set eth0 up
  done
  ip link add onprem-host type veth peer name host netns onprem-bastion
  plug host outside
  ip addr add 100.67.0.1/24 dev onprem-host
  ip link set onprem-host up
  # What is not outside is nobody's: without this, a packet to it would leave this machine by its default route.
  ip route replace unreachable 100.67.0.0/16
}

bridge() { # name address
  ip -n onprem-bastion link add "$1" type bridge
  ip -n onprem-bastion addr add "$2" dev "$1"
  ip -n onprem-bastion link set "$1" up
}

plug() { # interface bridge
  ip -n onprem-bastion link set "$1" master "$2"
  ip -n onprem-bastion link set "$1" up
}

# `ip netns exec` puts the files of /etc/netns/<namespace> over those of /etc: every host has names of its own, and sshd's hosts users of their own.
files_of_host() {
  local directory=/etc/netns/onprem-$1 host
  mkdir -p "$directory"
  {
    echo "127.0.0.1 localhost"
    for host in "${hosts[@]}"; do echo "$(address "$host") $host.onprem.example $host"; done
  } > "$directory/hosts"
  : > "$directory/resolv.conf"
  printf '%s\n' 'passwd: files' 'group: files' 'shadow: files' 'hosts: files' > "$directory/nsswitch.conf"
}

# The cluster's node gets a cable to the bastion, and its DNS the bastion's name. Repeated after a restart of the cluster,
# whose network namespace the kernel takes apart only some time after its end, hence the question at the node's side.
connect_cluster() {
  local node
  node=$("$root/dev/cluster" node-network)
  if ! nsenter --net="$node" ip link show onprem0 > /dev/null 2>&1; then
    ip -n onprem-bastion link del node 2> /dev/null || true
    ip -n onprem-bastion link add node type veth peer name onprem0
    plug node outside
    ip netns exec onprem-bastion ip link set onprem0 netns "$node"
    nsenter --net="$node" ip addr add 100.67.0.2/24 dev onprem0
    nsenter --net="$node" ip link set onprem0 up
  fi
  "$root/dev/cluster" name bastion.onprem.example "$(address bastion)"
}

remove_network() {
  local host
  for host in "${hosts[@]}"; do
    ip netns del "onprem-$host" 2> /dev/null || true
    rm -rf "/etc/netns/onprem-$host"
  done
  rmdir /etc/netns 2> /dev/null || true
  ip link del onprem-host 2> /dev/null || true
  ip route del unreachable 100.67.0.0/16 2> /dev/null || true
}
