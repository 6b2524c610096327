"""Stackel's estimators for PySpark: thin wrappers of io.stackel.ml, whose Javadoc says what they do (README.md)."""
from pyspark import keyword_only
from pyspark.ml.param import Param, Params, TypeConverters
from pyspark.ml.param.shared import (HasBlockSize, HasFeaturesCol, HasLabelCol, HasMaxIter, HasRegParam, HasSeed, HasStepSize,
                                     HasValidationIndicatorCol, HasWeightCol)
from pyspark.ml.util import JavaMLReader, JavaMLWritable, MLReadable
from pyspark.ml.wrapper import JavaEstimator, JavaModel

__all__ = ["HyperCleaner", "HyperCleanerModel"]


def _param(name, doc, converter=TypeConverters.toString):
    return Param(Params._dummy(), name, doc, typeConverter=converter)


class _Reader(JavaMLReader):
    """Reads a class of io.stackel.ml; PySpark's own looks below org.apache.spark."""

    @classmethod
    def _java_loader_class(cls, clazz):
        return clazz._JAVA

    def load(self, path):
        return self._clazz._of(self._jread.load(path))


class _Readable(MLReadable):
    @classmethod
    def read(cls):
        return _Reader(cls)


class _Columns(HasWeightCol):
    idCol = _param("idCol", "column that tells rows apart: whole numbers or text, no value twice")

    def getIdCol(self):
        return self.getOrDefault(self.idCol)

    def setIdCol(self, value):
        return self._set(idCol=value)

    def setWeightCol(self, value):
        return self._set(weightCol=value)


class HyperCleaner(JavaEstimator, _Columns, HasFeaturesCol, HasLabelCol, HasValidationIndicatorCol, HasMaxIter, HasStepSize,
                   HasRegParam, HasBlockSize, HasSeed, _Readable, JavaMLWritable):
    """Weighs the rows of a table some of whose labels are wrong, by how much each helps on rows that are trusted."""

    _JAVA = "io.stackel.ml.HyperCleaner"

    innerSteps = _param("innerSteps", "steps of the classifier for each step of the weights (>= 1)", TypeConverters.toInt)
    innerStepSize = _param("innerStepSize", "step size of the classifier, by gradient descent (> 0)", TypeConverters.toFloat)
    checkpointDir = _param("checkpointDir", "directory on a file system that driver and executors share")

    @keyword_only
    def __init__(self, *, featuresCol="features", labelCol="label", idCol="id", validationIndicatorCol=None, weightCol="weight",
                 maxIter=300, stepSize=0.05, innerSteps=10, innerStepSize=0.5, regParam=0.001, blockSize=50, seed=0,
                 checkpointDir=None):
        super().__init__()
        self._java_obj = self._new_java_obj(self._JAVA, self.uid)
        self._setDefault(featuresCol="features", labelCol="label", idCol="id", weightCol="weight", maxIter=300, stepSize=0.05,
                         innerSteps=10, innerStepSize=0.5, regParam=0.001, blockSize=50, seed=0)
        self._set(**self._input_kwargs)

    @keyword_only
    def setParams(self, *, featuresCol="features", labelCol="label", idCol="id", validationIndicatorCol=None, weightCol="weight",
                  maxIter=300, stepSize=0.05, innerSteps=10, innerStepSize=0.5, regParam=0.001, blockSize=50, seed=0,
                  checkpointDir=None):
        return self._set(**self._input_kwargs)

    @classmethod
    def _of(cls, java):
        python = cls()
        python._java_obj = java
        python._resetUid(java.uid())
        python._transfer_params_from_java()
        return python

    def _create_model(self, java_model):
        return HyperCleanerModel._of(java_model)


class HyperCleanerModel(JavaModel, _Columns, _Readable, JavaMLWritable):
    """The weights of the rows of a fit."""

    _JAVA = "io.stackel.ml.HyperCleanerModel"

    runDir = _param("runDir", "directory of the run, for stackel report")

    @classmethod
    def _of(cls, java):
        python = cls(java)
        python._transfer_params_from_java()
        return python

    def getRunDir(self):
        return self.getOrDefault(self.runDir)

    @property
    def weights(self):
        """A table of id and weight."""
        return self._call_java("weights")
