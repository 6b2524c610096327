package io.stackel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.stackel.exact.ExactModel;
import io.stackel.exact.ExactPoint;
import io.stackel.experiment.Catalogue;
import io.stackel.math.VectorMath;
import io.stackel.problem.FiniteProblem;
import io.stackel.problem.Parameter;
import io.stackel.problem.ProblemFactory;
import io.stackel.problem.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.spark.ml.linalg.DenseVector;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A follower of whom only a log exists, from Parquet to the leader's answer: the log is imported, the follower's entropy weight
 * estimated, x found in the game of the log, and judged in the world that the follower really lives in.
 */
class LoggedCommandIT {

    private static final int STATES = 12;
    private static final int ACTIONS = 3;
    private static final int CELLS = STATES * ACTIONS;
    private static final int OFFERS = 8;
    private static final int TRAJECTORIES = 600;
    private static final int STEPS = 40;
    private static final double TAU = 0.25;
    private static final String FEATURES = "trajectory,step,state,offer,reward,upper_reward";

    @TempDir
    static Path folder;

    private static FiniteProblem world;
    private static ExactModel truth;
    private static Path configuration;
    private static String logHash;

    /** The real world and its follower, whom nobody but this method may ask. */
    @BeforeAll
    static void watchAndImport() throws IOException {
        world = world();
        truth = new ExactModel(world, 0);
        SplittableRandom random = new SplittableRandom(17);
        double[][] offers = new double[OFFERS][CELLS];
        List<Row> steps = new ArrayList<>();
        for (double[] offer : offers) {
            Arrays.setAll(offer, i -> random.nextDouble(-1, 1));
        }
        for (int o = 0; o < OFFERS; o++) {
            ExactPoint point = truth.at(new DenseVector(offers[o]));
            double[] policy = point.best(0, 1e-14, new double[0]).policy();
            for (int i = o; i < TRAJECTORIES; i += OFFERS) {
                play(policy, o, i, random, steps);
            }
        }
        SparkSession spark = SparkSession.builder()
                .master("local[2]")
                .config("spark.ui.enabled", false)
                .getOrCreate();
        try {
            StructType ofSteps = new StructType();
            for (String column : ("action," + FEATURES).split(",", -1)) {
                ofSteps = ofSteps.add(column, column.endsWith("reward") ? DataTypes.DoubleType : DataTypes.IntegerType);
            }
            StructType ofOffers = new StructType()
                    .add("offer", DataTypes.IntegerType)
                    .add("x", DataTypes.createArrayType(DataTypes.DoubleType));
            spark.createDataFrame(steps, ofSteps)
                    .write()
                    .parquet(folder.resolve("log").toString());
            List<Row> rows = new ArrayList<>();
            for (int o = 0; o < OFFERS; o++) {
                rows.add(RowFactory.create(o, Arrays.stream(offers[o]).boxed().toList()));
            }
            spark.createDataFrame(rows, ofOffers)
                    .write()
                    .parquet(folder.resolve("offers").toString());
            spark.createDataFrame(steps, ofSteps)
                    .coalesce(1)
                    .write()
                    .json(folder.resolve("json").toString());
            spark.createDataFrame(steps, ofSteps)
                    .coalesce(1)
                    .write()
                    .option("header", true)
                    .csv(folder.resolve("csv").toString());
        } finally {
            spark.stop();
        }
        logHash = imported("log", "parquet", "action", FEATURES, "data/log");
        imported("offers", "parquet", "offer", "x", "data/offers");
        configuration = Invocation.write(folder.resolve("logged.yaml"), """
                format: 1
                name: logged
                problem: {name: logged, states: 12, actions: 3, discount: 0.85, cost: 0.05, log: data/log, offers: data/offers}
                policy: {name: tabular-softmax}
                algorithm: {name: boltzmann}
                upper: {optimizer: sgd, stepSize: 0.5, units: 64}
                lower: {solver: planned}
                sampling: {horizon: 40}
                stop: {iterations: 200}
                evaluation: {every: 100}
                """);
    }

