package io.stackel.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.stackel.algorithm.AlgorithmFactory;
import io.stackel.problem.PolicyFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.tools.ToolProvider;

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
        try {
            Path source = Files.createDirectories(folder.resolveSibling("source-of-" + folder.getFileName()))
                    .resolve("Renamed.java");
            Files.writeString(source, SOURCE.replace("VERSION", Integer.toString(version)));
            Path services = Files.createDirectories(folder.resolve("META-INF/services"));
            Files.writeString(services.resolve(AlgorithmFactory.class.getName()), "org.example.Renamed\n");
            Files.writeString(services.resolve(PolicyFactory.class.getName()), "org.example.Renamed$Stretched\n");
            Path common = Path.of(AlgorithmFactory.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
            int code = ToolProvider.getSystemJavaCompiler()
                    .run(
                            null,
                            null,
                            null,
                            "-proc:none",
                            "-cp",
                            common.toString(),
                            "-d",
                            folder.toString(),
                            source.toString());
            assertThat(code).as("the compiler's exit code").isZero();
            return folder;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (URISyntaxException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
