package io.stackel.experiment;

import io.stackel.problem.Parameter;
import io.stackel.problem.Range;
import java.util.List;
import java.util.Optional;

/** Turns a scalar or a list of them into the value of a declared key, or says in words what the key accepts. */
final class ParameterValue {

    private ParameterValue() {}

    /** The value if {@code tree} has the kind and lies in the bounds that {@code parameter} declares. */
    static Optional<Object> decode(Parameter parameter, Tree tree) {
        Range range = parameter.range();
        return switch (parameter.type()) {
            case REAL ->
                tree.real().stream()
                        .filter(value -> Double.isFinite(value) && range.contains(value))
                        .<Object>mapToObj(value -> value)
                        .findFirst();
            case WHOLE -> whole(tree, range);
            case WHOLES -> tree instanceof Tree.Sequence list ? wholes(list, range) : Optional.empty();
            case FLAG -> tree.scalar().flatMap(CoreScalar::flag);
            case TEXT -> text(tree);
            case CHOICE -> text(tree).filter(parameter.choices()::contains);
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

    private static Optional<Object> whole(Tree tree, Range range) {
        return tree.whole().stream()
                .filter(range::contains)
                .<Object>mapToObj(value -> value)
                .findFirst();
    }

    private static Optional<Object> wholes(Tree.Sequence list, Range range) {
        List<Object> values = list.items().stream()
                .flatMap(item -> whole(item, range).stream())
                .toList();
        return values.size() == list.items().size() ? Optional.of(values) : Optional.empty();
    }

    private static Optional<Object> text(Tree tree) {
        return tree.scalar()
                .filter(scalar -> scalar.kind() == CoreScalar.Kind.TEXT)
                .map(CoreScalar::text);
    }
}
