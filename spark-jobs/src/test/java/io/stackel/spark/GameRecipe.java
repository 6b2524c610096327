package io.stackel.spark;

import static org.assertj.core.api.Assertions.assertThat;

import io.stackel.algorithm.LocalOracle;
import io.stackel.estimate.BatchRequest;
import io.stackel.estimate.BatchResult;
import io.stackel.estimate.BellmanPenalty;
import io.stackel.estimate.ChunkEvaluator;
import io.stackel.estimate.Combination;
import io.stackel.estimate.CountedTransitions;
import io.stackel.estimate.Coupling;
import io.stackel.estimate.Estimand;
import io.stackel.estimate.Follower;
import io.stackel.estimate.FollowerPair;
import io.stackel.estimate.Returns;
import io.stackel.estimate.StateDistribution;
import io.stackel.estimate.Units;
import io.stackel.estimate.ValueGradient;
import io.stackel.estimate.Wanted;
import io.stackel.families.Families;
import io.stackel.policy.TabularSoftmax;
import io.stackel.problem.FiniteProblem;
import io.stackel.problem.Settings;
import io.stackel.random.Purpose;
import io.stackel.random.RandomStream;
import io.stackel.store.StoredDataSets;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.SparkEnv;

/** A small Stackelberg game with a fault, built from the name of the fault and a directory that remembers builds. */
enum GameRecipe implements ProblemRecipe {
    /** Fails with an exception that cannot be serialised. */
    THROW {
        @Override
        void strike(Path directory) {
            throw new UnshippableException("the table of state 3 is torn");
        }
    },
    /** Opens a data set in the directory. */
    OPEN {
        @Override
        void strike(Path directory) {
            new StoredDataSets(Configuration::new).open(directory.toString());
        }
    },
    /** Never ends, whatever interrupts it. */
    WAIT {
        @Override
        void strike(Path directory) {
            while (Files.exists(directory) || Thread.interrupted()) {
                LockSupport.parkNanos(1_000_000);
            }
        }
    },
    /** Ends the first executor that gets here with SIGKILL. */
    KILL {
        @Override
        void strike(Path directory) {
            SparkEnv environment = SparkEnv.get();
            if (environment == null || environment.executorId().equals("driver")) {
                return;
            }
            try {
                Files.createFile(directory.resolve("killed"));
                String self = Long.toString(ProcessHandle.current().pid());
                new ProcessBuilder("kill", "-KILL", self).start().waitFor();
            } catch (FileAlreadyExistsException second) {
                return;
            } catch (IOException failure) {
                throw new UncheckedIOException(failure);
            } catch (InterruptedException interrupted) {
                throw new IllegalStateException(interrupted);
            }
        }
    };

    private static final int STATES = 12;
    private static final int LEADER_ACTIONS = 3;
    private static final int FOLLOWER_ACTIONS = 2;

    abstract void strike(Path directory);

    @Override
    public ChunkEvaluator.Source build(byte[] bytes, ClassLoader loader) {
        Path directory = Path.of(new String(bytes, StandardCharsets.UTF_8));
        try {
            Files.createTempFile(directory, ProcessHandle.current().pid() + "-", ".built");
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        FiniteProblem problem = new FaultyGame(game(), () -> strike(directory));
        return new ChunkEvaluator.Source(problem, new TabularSoftmax(STATES, FOLLOWER_ACTIONS));
    }

    private static FiniteProblem game() {
        return (FiniteProblem) Families.all().stream()
                .filter(each -> each.name().equals("stackelberg"))
                .findFirst()
                .orElseThrow()
                .create(Settings.of(Map.of(
                        "states",
                        (long) STATES,
                        "leaderActions",
                        (long) LEADER_ACTIONS,
                        "followerActions",
                        (long) FOLLOWER_ACTIONS,
                        "discount",
                        0.9,
                        "entropyWeight",
                        0.1,
                        "problemSeed",
                        5L)));
    }

    /** The result of the local engine on one thread. */
    static BatchResult reference(BatchRequest request) {
        ChunkEvaluator.Source source = new ChunkEvaluator.Source(game(), new TabularSoftmax(STATES, FOLLOWER_ACTIONS));
        return LocalOracle.single(source).evaluate(request, "reference");
    }

    /** Compares totals; numbers by their bits, as {@code Double.equals} does. */
    static void assertSameBits(BatchResult actual, BatchResult expected) {
        assertThat(actual).usingRecursiveComparison().isEqualTo(expected);
    }

    static byte[] bytes(Path directory) {
        return directory.toString().getBytes(StandardCharsets.UTF_8);
    }

    /** How often each process built the problem. */
    static SortedMap<Long, Integer> builds(Path directory) throws IOException {
        SortedMap<Long, Integer> builds = new TreeMap<>();
        try (Stream<Path> files = Files.list(directory)) {
            files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".built"))
                    .forEach(name ->
                            builds.merge(Long.parseLong(name.substring(0, name.indexOf('-'))), 1, Integer::sum));
        }
        return builds;
    }

    /** A batch of four estimands; the number of units is that of the largest. */
    static BatchRequest request(long units, boolean strike) {
        RandomStream random = RandomStream.at(1, Purpose.START, 0, 0, 0, 0);
        double[] upper = gaussian(random, STATES * LEADER_ACTIONS);
        upper[0] = strike ? FaultyGame.STRIKE : upper[0];
        Follower first = Follower.withBaselines(
                gaussian(random, STATES * FOLLOWER_ACTIONS), gaussian(random, STATES), new double[0]);
        Follower second = Follower.plain(gaussian(random, STATES * FOLLOWER_ACTIONS));
        List<Estimand> estimands = List.of(
                new ValueGradient(
                        new Units(Purpose.TRAINING, 0, units),
                        0,
                        new FollowerPair(0, 1, Coupling.SHARED),
                        new Combination(5, 0.5, 0.5),
                        Wanted.BOTH,
                        true),
                new BellmanPenalty(Purpose.TRAINING, 1, units / 2 + 1, 0, 0, 1, StateDistribution.UNIFORM),
                new Returns(Purpose.EVALUATION, 2, units / 3 + 1, 0, 1),
                new CountedTransitions(Purpose.TRAINING, 3, units / 4 + 1, 0, 0, 1, 0.25));
        return new BatchRequest(
                9, 3, 1, 0, 20, 2, BatchRequest.ALL_RESIDUALS, true, List.of(upper), List.of(first, second), estimands);
    }

    private static double[] gaussian(RandomStream random, int length) {
        double[] values = new double[length];
        for (int i = 0; i < length; i++) {
            values[i] = random.nextGaussian();
        }
        return values;
    }

    /** Holds what Java serialisation refuses. */
    static final class UnshippableException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        @SuppressWarnings("serial")
        private final Thread witness = Thread.currentThread();

        UnshippableException(String message) {
            super(message);
        }

        @Override
        public String getMessage() {
            return super.getMessage() + ", seen by " + witness.getName();
        }
    }
}
