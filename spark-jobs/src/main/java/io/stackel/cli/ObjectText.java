package io.stackel.cli;

import io.stackel.experiment.JsonText;
import io.stackel.math.Tensor;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** One JSON object with a line for each key, however deep its arrays are. */
final class ObjectText {

    private ObjectText() {}

    /** The text, with a line feed at its end. */
    static String of(Map<String, Object> entries) {
        return entries.entrySet().stream()
                .map(entry -> "  " + JsonText.quoted(entry.getKey()) + ": " + JsonText.compact(entry.getValue()))
                .collect(Collectors.joining(",\n", "{\n", "\n}\n"));
    }

    /** A tensor as a number, if it has no axes, else as lists within lists, row-major. */
    static Object nested(Tensor tensor) {
        return nested(tensor, 0, 0, tensor.size());
    }

    private static Object nested(Tensor tensor, int axis, int from, int size) {
        if (axis == tensor.shape().length) {
            return tensor instanceof Tensor.Whole whole
                    ? (Object) whole.values()[from]
                    : ((Tensor.Real) tensor).values()[from];
        }
        int length = tensor.shape()[axis];
        return IntStream.range(0, length)
                .mapToObj(i -> nested(tensor, axis + 1, from + i * (size / length), size / length))
                .toList();
    }
}