    private static FiniteProblem world() {
        ProblemFactory family = Catalogue.load(LoggedCommandIT.class.getClassLoader())
                .problems()
                .get("reward-design");
        TreeMap<String, Object> values = new TreeMap<>();
        for (Parameter one : family.parameters()) {
            one.fallback().ifPresent(value -> values.put(one.name(), value));
        }
        values.putAll(Map.of(
                "states",
                (long) STATES,
                "actions",
                (long) ACTIONS,
                "discount",
                0.85,
                "entropyWeight",
                TAU,
                "problemSeed",
                101L));
        return (FiniteProblem) family.create(new Settings(values));
    }

    /** One trajectory, which is cut after its last step. */
    private static void play(double[] policy, int offer, int trajectory, SplittableRandom random, List<Row> into) {
        double[] reward = new double[CELLS];
        double[] upperReward = new double[CELLS];
        world.lowerReward(new DenseVector(new double[CELLS]), 0, reward);
        world.upperReward(new DenseVector(new double[CELLS]), 0, upperReward);
        int state = draw(world.game(0).start(), 0, STATES, random);
        for (int t = 0; t < STEPS; t++) {
            int action = draw(policy, state * ACTIONS, ACTIONS, random);
            int cell = state * ACTIONS + action;
            into.add(RowFactory.create(action, trajectory, t, state, offer, reward[cell], upperReward[cell]));
            state = draw(world.game(0).transition(), cell * STATES, STATES, random);
        }
        into.add(RowFactory.create(-1, trajectory, STEPS, state, offer, 0.0, 0.0));
    }

    private static int draw(double[] probabilities, int from, int count, SplittableRandom random) {
        double left = random.nextDouble();
        int outcome = 0;
        while (outcome < count - 1 && left >= probabilities[from + outcome]) {
            left -= probabilities[from + outcome++];
        }
        return outcome;
    }

    private static Invocation importing(Object source, String format, String label, String features, String to) {
        return Invocation.of(
                "data",
                "import",
                folder.resolve(source.toString()),
                "--format",
                format,
                "--label",
                label,
                "--features",
                features,
                "--to",
                folder.resolve(to),
                "--master",
                "local[2]",
                "--json");
    }

    private static String imported(Object source, String format, String label, String features, String to) {
        Invocation done = importing(source, format, label, features, to);
        assertThat(done.code()).as(done.err()).isZero();
        return done.json().path("sha256").asText();
    }

    private static double value(double[] x) {
        ExactPoint point = truth.at(new DenseVector(x));
        return point.hypergradient(point.best(0, 1e-12, new double[0])).value();
    }

    /** By the exact gradient of the real world, which the run never sees. */
    private static double best() {
        double[] x = new double[CELLS];
        for (int k = 0; k < 400; k++) {
            ExactPoint point = truth.at(new DenseVector(x));
            VectorMath.addScaled(
                    -0.5,
                    point.hypergradient(point.best(0, 1e-12, new double[0])).gradient(),
                    x);
        }
        return value(x);
    }

