"""Solves a problem of reward design on the session of a notebook: reward_design.py STACKEL_JAR CONFIGURATION OUT (README.md)."""
import sys

from pyspark.sql import DataFrame, SparkSession

jar, configuration, out = sys.argv[1:]
spark = SparkSession.builder.master("local[2]").appName("notebook").config("spark.jars", jar).getOrCreate()

stackel = spark._jvm.io.stackel.api.Stackel
run = stackel.file(configuration).set("stop.iterations", 60).on(spark._jsparkSession).out(out).run()
x = list(run.x())
policy = [list(row) for row in run.policy()]
metrics = DataFrame(run.metrics(spark._jsparkSession), spark)

print(run)
print(len(x), "numbers of x; the policy is a table of", len(policy), "states and", len(policy[0]), "actions")
metrics.select("iteration", "samples", "upperObjectiveAtBestResponse").orderBy("iteration").show()
spark.stop()
