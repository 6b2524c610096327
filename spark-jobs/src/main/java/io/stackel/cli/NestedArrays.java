package io.stackel.cli;

import io.stackel.math.Tensor;
import java.util.ArrayList;
import java.util.List;

/** Tensors as the nested lists that JSON is written from. */
final class NestedArrays {

    private NestedArrays() {}

    /** A number for a tensor without axes, else lists within lists, row-major. */
    static Object of(Tensor tensor) {
        return nested(tensor, 0, 0, tensor.size());
    }

    private static Object nested(Tensor tensor, int axis, int from, int size) {
        int[] shape = tensor.shape();
        if (axis == shape.length) {
            return element(tensor, from);
        }
        List<Object> list = new ArrayList<>();
        int step = shape[axis] == 0 ? 0 : size / shape[axis];
        for (int i = 0; i < shape[axis]; i++) {
            list.add(nested(tensor, axis + 1, from + i * step, step));
        }
        return list;
    }

    private static Object element(Tensor tensor, int index) {
        if (tensor instanceof Tensor.Whole whole) {
            return whole.values()[index];
        }
        return ((Tensor.Real) tensor).values()[index];
    }
}
