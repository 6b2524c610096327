package io.stackel.experiment;

import io.stackel.problem.Parameter;
import io.stackel.problem.Range;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/** Turns a scalar or a list of them into the value of a declared key, or says in words what the key accepts. */
final class ParameterValue {

    private ParameterValue() {}

    /** The value if {@code tree} has the kind and lies in the bounds that {@code parameter} declares. */
    static Optional<Object> decode(Parameter parameter, Tree tree) {
        if (parameter.type() == Parameter.Type.WHOLES) {
            return tree instanceof Tree.Sequence list ? wholes(list, parameter.range()) : Optional.empty();
        }
        return tree instanceof Tree.Scalar scalar ? decode(parameter, scalar.value()) : Optional.empty();
    }

    private static Optional<Object> decode(Parameter parameter, CoreScalar scalar) {
        return switch (parameter.type()) {
            case REAL -> real(scalar.real(), parameter.range());
            case WHOLE -> whole(scalar.whole(), parameter.range());
            case WHOLES -> Optional.empty();
            case FLAG -> scalar.flag().map(Object.class::cast);
            case TEXT -> text(scalar);
            case CHOICE -> text(scalar).filter(parameter.choices()::contains);
        };
    }

    /** What is accepted, to stand behind "must be". */
    static String accepted(Parameter parameter) {
        Range range = parameter.range();
        return switch (parameter.type()) {
            case REAL -> range.equals(Range.FINITE) ? "a finite number" : "a number in " + range;
            case WHOLE -> whole(range);
            case WHOLES -> "a list, each item " + whole(range);
            case FLAG -> "true or false";
            case TEXT -> "text";
            case CHOICE -> "an allowed word";
        };
    }

    private static String whole(Range range) {
        if (range.low() == range.high()) {
            return Long.toString((long) range.low());
        }
        return range.equals(Range.FINITE) ? "a whole number of 64 bits" : "a whole number in " + range;
    }

    private static Optional<Object> real(OptionalDouble value, Range range) {
        boolean inside =
                value.isPresent() && Double.isFinite(value.getAsDouble()) && range.contains(value.getAsDouble());
        return inside ? Optional.of(value.getAsDouble()) : Optional.empty();
    }

    private static Optional<Object> whole(OptionalLong value, Range range) {
        boolean inside = value.isPresent() && range.contains((double) value.getAsLong());
        return inside ? Optional.of(value.getAsLong()) : Optional.empty();
    }

    private static Optional<Object> wholes(Tree.Sequence list, Range range) {
        List<Long> values = new ArrayList<>();
        for (Tree item : list.items()) {
            OptionalLong value =
                    item instanceof Tree.Scalar scalar ? scalar.value().whole() : OptionalLong.empty();
            if (whole(value, range).isEmpty()) {
                return Optional.empty();
            }
            values.add(value.getAsLong());
        }
        return Optional.of(List.copyOf(values));
    }

    private static Optional<Object> text(CoreScalar scalar) {
        return scalar.kind() == CoreScalar.Kind.TEXT ? Optional.of(scalar.text()) : Optional.empty();
    }
}
