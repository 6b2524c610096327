"""Finds wrong labels with stackel_ml, and tries what else it has: clean_rows.py STACKEL_JAR FOLDER (README.md)."""
import sys

from pyspark.ml import Pipeline
from pyspark.ml.linalg import Vectors
from pyspark.sql import SparkSession
from stackel_ml import HyperCleaner, HyperCleanerModel

jar, folder = sys.argv[1:]
spark = SparkSession.builder.master("local[2]").config("spark.jars", jar).config("spark.ui.enabled", "false").getOrCreate()
spark.sparkContext.setLogLevel("ERROR")


def row(number):
    """One of three classes; the first 60 rows are checked, of the others every fourth label is wrong."""
    label = number % 3
    features = [(number * (k + 7) % 11) / 5.5 - 1 + (2 if k == label else 0) for k in range(3)]
    return number, Vectors.dense(features), float((label + is_wrong(number)) % 3), number < 60


def is_wrong(number):
    return number >= 60 and number % 4 == 1


table = spark.createDataFrame([row(i) for i in range(300)], ["id", "features", "label", "checked"])
cleaner = HyperCleaner(validationIndicatorCol="checked", blockSize=20, maxIter=120, checkpointDir=folder + "/cleaning")
model = Pipeline(stages=[cleaner]).fit(table).stages[0]
weighed = model.transform(table)
assert weighed.columns == ["id", "features", "label", "checked", "weight"], weighed.columns
weights = {r.id: r.weight for r in weighed.collect()}
found = {i for i, weight in weights.items() if weight < 0.5}
wrong = {i for i in weights if is_wrong(i)}
print(len(found), "found,", len(wrong), "wrong,", len(found & wrong), "of them found; the run is", model.getRunDir())
assert len(found & wrong) >= 0.9 * max(len(found), len(wrong))

model.write().overwrite().save(folder + "/model")
loaded = HyperCleanerModel.load(folder + "/model")
assert loaded.uid == model.uid and loaded.getRunDir() == model.getRunDir()
assert {r.id: r.weight for r in loaded.weights.collect()} == weights
cleaner.write().overwrite().save(folder + "/cleaner")
same = HyperCleaner.load(folder + "/cleaner")
assert same.uid == cleaner.uid and same.getMaxIter() == 120 and same.getOrDefault("checkpointDir") == folder + "/cleaning"
assert "seed: random seed" in same.explainParams()
copy = cleaner.copy({cleaner.maxIter: 5})
assert copy.getMaxIter() == 5 and copy.fit(table).weights.count() == 300
try:
    HyperCleaner(validationIndicatorCol="checked", labelCol="y").fit(table)
    raise AssertionError("a mistake went through")
except Exception as failure:
    assert "labelCol: there is no column 'y'" in str(failure), failure
spark.stop()
print("ALL HOLDS")
