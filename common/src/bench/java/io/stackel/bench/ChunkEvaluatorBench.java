package io.stackel.bench;

import io.stackel.estimate.BatchRequest;
import io.stackel.estimate.ChunkEvaluator;
import io.stackel.estimate.Combination;
import io.stackel.estimate.CountedTransitions;
import io.stackel.estimate.Coupling;
import io.stackel.estimate.Estimand;
import io.stackel.estimate.Follower;
import io.stackel.estimate.FollowerPair;
import io.stackel.estimate.TransitionCounts;
import io.stackel.estimate.Units;
import io.stackel.estimate.ValueGradient;
import io.stackel.estimate.Wanted;
import io.stackel.families.Families;
import io.stackel.policy.TabularSoftmax;
import io.stackel.problem.FiniteProblem;
import io.stackel.problem.ProblemFactory;
import io.stackel.problem.Settings;
import io.stackel.random.Purpose;
import io.stackel.random.RandomStream;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Environment steps a second of the engine's own chunk evaluator on one thread: a random Stackelberg game of 100 states
 * and 5 x 5 actions, horizon 50, trajectories of uniform-ish policies; sampling, gradients and sums together.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class ChunkEvaluatorBench {

    private static final int UNITS = 64;
    private static final int HORIZON = 50;

    /** What is estimated: the policy gradient of one follower, or the upper gradient of a coupled pair. */
    @Param({"policy", "upper", "shared", "counts"})
    public String estimand;

    private ChunkEvaluator evaluator;
    private double[] sums;
    private long[] counters;
    private long chunk;
    private TransitionCounts counts;

    /** Builds the game, two policies and the request. */
    @Setup
    public void setUp() {
        ProblemFactory factory = Families.all().stream()
                .filter(family -> family.name().equals("stackelberg"))
                .findFirst()
                .orElseThrow();
        FiniteProblem problem = (FiniteProblem) factory.create(Settings.of(Map.of(
                "states", 100L,
                "leaderActions", 5L,
                "followerActions", 5L,
                "discount", 0.95,
                "entropyWeight", 0.1,
                "problemSeed", 0L)));
        RandomStream random = RandomStream.at(1, Purpose.CHECK, 0, 0, 0, 0);
        double[] first = new double[500];
        double[] second = new double[500];
        double[] value = new double[100];
        for (int i = 0; i < 500; i++) {
            first[i] = random.nextGaussian();
            second[i] = first[i] + 0.1 * random.nextGaussian();
        }
        Arrays.fill(value, 10);
        BatchRequest request = new BatchRequest(
                0,
                0,
                0,
                0,
                HORIZON,
                UNITS, BatchRequest.ALL_RESIDUALS,
                false,
                List.of(new double[problem.upperSize()]),
                List.of(Follower.withBaselines(first, value, value), Follower.withBaselines(second, value, value)),
                List.of(estimand()));
        evaluator = new ChunkEvaluator.Source(problem, new TabularSoftmax(100, 5)).open(request);
        sums = new double[evaluator.sumLength()];
        counters = new long[evaluator.counterLength()];
        counts = new TransitionCounts(evaluator.possibleTransitions());
    }

    private Estimand estimand() {
        long units = Long.MAX_VALUE / 4;
        return switch (estimand) {
            case "policy" -> new ValueGradient(new Units(Purpose.TRAINING, 0, units), 0, FollowerPair.alone(0), Combination.ascent(0), Wanted.LOWER, false);
            case "upper" -> new ValueGradient(new Units(Purpose.TRAINING, 0, units), 0, FollowerPair.alone(0), Combination.upperObjective(), Wanted.UPPER, false);
            case "shared" ->
                new ValueGradient(new Units(Purpose.TRAINING, 0, units / 2), 0, new FollowerPair(0, 1, Coupling.SHARED), new Combination(5, 0.5, 0.5), Wanted.UPPER, false);
            default -> new CountedTransitions(Purpose.TRAINING, 0, units, 0, 0, 1, 0.15);
        };
    }

    /** One chunk; an operation is one environment step (two trajectories a unit with {@code shared}: double it). */
    @Benchmark
    @OperationsPerInvocation(UNITS * HORIZON)
    public double chunk() {
        evaluator.evaluate(chunk++, sums, counters, counts);
        return sums[0];
    }
}
