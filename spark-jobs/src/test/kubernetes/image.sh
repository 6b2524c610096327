#!/usr/bin/env bash
# Builds what deploy/kubernetes/Dockerfile says without a container engine: the root of its image, as a folder with /opt alone.
# Spark's image, on which it stands, is replaced by a Spark of Maven's jars.
#   image.sh DOCKERFILE CONTEXT SPARK ROOT
set -euo pipefail
dockerfile=$1 context=$2 spark=$3 root=$4

mkdir -p "$root/opt/spark/jars" "$root/opt/spark/conf"
cp -l "$spark"/jars/*.jar "$root/opt/spark/jars/" 2>/dev/null || cp "$spark"/jars/*.jar "$root/opt/spark/jars/"
cp "$(dirname "${BASH_SOURCE[0]}")/entrypoint.sh" "$root/opt/"

# The release has the S3A of its own Spark's Hadoop, and Spark's image has none: the S3A of this Spark goes into the release.
exchange_s3a() {
  local jar name
  for jar in "$root"/opt/stackel-*/lib/s3a/*.jar; do
    name=${jar##*/}
    rm "$jar"
    mv "$root/opt/spark/jars/${name%%-[0-9]*}"-[0-9]*.jar "${jar%/*}"
  done
}

# read joins lines at a backslash, as docker does.
while read instruction words; do
  case $instruction in
    '' | '#'* | FROM | USER) ;;
    ADD)
      tar -xf "$context/${words% *}" -C "$root${words##* }"
      exchange_s3a
      ;;
    RUN) unshare --mount bash -euc 'mount --make-rprivate / && mount --bind "$0" /opt && cd / && eval "$1"' "$root/opt" "$words" ;;
    *) printf 'image.sh: %s is not known here\n' "$instruction" >&2 && exit 1 ;;
  esac
done <"$dockerfile"
