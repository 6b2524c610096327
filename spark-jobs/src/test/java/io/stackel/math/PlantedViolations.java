package io.stackel.math;

import dev.ludovic.netlib.blas.JavaBLAS;
import java.io.PrintStream;
import java.time.Clock;
import java.util.Arrays;
import java.util.Formatter;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import org.apache.spark.ml.linalg.Matrices;
import org.apache.spark.ml.linalg.Vectors;

/** Breaks every rule on bits once; compiled with the tests, never run. */
@SuppressWarnings({"unused", "StringCaseLocaleUsage", "AnnotateFormatMethod"})
public final class PlantedViolations {
    private PlantedViolations() {}

    static double transcendental() {
        DoubleUnaryOperator reference = Math::tanh;
        return reference.applyAsDouble(1);
    }

    static double sums(List<Double> values) {
        return DoubleStream.of(1, 2).sum()
                + values.parallelStream().collect(Collectors.summingDouble(value -> value))
                + values.stream().parallel().count();
    }

    static void libraries(double[] values) {
        Arrays.parallelSort(values);
        Matrices.zeros(1, 1).multiply(Vectors.dense(values));
        JavaBLAS.getInstance().dscal(1, 2, values, 1);
    }

    static double tails() {
        return Normal.cdf(1) + ChiSquare.upperTail(1, 1);
    }

    static void order() {
        new HashMap<String, String>().clear();
        new HashSet<String>().clear();
    }

    static String ambient() {
        return "" + Math.random() + System.nanoTime() + Clock.systemUTC().instant() + java.time.Instant.now()
                + UUID.randomUUID() + new Random(1).nextInt();
    }

    static String locale(PrintStream out) {
        out.printf("%d", 1);
        return "I".toLowerCase() + "%d".formatted(1) + String.format("%d", 1) + new Formatter().format("%d", 1);
    }
}
