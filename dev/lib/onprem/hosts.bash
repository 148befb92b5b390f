# Sourced by dev/onprem: what runs on the hosts of the on-prem side.
# shellcheck shell=bash disable=SC2034,SC2154

start_hosts() {
  mkdir -p "$onprem"/{log,client,web}
  make_keys
  start_sshd bastion tunnel /usr/sbin/nologin "$onprem/client/id_ed25519.pub"
  start_sshd inner ops /bin/sh "$onprem/client/inner_ed25519.pub"
  start_web
  start_db
  until_true "bastion's sshd" answers_ssh bastion
  until_true "inner's sshd" answers_ssh inner
  until_true "the web server" ip netns exec onprem-bastion curl -sf -o /dev/null --max-time 1 http://web.onprem.example/
  until_true "PostgreSQL" ip netns exec onprem-bastion env PGPASSWORD="$(<"$onprem/db/password")" \
    psql -qAt -h db.onprem.example -U app -d orders -c 'select count(*) from orders'
}

# run_on HOST COMMAND... starts a host's only service, in PID and mount namespaces of its own: ending its first process ends all of it.
run_on() {
  local host=$1; shift
  setsid ip netns exec "onprem-$host" unshare --pid --fork --kill-child --mount-proc --uts \
    "$lib/onprem/host" "$host" "$@" < /dev/null > "$onprem/log/$host.log" 2>&1 9>&- &
  echo $! > "$onprem/$host.pid"
}

until_true() {
  local what=$1; shift
  for _ in $(seq 150); do
    if "$@" > /dev/null 2>&1; then return; fi
    sleep 0.2
  done
  fail "$what did not answer within 30 seconds; see the logs in $onprem/log"
}

answers_ssh() { ip netns exec onprem-bastion ssh-keyscan -T 1 -t ed25519 "$1.onprem.example" 2> /dev/null | grep -q ssh-ed25519; }

make_keys() {
  local host type
  ssh-keygen -q -t ed25519 -N '' -C tunnel@example -f "$onprem/client/id_ed25519"
  ssh-keygen -q -t ed25519 -N '' -C ops@example -f "$onprem/client/inner_ed25519"
  for host in bastion inner; do
    mkdir -p "$onprem/$host"
    for type in ed25519 ecdsa rsa; do ssh-keygen -q -t "$type" -N '' -C "$host" -f "$onprem/$host/ssh_host_${type}_key"; done
    cat "$onprem/$host"/ssh_host_*_key.pub | sed "s/^/$host.onprem.example,$(address "$host") /; s/ $host\$//" >> "$onprem/client/known_hosts"
  done
}

# start_sshd HOST USER SHELL PUBLIC_KEY: a plain sshd with one user who logs in with one key.
start_sshd() {
  local host=$1 user=$2 shell=$3 key=$4 etc=/etc/netns/onprem-$1
  printf '%s\n' "root:x:0:0::/root:/usr/sbin/nologin" "sshd:x:103:65534::/run/sshd:/usr/sbin/nologin" "$user:x:2000:2000::/tmp:$shell" > "$etc/passwd"
  printf '%s\n' "root:x:0:" "tty:x:5:" "nogroup:x:65534:" "$user:x:2000:" > "$etc/group"
  (umask 077 && printf '%s\n' "root:*:::::::" "sshd:*:::::::" "$user:*:::::::" > "$etc/shadow")
  mkdir -p "$onprem/$host/authorized_keys"
  cp "$key" "$onprem/$host/authorized_keys/$user"
  cat > "$onprem/$host/sshd_config" << C
HostKey $onprem/$host/ssh_host_ed25519_key
HostKey $onprem/$host/ssh_host_ecdsa_key
HostKey $onprem/$host/ssh_host_rsa_key
AuthorizedKeysFile $onprem/$host/authorized_keys/%u
PasswordAuthentication no
KbdInteractiveAuthentication no
GatewayPorts clientspecified
LogLevel VERBOSE
PidFile none
UseDNS no
UsePAM no
C
  run_on "$host" /usr/sbin/sshd -D -e -f "$onprem/$host/sshd_config"
}

start_web() {
  echo "<h1>The intranet</h1>" > "$onprem/web/index.html"
  run_on web busybox httpd -f -p "$(address web):80" -h "$onprem/web"
}

start_db() {
  local bin database=$onprem/db
  bin=$(find /usr/lib/postgresql/*/bin -maxdepth 0 | sort -V | tail -n 1)
  mkdir -p "$database"
  openssl rand -hex 12 > "$database/password"
  chown -R postgres: "$database"
  as_postgres "$bin/initdb" -D "$database/data" -U postgres -E UTF8 --locale=C --auth-local=trust --auth-host=scram-sha-256 --no-sync > "$onprem/log/initdb.log" 2>&1
  echo "host orders app 100.67.1.10/32 scram-sha-256" >> "$database/data/pg_hba.conf"   # the bastion, and nobody else
  run_on db setpriv --reuid postgres --regid postgres --init-groups "$bin/postgres" -D "$database/data" \
    -c listen_addresses="$(address db)" -c unix_socket_directories="$database" -c fsync=off
  until_true "PostgreSQL" psql -h "$database" -U postgres -c 'select 1'
  psql -q -h "$database" -U postgres -v ON_ERROR_STOP=1 -v password="$(<"$database/password")" << 'S'
create role app login password :'password';
create database orders owner app;
\connect orders
create table orders (id integer primary key, customer text not null, total numeric(10, 2) not null);
insert into orders values (1, 'Ada', 120.50), (2, 'Grace', 99.90), (3, 'Edsger', 42.00);
alter table orders owner to app;
S
}

as_postgres() { (cd / && setpriv --reuid postgres --regid postgres --init-groups "$@"); }
