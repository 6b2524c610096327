#!/usr/bin/env bash
# Stands in for the entry point of Spark's image: starts the driver or the executor that Spark's backend asks for by the first
# argument and the environment of a pod.
set -euo pipefail
cd /tmp
java=$JAVA_HOME/bin/java
kind=$1
shift

driver() {
  local command=() word
  while IFS= read -r -d '' word; do command+=("${word#$'\n'}"); done < <(
    "$java" -XX:TieredStopAtLevel=1 -Xmx64m -cp "$SPARK_HOME/jars/*" org.apache.spark.launcher.Main \
      org.apache.spark.deploy.SparkSubmit --conf "spark.driver.bindAddress=$SPARK_DRIVER_BIND_ADDRESS" --deploy-mode client "$@"
  )
  exec "${command[@]:1}"
}

executor() {
  local options=() i option
  for ((i = 0; ; i++)); do
    option=SPARK_JAVA_OPT_$i
    [ -n "${!option:-}" ] || break
    options+=("${!option}")
  done
  exec "$java" "${options[@]}" "-Xmx$SPARK_EXECUTOR_MEMORY" -cp "$SPARK_CONF_DIR:$SPARK_HOME/jars/*" \
    org.apache.spark.scheduler.cluster.k8s.KubernetesExecutorBackend --driver-url "$SPARK_DRIVER_URL" \
    --executor-id "$SPARK_EXECUTOR_ID" --cores "$SPARK_EXECUTOR_CORES" --app-id "$SPARK_APPLICATION_ID" \
    --hostname "$SPARK_EXECUTOR_POD_IP" --resourceProfileId "$SPARK_RESOURCE_PROFILE_ID" --podName "$SPARK_EXECUTOR_POD_NAME"
}

export SPARK_SCALA_VERSION=2.13
"$kind" "$@"
