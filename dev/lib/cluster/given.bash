# Sourced by dev/cluster: the cluster that KUBECONFIG names. It is the user's: never started, stopped or changed here, only looked at and given images.
# shellcheck shell=bash disable=SC2034,SC2154

backend_missing() { command -v kubectl > /dev/null || echo "KUBECONFIG is set, but there is no kubectl on the PATH"; }

backend_up() { backend_running || fail "the cluster of KUBECONFIG=$KUBECONFIG does not answer: $(kubectl get --raw /readyz --request-timeout=10s 2>&1 | tail -n 1)"; }

backend_running() { kubectl get --raw /readyz --request-timeout=10s > /dev/null 2>&1; }

backend_kubectl() { kubectl "$@"; }

# Development clusters name their kubectl contexts after themselves.
backend_load() {
  local context
  context=$(kubectl config current-context)
  case $context in
    kind-*) kind load image-archive "$1" --name "${context#kind-}" ;;
    k3d-*) k3d image import "$1" --cluster "${context#k3d-}" ;;
    minikube*) minikube --profile "$context" image load "$1" ;;
    *) fail "do not know how to load an image into cluster \"$context\": push the image in $1 to a registry that the cluster pulls from" ;;
  esac
}

backend_network() { fail "the nodes of KUBECONFIG=$KUBECONFIG cannot be given a cable to this machine's network namespaces; unset KUBECONFIG to use a cluster of this machine"; }

backend_name() { fail "the DNS of KUBECONFIG=$KUBECONFIG is not changed by these scripts; add $2 $1 yourself"; }

backend_down() { note "left as it is: the cluster of KUBECONFIG=$KUBECONFIG"; }
