#!/usr/bin/env bash
# Runs a command with POLYWIRE_TEST_POSTGRES and POLYWIRE_TEST_REDIS set: .ci/databases.sh COMMAND…
# What the environment does not name already is started on free loopback ports in a temporary folder, and stopped by its
# pid at the end; missing servers are installed from Debian's packages. Ends with the status of the command.
set -u
if [ $# -eq 0 ]; then
  echo "usage: $0 COMMAND…" >&2
  exit 2
fi

folder=
postgres_pid=
redis_pid=

stop() {
  [ -n "$postgres_pid" ] && kill -INT "$postgres_pid" 2>/dev/null
  [ -n "$redis_pid" ] && kill "$redis_pid" 2>/dev/null
  wait 2>/dev/null
  [ -n "$folder" ] && rm -rf "$folder"
}
trap stop EXIT
trap 'exit 130' INT TERM

fail() {
  echo "databases: $1" >&2
  exit 1
}

postgres_folder() { # the newest installed version's programs
  local found
  found=$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -n 1)
  if [ -n "$found" ]; then
    echo "$found"
  else
    dirname "$(command -v initdb 2>/dev/null)" 2>/dev/null | grep -v '^\.$'
  fi
}

install_missing() {
  local missing=()
  if [ -z "${POLYWIRE_TEST_POSTGRES:-}" ] && [ -z "$(postgres_folder)" ]; then missing+=(postgresql); fi
  if [ -z "${POLYWIRE_TEST_REDIS:-}" ] && ! command -v redis-server >/dev/null; then missing+=(redis-server); fi
  [ ${#missing[@]} -eq 0 ] && return
  echo "databases: installing ${missing[*]}" >&2
  if ! { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq "${missing[@]}"; } \
    >"$folder/install.log" 2>&1 </dev/null; then
    tail -n 5 "$folder/install.log" >&2
    fail "cannot install ${missing[*]}"
  fi
}

free_port() {
  node -e "const s = require('net').createServer().listen(0, '127.0.0.1', () => { console.log(s.address().port); s.close(); })"
}

as_postgres() { # PostgreSQL refuses to run as root
  if [ "$(id -u)" -eq 0 ]; then
    setpriv --reuid=postgres --regid=postgres --init-groups "$@"
  else
    "$@"
  fi
}

wait_for() { # seconds command...
  local end=$((SECONDS + $1))
  shift
  until "$@" >/dev/null 2>&1; do
    [ "$SECONDS" -ge "$end" ] && return 1
    sleep 0.1
  done
}

start_postgres() {
  local bin port
  bin=$(postgres_folder)
  port=$(free_port)
  mkdir "$folder/postgres"
  [ "$(id -u)" -eq 0 ] && chown postgres "$folder/postgres"
  cd "$folder/postgres" || exit 1
  as_postgres "$bin/initdb" -D "$folder/postgres/data" -A trust -U polywire -E UTF8 --locale=C --no-sync \
    >"$folder/initdb.log" 2>&1 || { cat "$folder/initdb.log" >&2; fail 'initdb failed'; }
  # in the background by setpriv's exec: the pid is the server's own
  as_postgres "$bin/postgres" -D "$folder/postgres/data" -p "$port" -c listen_addresses=127.0.0.1 \
    -c unix_socket_directories= -c fsync=off -c full_page_writes=off -c synchronous_commit=off \
    >"$folder/postgres.log" 2>&1 </dev/null &
  cd - >/dev/null || exit 1
  wait_for 20 test -s "$folder/postgres/data/postmaster.pid" || fail 'PostgreSQL does not start'
  postgres_pid=$(head -n 1 "$folder/postgres/data/postmaster.pid")
  wait_for 20 "$bin/pg_isready" -h 127.0.0.1 -p "$port" || { cat "$folder/postgres.log" >&2; fail 'PostgreSQL does not answer'; }
  export POLYWIRE_TEST_POSTGRES="postgres://polywire@127.0.0.1:$port/postgres"
}

start_redis() {
  local port
  port=$(free_port)
  mkdir "$folder/redis"
  redis-server --port "$port" --bind 127.0.0.1 --save '' --appendonly no --dir "$folder/redis" \
    >"$folder/redis.log" 2>&1 </dev/null &
  redis_pid=$!
  wait_for 20 redis-cli -h 127.0.0.1 -p "$port" ping || { cat "$folder/redis.log" >&2; fail 'Redis does not answer'; }
  export POLYWIRE_TEST_REDIS="redis://127.0.0.1:$port"
}

folder=$(mktemp -d) || exit 1
chmod 755 "$folder"
install_missing
[ -n "${POLYWIRE_TEST_POSTGRES:-}" ] || start_postgres
[ -n "${POLYWIRE_TEST_REDIS:-}" ] || start_redis
echo "databases: $POLYWIRE_TEST_POSTGRES $POLYWIRE_TEST_REDIS" >&2
"$@"