    /**
     * The estimate lies within six standard errors of the truth: by Student's distribution with 49 degrees of freedom missed
     * once in four million, for a log whose 24,000 steps leave next to no bias. The answer of the log gains at least 97 % of
     * what the answer of the real world gains, judged in the real world.
     */
    @Test
    void theLeaderFindsNearlyTheBestAnswerFromTheLogAlone() throws IOException {
        Path out = folder.resolve("run");
        Invocation run = Invocation.of("run", configuration, "--out", out, "--engine", "local");
        assertThat(run.code()).as(run.err()).isZero();
        JsonNode first = firstRow(out);
        double tau = first.path("entropyWeight").asDouble();
        double error = first.path("entropyWeightStandardError").asDouble();
        assertThat(error).isBetween(0.0005, 0.01);
        assertThat(Math.abs(tau - TAU)).isLessThan(6 * error);
        assertThat(run.err())
                .containsPattern("entropyWeight: 0\\.2[0-9]+ \\+- 0\\.00[0-9]+, estimated from the follower's log");

        JsonNode export = Invocation.of("export", out).json();
        double[] x = new double[CELLS];
        Arrays.setAll(x, i -> export.path("x").get(i).asDouble());
        double start = value(new double[CELLS]);
        double gain = (start - value(x)) / (start - best());
        assertThat(gain).isGreaterThan(0.97);
        assertThat(firstPage(out))
                .contains("Entropy weight")
                .contains("estimated from the log; standard error")
                .contains("Figures are exact for the log alone");
    }

    private static JsonNode firstRow(Path out) throws IOException {
        try (Stream<Path> files = Files.list(out.resolve("metrics"))) {
            Path first = files.sorted().findFirst().orElseThrow();
            return new ObjectMapper().readTree(Files.readAllLines(first).get(0));
        }
    }

    private static String firstPage(Path out) throws IOException {
        Invocation report = Invocation.of("report", out);
        assertThat(report.code()).as(report.err()).isZero();
        return Files.readString(out.resolve("report.html"));
    }

    @Test
    void allFormatsGiveTheSameDataSet() {
        assertThat(imported("json", "jsonl", "action", FEATURES, "data/of-json"))
                .isEqualTo(logHash);
        assertThat(imported("csv", "csv", "action", FEATURES, "data/of-csv")).isEqualTo(logHash);
    }

    @Test
    void enginesGiveTheSameHashesAndOtherAlgorithmsRun() {
        Object[] brief = {"run", configuration, "--json", "--set", "stop.iterations=3", "--set", "evaluation.every=1"};
        assertThat(run(
                        brief,
                        "--engine",
                        "spark",
                        "--master",
                        "local[2]",
                        "--partitions",
                        3,
                        "--out",
                        folder.resolve("a")))
                .isEqualTo(run(brief, "--engine", "local", "--out", folder.resolve("b")));
        for (String algorithm : List.of("exact", "first-order, sigma: 0.2", "hpgd", "pbrl, penaltyWeight: 5")) {
            run(
                    brief,
                    "--set",
                    "algorithm={name: " + algorithm + "}",
                    "--out",
                    folder.resolve(algorithm.substring(0, 4)));
        }
    }

    private static String run(Object[] command, Object... more) {
        Invocation done =
                Invocation.of(Stream.concat(Stream.of(command), Stream.of(more)).toArray());
        assertThat(done.code()).as(done.err()).isZero();
        return done.hashes();
    }

    @Test
    void aLogThatBreaksARuleIsRefusedWithItsRow() throws IOException {
        Files.writeString(folder.resolve("broken.csv"), FEATURES + ",action\n0,0,0,0,.5,.1,1\n0,1,0,99,.5,.1,1\n");
        imported("broken.csv", "csv", "action", FEATURES, "data/broken");
        Invocation run =
                Invocation.of("run", configuration, "--set", "problem.log=data/broken", "--out", folder.resolve("x"));
        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err())
                .containsPattern("problem.log: file:.*/data/broken/: trajectory 0.0, step 1.0: offer must be one of"
                        + " problem.offers, file:.*/data/offers/, but was 99.0");
    }

    @Test
    void aMissingNumberIsRefusedAtTheImport() throws IOException {
        Files.writeString(folder.resolve("hole.csv"), FEATURES + ",action\n0,0,0,0,,.1,1\n");
        Invocation done = importing("hole.csv", "csv", "action", FEATURES, "data/hole");
        assertThat(done.code()).isEqualTo(3);
        assertThat(done.err()).contains("hole.csv").contains("line 2").contains("reward");
    }
}
