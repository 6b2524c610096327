"""Makes state.safetensors with the Python package safetensors (0.8.0) and prints its state hash.

    pip install safetensors numpy
    python state.py                       writes state.safetensors beside this file, prints the hash
    python state.py FILE                  reads FILE, made by this project, and compares it with the same arrays
"""

import hashlib
import pathlib
import struct
import sys

import numpy
from safetensors import safe_open
from safetensors.numpy import save_file

arrays = {
    "upper.x": numpy.array([0.1, -0.0, 5e-324, -1.7976931348623157e308]),
    "lower.theta": numpy.array([[1.5, 2.5, 3.5], [-1.0, 1 / 3, 1e300]]),
    "model.counts": numpy.array([[[1], [-2]], [[2**63 - 1], [-(2**63)]]], dtype=numpy.int64),
    "empty": numpy.zeros((0, 3)),
    "scalar": numpy.array(42.0),
}
metadata = {"step": "7", "iteration": "3", "phase": "1", "lowerSamples": "400000000000", "upperSamples": "12"}


def state_hash():
    named = dict(arrays)
    for key, value in metadata.items():
        named["." + key] = numpy.array(int(value), dtype=numpy.int64)
    digest = hashlib.sha256()
    for name in sorted(named):
        array = named[name]
        dtype = {"float64": b"F64", "int64": b"I64"}[array.dtype.name]
        digest.update(name.encode() + b"\0" + dtype + b"\0")
        digest.update(struct.pack("<%dq" % (1 + array.ndim), array.ndim, *array.shape))
        digest.update(array.astype(array.dtype.newbyteorder("<")).tobytes())
    return digest.hexdigest()


if len(sys.argv) > 1:
    with safe_open(sys.argv[1], framework="numpy") as file:
        assert file.metadata() == metadata, file.metadata()
        assert sorted(file.keys()) == sorted(arrays), file.keys()
        for name, array in arrays.items():
            got = file.get_tensor(name)
            assert got.dtype == array.dtype and got.shape == array.shape and got.tobytes() == array.tobytes(), name
    print("same")
else:
    save_file(arrays, pathlib.Path(__file__).with_name("state.safetensors"), metadata=metadata)
    print(state_hash())
