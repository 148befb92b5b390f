# Sourced by dev/demo: figures, and the screen at its end.
# shellcheck shell=bash disable=SC2034,SC2154

# resident NAMESPACE POD prints the resident memory of the pod's first process, in MiB.
resident() { k -n "$1" exec "$2" -- sed -n 's/^VmRSS:[[:space:]]*\([0-9]*\) kB/\1/p' /proc/1/status | awk '{ printf "%d", $1 / 1024 }'; }

measure_memory() {
  local operator agent
  operator=$(k -n "$operator_namespace" get pods -l app.kubernetes.io/component=operator -o name --field-selector=status.phase=Running | head -n 1)
  agent=$(kn get pods -l sshtunnels.dev/server -o name --field-selector=status.phase=Running | head -n 1)
  operator_memory=$(resident "$operator_namespace" "$operator")
  agent_memory=$(resident "$namespace" "$agent")
  note "operator $operator_memory MiB, agent $agent_memory MiB"
}

row() { printf '  %-58s %14s\n' "$@"; }

print_summary() {
  local line
  echo
  echo "Steps"
  for line in "${step_log[@]}"; do row "$(cut -c1-57 <<< "${line#*$'\t'}")" "$(seconds "${line%%$'\t'*}")"; done
  row "in all" "$(seconds $(($(now_ms) - begin)))"
  echo "Figures"
  row "kubectl apply of the first server and tunnel, to Ready" "$(seconds "$first_ready")"
  row "... of a further tunnel on the same server" "$(seconds "$further_ready")"
  row "deletion of a tunnel until its listener is gone" "$(seconds "$gone_after")"
  row "image" "$image_size"
  row "resident memory, idle: operator" "$operator_memory MiB"
  row "resident memory, idle: agent" "$agent_memory MiB"
  echo "All steps happened."
}

print_hints() {
  cat << H

Everything runs on. To look around:
  export KUBECONFIG=$("$root/dev/cluster" kubeconfig)
  kubectl -n $namespace get sshservers,sshtunnels,services,pods
  kubectl -n $namespace describe sshtunnel orders-db
  kubectl -n $namespace exec -it client -- bash
  dev/onprem exec bastion ss -ltn
  dev/onprem log bastion
(dev/cluster kubectl does what kubectl does.) Remove it all with: dev/demo down
H
}
