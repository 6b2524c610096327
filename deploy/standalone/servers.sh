# Sourced by the scripts of this folder: where things are, and how a server process is started, found and stopped.
set -euo pipefail

root=$(cd -P "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
jobs=$root/spark-jobs/target
if [ -d "$root/lib" ]; then
  # A release, which may be read-only.
  stackel=$root/bin/stackel lib=$root/lib
  servers=${STACKEL_SERVERS:-${XDG_STATE_HOME:-$HOME/.local/state}/stackel}
else
  stackel=$root/deploy/bin/stackel lib=$jobs/lib
  servers=${STACKEL_SERVERS:-$jobs/servers}
fi
# servers: what they keep, a folder each with data, logs and process numbers.
java=${JAVA_HOME:+$JAVA_HOME/bin/}java
patience_seconds=170

fail() {
  printf '%s: %s\n' "$(basename "$0")" "$1" >&2
  exit 1
}

# Builds what is missing or old, as the launcher does.
require_build() {
  "$stackel" --version >/dev/null
}

# What only a checkout has: servers of HDFS and S3 are for tests and trials.
require_checkout() {
  [ -d "$jobs" ] || fail "$(basename "$0") comes with a checkout of Stackel, not with a release"
  local file
  for file in classpath-hadoop.txt s3proxy-classpath.txt; do
    [ -s "$jobs/$file" ] || fail "$jobs/$file must be there; remove $jobs/stackel.jar and start again to build it"
  done
}

# require_free VARIABLE PORT: refuses a port at which something listens; Spark would take the next one without a word, and
# workers and clients would reach the other program.
require_free() {
  if (exec 3<>"/dev/tcp/127.0.0.1/$2") 2>/dev/null; then
    fail "port $2 is taken already; stop what listens there, or choose another port: $1=PORT $0 start"
  fi
}

# What Hadoop's servers need of Java 17 (Guice, Hadoop's own reflection), and their log.
hadoop_options=(-XX:+UseSerialGC -XX:TieredStopAtLevel=1 "-Dlog4j2.configurationFile=$root/conf/log4j2.properties")
for package in java.lang java.util java.io sun.net.dns; do
  hadoop_options+=("--add-opens=java.base/$package=ALL-UNNAMED")
done

# hadoop_classpath FOLDER: settings of FOLDER/conf, and the jars of Hadoop's servers.
hadoop_classpath() {
  printf '%s' "$1/conf:$(cat "$jobs/classpath-hadoop.txt"):$lib/jars/*"
}

# property NAME VALUE: a setting in one of Hadoop's files.
property() {
  printf '  <property><name>%s</name><value>%s</value></property>\n' "$1" "$2"
}

# Whether the process of a file FOLDER/NAME.pid still is the one that was started.
alive() {
  local pid words
  [ -s "$1" ] || return 1
  read -r pid words <"$1"
  ps -p "$pid" -o args= 2>/dev/null | grep -qF -- "$words"
}

# launch FOLDER NAME WORD COMMAND...: starts a process that outlives this script; WORD tells it from others.
launch() {
  local folder=$1 name=$2 word=$3
  shift 3
  ! alive "$folder/$name.pid" || fail "$name is running already; stop it first"
  nohup "$@" </dev/null >"$folder/$name.log" 2>&1 &
  printf '%s %s\n' "$!" "$word" >"$folder/$name.pid"
}

# The answer of http://127.0.0.1:PORT/PATH; empty if there is none.
page() {
  (
    exec 3<>"/dev/tcp/127.0.0.1/$1"
    printf 'GET %s HTTP/1.0\r\nHost: localhost\r\n\r\n' "$2" >&3
    cat <&3
  ) 2>/dev/null || true
}

# await FOLDER CONDITION...: until the condition holds; fails if a process ends first or it takes too long.
await() {
  local folder=$1 end=$((SECONDS + patience_seconds)) file
  shift
  until "$@"; do
    for file in "$folder"/*.pid; do
      alive "$file" || { tail -n 5 "${file%.pid}.log" >&2; fail "$(basename "${file%.pid}") ended; see ${file%.pid}.log"; }
    done
    [ "$SECONDS" -lt "$end" ] || fail "not up after $patience_seconds s; see $folder/*.log"
    sleep 0.2
  done
}

# stop FOLDER: ends its processes, the youngest first, with SIGKILL those that take longer than ten seconds.
stop() {
  local file pid end
  [ -d "$1" ] || return 0
  while IFS= read -r file; do
    if alive "$file"; then
      read -r pid _ <"$file"
      kill "$pid" 2>/dev/null || true
      end=$((SECONDS + 10))
      while alive "$file"; do
        [ "$SECONDS" -lt "$end" ] || kill -KILL "$pid" 2>/dev/null || true
        sleep 0.1
      done
    fi
    rm -f "$file"
  done < <(ls -t "$1"/*.pid 2>/dev/null)
}

# status FOLDER: a line for each process; fails if none runs.
status() {
  local file found=1 pid
  for file in "$1"/*.pid; do
    [ -e "$file" ] || break
    read -r pid _ <"$file"
    if alive "$file"; then
      printf '%s\tprocess %s\n' "$(basename "${file%.pid}")" "$pid"
      found=0
    else
      printf '%s\tended, see %s\n' "$(basename "${file%.pid}")" "${file%.pid}.log"
    fi
  done
  return "$found"
}
