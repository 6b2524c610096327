#!/usr/bin/env bash
# A container without a container engine: in a mount namespace of its own, a root with the image's /opt, the programs of this
# machine, the pod's volumes and the cluster's names. Nothing else of this machine is there.
#   unshare --mount pod.sh FOLDER IMAGE HOSTS ARGUMENT...
# FOLDER/mounts has a line "VOLUME PATH" for each mount; what a volume holds is in FOLDER/volumes/VOLUME.
set -euo pipefail
folder=$1 image=$2 hosts=$3
shift 3

root=$folder/root
mkdir -p "$root"
mount --make-rprivate /
mount -t tmpfs none "$root"
for each in bin sbin lib lib32 lib64 libx32 usr etc dev proc sys; do
  if [ -L "/$each" ]; then
    cp -P "/$each" "$root/$each"
  elif [ -d "/$each" ]; then
    mkdir "$root/$each"
    mount --rbind "/$each" "$root/$each"
  fi
done
mkdir "$root/opt" "$root/root" "$root/tmp"
mount --bind "$image/opt" "$root/opt"
mount --bind "$hosts" "$root/etc/hosts"
if [ ! -x "$root$JAVA_HOME/bin/java" ]; then
  mkdir -p "$root$JAVA_HOME"
  mount --bind "$JAVA_HOME" "$root$JAVA_HOME"
fi
while read -r volume path; do
  mkdir -p "$root$path"
  mount --bind "$folder/volumes/$volume" "$root$path"
done <"$folder/mounts"
exec chroot "$root" /bin/bash /opt/entrypoint.sh "$@"
