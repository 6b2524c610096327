package io.stackel.cli;

import io.stackel.run.EditedProblem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
import org.example.FaultyWalk;
import org.example.UnrulyWalk;

/** Problems of a user's own, which only a class loader of its own knows as such. */
final class UserProblem {

    static final String CONFIGURATION = """
            format: 1
            name: walk
            problem: {name: faulty-walk}
            policy: {name: tabular-softmax}
            algorithm: {name: first-order, sigma: 0.1}
            upper: {units: 8, stepSize: 0.01}
            lower: {solver: sampled, innerSteps: 1, optimizer: adam, stepSize: 0.05, units: 8}
            sampling: {horizon: 20, unitsPerChunk: 4, baseline: none}
            stop: {iterations: 4}
            evaluation: {every: 2, units: 8, statusQuo: 2}
            """;

    private UserProblem() {}

    /** Does something while this thread's class loader finds the problem by its service entry. */
    static <T> T found(Path folder, Supplier<T> work) {
        try {
            return EditedProblem.with(jar(folder), work);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** Writes the configuration of the walk that is unruly. */
    static Path unruly(Path folder) {
        return Invocation.write(folder.resolve("walk.yaml"), CONFIGURATION.replace("faulty-walk", "unruly-walk"));
    }

    /** A place of the class path at which the problems have their service entry. */
    static Path jar(Path folder) throws IOException {
        Path jar = folder.resolve("jar");
        Path services = Files.createDirectories(jar.resolve("META-INF/services"));
        Files.write(
                services.resolve("io.stackel.problem.ProblemFactory"),
                List.of(FaultyWalk.Factory.class.getName(), UnrulyWalk.Factory.class.getName()));
        return jar;
    }
}
