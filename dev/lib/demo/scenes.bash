# Sourced by dev/demo: one function per use, as a person would do it.
# shellcheck shell=bash disable=SC2034,SC2154

# shown COMMAND... prints the command as a person would type it, and what it says.
shown() {
  local word line=
  for word in "$@"; do
    case $word in
      *[\ \'\"\;\*]*) line+=" \"$word\"" ;;
      *) line+=" $word" ;;
    esac
  done
  line=${line/ kn / kubectl -n $namespace }
  echo "    \$$line"
  "$@" | sed 's/^/      /'
}

# apply_and_wait EXAMPLE applies a folder of examples/ and waits until all of its tunnels are ready; sets `took`, from kubectl apply on.
apply_and_wait() {
  local start tunnels
  start=$(now_ms)
  tunnels=$(kn apply -o name -f "$root/examples/$1" | grep '^sshtunnel\.')
  # shellcheck disable=SC2086  # one word per tunnel
  kn wait --for=condition=Ready --timeout=90s $tunnels > /dev/null
  took=$(($(now_ms) - start))
  note "kubectl apply to Ready: $(seconds "$took")"
}

in_client() { kn exec client -- "$@"; }

# connects SERVICE PORT waits until it does: the nodes learn of a Service up to a second after Kubernetes does.
connects() {
  in_client timeout 10 bash -c "until (exec 3<>/dev/tcp/$1/$2) 2>/dev/null; do sleep 0.1; done" || fail "no connection to $1:$2 from the client pod"
}

# expect TEXT: the input holds the text; it is passed on
expect() {
  local all
  all=$(cat)
  echo "$all"
  grep -qF -e "$1" <<< "$all" || fail "expected \"$1\" in this output"
}

reach_database() {
  apply_and_wait postgresql
  first_ready=$took
  connects orders-db 5432
  shown kn exec client -- env PGPASSWORD="$ONPREM_DB_PASSWORD" psql -h orders-db -U app orders -c "select * from orders" | sed 's/PGPASSWORD=[^ ]*/PGPASSWORD=.../' | expect Grace
}

reach_several() {
  apply_and_wait several-forwards
  further_ready=$took
  connects intranet 80
  shown kn exec client -- curl -sS http://intranet/ | expect "The intranet"
}

publish_service() {
  apply_and_wait publish-web
  echo "    on the bastion:"
  shown "$root/dev/onprem" exec bastion curl -sS http://127.0.0.1:8080/ | expect "A Service of the cluster"
}

browse_with_socks() {
  apply_and_wait socks-proxy
  connects socks 1080
  shown kn exec client -- curl -sS --proxy socks5h://socks:1080 http://web.onprem.example/ | expect "The intranet"
}

show_resources() { shown kn get sshservers,sshtunnels; }

# The Service goes with the tunnel, so that only the agent's own port shows when it stops listening: the client tries it until it is refused.
delete_tunnel() {
  local tunnel=several-forwards service=intranet pod port start waiting
  port=$(kn get endpointslices -l "kubernetes.io/service-name=$service" -o jsonpath='{.items[0].ports[0].port}')
  pod=$(kn get endpointslices -l "kubernetes.io/service-name=$service" -o jsonpath='{.items[0].endpoints[0].addresses[0]}')
  in_client bash -c "exec 3<>/dev/tcp/$pod/$port"
  in_client timeout 30 bash -c "while (exec 3<>/dev/tcp/$pod/$port) 2>/dev/null; do sleep 0.05; done" &
  waiting=$!
  start=$(now_ms)
  kn delete sshtunnel "$tunnel" --wait=false
  wait "$waiting" || fail "the agent still listened 30 seconds after the tunnel was deleted"
  gone_after=$(($(now_ms) - start))
  note "its listener was gone after $(seconds "$gone_after")"
}
