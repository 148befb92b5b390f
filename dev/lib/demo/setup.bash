# Sourced by dev/demo: what has to be there before the first tunnel, and its removal.
# shellcheck shell=bash disable=SC2034,SC2154

namespace=demo
operator_namespace=sshtunnels-system
release=ssh-tunnel-operator
mark=sshtunnels.dev/installed-by=demo

k() { "$root/dev/cluster" kubectl "$@"; }
kn() { k --namespace "$namespace" "$@"; }
helm() { KUBECONFIG=$("$root/dev/cluster" kubeconfig) "$root/dev/helm" "$@"; }

remember_what_runs() {
  if "$root/dev/cluster" status > /dev/null 2>&1; then had_cluster=true; else had_cluster=false; fi
  if "$root/dev/onprem" env > /dev/null 2>&1; then had_onprem=true; else had_onprem=false; fi
  if $had_cluster && helm status "$release" --namespace "$operator_namespace" > /dev/null 2>&1; then had_operator=true; else had_operator=false; fi
}

# In a cluster of the user's nothing is replaced, and at the end removed, that the demo did not bring.
require_room() {
  is_given || return 0
  if has_kinds && [ -z "$(marked "$operator_namespace")" ]; then
    fail "the cluster of KUBECONFIG has the kinds of this operator already, and the demo would replace what serves them; take a cluster without, or unset KUBECONFIG"
  fi
  if k get namespace "$namespace" > /dev/null 2>&1 && [ -z "$(marked "$namespace")" ]; then
    fail "the cluster of KUBECONFIG has a namespace \"$namespace\", which the demo would replace; take a cluster without, or unset KUBECONFIG"
  fi
}

start_cluster() { note "kubeconfig: $("$root/dev/cluster" up)"; }

is_given() { [ "$("$root/dev/cluster" backend)" = given ]; }
has_kinds() { k get -f "$root/crds" > /dev/null 2>&1; }
marked() { k get namespaces --selector="$mark,kubernetes.io/metadata.name=$1" -o name; }

build_images() {
  local built
  built=$("$root/dev/image")
  note "$built"
  image_size=$(tail -n 1 <<< "$built" | sed 's/:.*//')
  client_archive=$("$root/dev/client-image")
}

load_images() { "$root/dev/cluster" load "$root/target/image.tar" "$client_archive"; }

install_operator() {
  k create namespace "$operator_namespace" --dry-run=client -o yaml | k apply -f - > /dev/null
  k label --overwrite namespace "$operator_namespace" pod-security.kubernetes.io/enforce=restricted "$mark" > /dev/null
  # tests may have left the kinds without Helm, hence --take-ownership
  helm upgrade --install "$release" "$root/charts/ssh-tunnel-operator" --namespace "$operator_namespace" --take-ownership --wait --timeout 3m > /dev/null
  # an image of the same name may have been there before: the pods have to take the one just loaded
  if $had_cluster; then k -n "$operator_namespace" rollout restart "deployment/$release" > /dev/null; fi
  k -n "$operator_namespace" rollout status "deployment/$release" --timeout=2m
}

prepare_namespace() {
  local name value
  while IFS='=' read -r name value; do declare -g "$name=$value"; done < <("$root/dev/onprem" env)
  k delete namespace "$namespace" --ignore-not-found --timeout=2m
  k create namespace "$namespace" > /dev/null
  k label namespace "$namespace" pod-security.kubernetes.io/enforce=restricted "$mark" > /dev/null
  kn create secret generic bastion-key --type=kubernetes.io/ssh-auth --from-file=ssh-privatekey="$ONPREM_CLIENT_KEY"
  kn create configmap bastion-known-hosts --from-file=known_hosts="$ONPREM_KNOWN_HOSTS"
  kn apply -f - < "$lib/demo/pods.yaml"
  kn wait --for=condition=Ready pod --all --timeout=2m > /dev/null
}

remove_what_was_started() {
  k delete namespace "$namespace" --ignore-not-found --timeout=2m > /dev/null
  if $had_cluster && ! $had_operator; then remove_operator; fi
  $had_onprem || "$root/dev/onprem" down
  $had_cluster || "$root/dev/cluster" down
}

remove_operator() {
  helm uninstall "$release" --namespace "$operator_namespace" --ignore-not-found --wait > /dev/null
  remove_kinds
  k delete namespace "$operator_namespace" --ignore-not-found --timeout=2m > /dev/null
}

# With a kind goes every object of it, and some may be of others by now.
remove_kinds() {
  has_kinds || return 0
  local others
  others=$(k get sshservers,sshtunnels --all-namespaces -o name)
  if [ -z "$others" ]; then
    k delete -f "$root/crds" --ignore-not-found --timeout=1m > /dev/null
  else
    note "the kinds stay, since these are there: ${others//$'\n'/ }"
  fi
}

# A cluster of the user's stays, without anything of the demo.
tear_down() {
  if "$root/dev/cluster" status > /dev/null 2>&1 && is_given; then
    [ -z "$(marked "$namespace")" ] || k delete namespace "$namespace" --timeout=2m > /dev/null
    [ -z "$(marked "$operator_namespace")" ] || remove_operator
  fi
  "$root/dev/onprem" down
  "$root/dev/cluster" down
}

explain_failure() {
  local code=$?
  report_failed_step
  [ "$code" != 0 ] || return 0
  echo "--- state at the failure; everything is left as it is, remove it with: dev/demo down" >&2
  kn get sshservers,sshtunnels,pods 2> /dev/null || true
  kn get sshtunnels -o jsonpath='{range .items[*]}{.metadata.name}{range .status.conditions[?(@.status!="True")]}{"\n  "}{.type}: {.reason}: {.message}{end}{"\n"}{end}' 2> /dev/null || true
  k -n "$operator_namespace" logs "deployment/$release" --tail=15 2> /dev/null || true
}
