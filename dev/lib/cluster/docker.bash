# Sourced by dev/cluster: K3s as a container, where a Docker engine answers.
# shellcheck shell=bash disable=SC2034,SC2154
K3S_IMAGE=rancher/k3s:v1.34.1-k3s1
k3s_container=ssh-tunnel-operator-k3s

backend_missing() { docker info > /dev/null 2>&1 || echo "no Docker engine answers"; }

backend_up() {
  backend_running && return
  step "K3s in Docker ($K3S_IMAGE)" start_k3s
}

backend_running() { [ "$(docker inspect -f '{{.State.Running}}' "$k3s_container" 2> /dev/null)" = true ]; }

start_k3s() {
  local port
  docker rm -f "$k3s_container" > /dev/null 2>&1 || true
  docker run -d --name "$k3s_container" --hostname node1 --privileged --tmpfs /run --tmpfs /var/run -p 127.0.0.1::6443 \
    "$K3S_IMAGE" server --disable=traefik --disable=metrics-server --tls-san=127.0.0.1 > /dev/null
  port=$(docker port "$k3s_container" 6443/tcp | sed -n '1s/.*://p')
  for _ in $(seq 240); do
    if docker exec "$k3s_container" kubectl wait --for=condition=Ready node/node1 --timeout=1s > /dev/null 2>&1; then
      mkdir -p "$cluster"
      (umask 077 && docker exec "$k3s_container" cat /etc/rancher/k3s/k3s.yaml |
        sed "s#https://127.0.0.1:6443#https://127.0.0.1:$port#; s#: default\$#: ssh-tunnel-operator#" > "$cluster/kubeconfig")
      return
    fi
    sleep 0.5
  done
  fail "K3s was not ready within two minutes; see: docker logs $k3s_container"
}

# kubectl of this machine if there is one, else the one in the container
backend_kubectl() {
  if command -v kubectl > /dev/null; then
    kubectl --kubeconfig "$cluster/kubeconfig" "$@"
  else
    docker exec -i "$k3s_container" kubectl "$@"
  fi
}

backend_load() { docker exec -i "$k3s_container" ctr -n k8s.io images import - < "$1" > /dev/null; }

backend_network() { echo "/proc/$(docker inspect -f '{{.State.Pid}}' "$k3s_container")/ns/net"; }

# K3s's CoreDNS takes further zones from this ConfigMap.
backend_name() {
  backend_kubectl apply -f - > /dev/null << C
apiVersion: v1
kind: ConfigMap
metadata: {name: coredns-custom, namespace: kube-system}
data: {"$1.server": "$1:53 {\n hosts {\n $2 $1\n }\n}\n"}
C
  backend_kubectl -n kube-system rollout restart deployment/coredns > /dev/null
  backend_kubectl -n kube-system rollout status deployment/coredns --timeout=60s > /dev/null
}

backend_down() {
  docker rm -f -v "$k3s_container" > /dev/null 2>&1 || true
  rm -rf "$cluster"
}
