package io.stackel.run;

import io.stackel.algorithm.AlgorithmFactory;
import io.stackel.problem.PolicyFactory;
import java.nio.file.Path;
import java.util.Map;

/**
 * An algorithm and a policy of a user's own that are compiled here: {@code renamed}, which is {@code independent} with a key
 * of its own, and {@code stretched}, tabular softmax of stretched logits.
 */
public final class UserAlgorithm {

    private static final String SOURCE = """
            package org.example;

            import io.stackel.algorithm.*;
            import io.stackel.policy.*;
            import io.stackel.problem.*;
            import java.util.*;

            public class Renamed implements AlgorithmFactory {
                public String name() { return "renamed"; }
                public String summary() { return "an algorithm that is edited, version VERSION"; }
                public List<Parameter> parameters() {
                    return List.of(Parameter.real("patience", 1, Range.POSITIVE, "How long it waits."));
                }
                public Algorithm create(ProblemSetup setup, Settings settings) {
                    return Algorithms.all().stream()
                            .filter(one -> one.name().equals("independent")).findFirst().orElseThrow()
                            .create(setup, Settings.of(Map.of()));
                }

                public static final class Again extends Renamed {}

                public static final class Broken extends Renamed {
                    public Broken() { throw new IllegalStateException("no"); }
                }

                public static final class Stretched implements PolicyFactory {
                    public String name() { return "stretched"; }
                    public String summary() { return "stretched logits"; }
                    public List<Parameter> parameters() {
                        return List.of(Parameter.real("factor", 2, Range.POSITIVE, "By how much."));
                    }
                    public boolean vectors() { return false; }
                    public Policy create(TrajectoryProblem problem, Settings settings) {
                        return new Wide(problem.states(), problem.actions(), settings.real("factor"));
                    }
                }

                record Wide(int states, int actions, double factor) implements DiscretePolicy {
                    public int parameters() { return states * actions; }
                    public int observationSize() { return 1; }
                    public boolean tabular() { return true; }
                    public void logProbabilities(double[] theta, double[] observation, double[] into) {
                        double[] logits = theta.clone();
                        for (int i = 0; i < logits.length; i++) { logits[i] *= factor; }
                        new TabularSoftmax(states, actions).logProbabilities(logits, observation, into);
                    }
                    public void addScores(double[] theta, double[] observation, double[] probabilities,
                            double[] weights, int offset, double[] into) {
                        double[] wide = weights.clone();
                        for (int i = 0; i < wide.length; i++) { wide[i] *= factor; }
                        new TabularSoftmax(states, actions)
                                .addScores(theta, observation, probabilities, wide, offset, into);
                    }
                }
            }
            """;

    private UserAlgorithm() {}

    /** Compiles both, in some version, into a folder of classes, beside what is there. */
    public static Path classes(Path folder, int version) {
        return UserSource.compile(
                folder,
                "Renamed.java",
                SOURCE.replace("VERSION", Integer.toString(version)),
                Map.of(
                        AlgorithmFactory.class,
                        "org.example.Renamed",
                        PolicyFactory.class,
                        "org.example.Renamed$Stretched"));
    }
}
