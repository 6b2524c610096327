package io.stackel.bench;

import io.stackel.algorithm.Algorithm;
import io.stackel.algorithm.LocalOracle;
import io.stackel.algorithm.RunLoop;
import io.stackel.exact.ExactModel;
import io.stackel.exact.ExactPoint;
import io.stackel.exact.SoftOptimum;
import io.stackel.experiment.Experiment;
import io.stackel.math.Bootstrap;
import io.stackel.mdp.MarkovGame;
import io.stackel.problem.FiniteInverse;
import io.stackel.problem.FiniteProblem;
import io.stackel.random.Purpose;
import io.stackel.random.RandomStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.spark.ml.linalg.DenseVector;

/**
 * What few experts teach, and what of it holds in other dynamics: the exact true return, without entropy, over that of the
 * experts' own policy for those dynamics, mean over worlds with 95 % bootstrap interval. In the same dynamics and where 30 %
 * of the actions slip to random ones a run's policy and a plan for its learnt reward are judged; in the dynamics of another
 * world too. A cloned policy is executed as it is. Arguments: {@code conf/experiments/inverse-rl.yaml}, the first world and
 * the number of worlds, the numbers of experts as in {@code 5,20,100}; then overrides {@code key=value} and algorithms
 * {@code {...}}.
 */
public final class TransferTable {

    private static final double SLIP = 0.3;
    private static final long OTHER = 1_000_000;

    private TransferTable() {}

    /** A process with one reward for its agent and one by which he is judged; x is not used. */
    private record Judged(MarkovGame game, double[] reward, double[] trueReward, double entropyWeight)
            implements FiniteProblem {

        @Override
        public MarkovGame game(int context) {
            return game;
        }

        @Override
        public int upperSize() {
            return 1;
        }

        @Override
        public void lowerReward(DenseVector upper, int context, double[] into) {
            System.arraycopy(reward, 0, into, 0, into.length);
        }

        @Override
        public void upperReward(DenseVector upper, int context, double[] into) {
            System.arraycopy(trueReward, 0, into, 0, into.length);
        }

        @Override
        public Dependence dependence() {
            return new Dependence(false, false, false);
        }

        ExactPoint point() {
            return new ExactModel(this, 0).at(new DenseVector(new double[1]));
        }

        double planned() {
            return judged(
                    point().best(0, SoftOptimum.TO_ROUNDING, new double[0]).logPolicy());
        }

        double judged(double[] logs) {
            return point().evaluate(logs).upperReturn();
        }
    }

    /** Prints the table as Markdown. */
    public static void main(String[] arguments) throws IOException {
        String text = Files.readString(Path.of(arguments[0]), StandardCharsets.UTF_8);
        long first = Long.parseLong(arguments[1]);
        int worlds = Integer.parseInt(arguments[2]);
        List<String> overrides = new ArrayList<>();
        List<String> algorithms = new ArrayList<>();
        for (String argument : List.of(arguments).subList(4, arguments.length)) {
            (argument.startsWith("{") ? algorithms : overrides).add(argument);
        }
        System.out.println("| experts | algorithm | what acts | same dynamics | 30 % slips | another world's |");
        System.out.println("|---|---|---|---|---|---|");
        for (String experts : arguments[3].split(",", -1)) {
            for (String algorithm : algorithms) {
                List<double[][]> all = new ArrayList<>();
                for (long world = first; world < first + worlds; world++) {
                    List<String> keys = new ArrayList<>(overrides);
                    keys.add("problem.trajectories=" + experts);
                    all.add(shares(text, algorithm, keys, world));
                }
                print(experts, algorithm, "its policy", all, 0);
                if (!algorithm.contains("cloning")) {
                    print(experts, algorithm, "a new plan for its reward", all, 1);
                }
            }
        }
    }

    private static void print(String experts, String algorithm, String what, List<double[][]> all, int row) {
        StringBuilder line = new StringBuilder("| " + experts + " | `" + algorithm + "` | " + what + " |");
        for (int dynamics = 0; dynamics < all.get(0)[row].length; dynamics++) {
            int column = dynamics;
            double[] shares = all.stream().mapToDouble(one -> one[row][column]).toArray();
            RandomStream random = RandomStream.at(0, Purpose.BOOTSTRAP, 5, row, column, 0);
            Bootstrap.Interval mean = Bootstrap.ofMean(shares, 0.95, 10_000, random::nextInt);
            line.append(String.format(Locale.ROOT, " %.4f (%.4f to %.4f) |", mean.mean(), mean.low(), mean.high()));
        }
        System.out.println(line);
    }

    /** Of the policy as it is and of a plan for the learnt reward, in each of the three dynamics. */
    private static double[][] shares(String text, String algorithm, List<String> overrides, long world) {
        Experiment experiment = experiment(text, algorithm, overrides, world);
        FiniteInverse problem =
                experiment.setup().problem().as(FiniteInverse.class).orElseThrow();
        LastState last = new LastState();
        Algorithm machine = experiment.algorithm();
        try (LocalOracle oracle = LocalOracle.single(experiment.source())) {
            new RunLoop(machine, oracle, experiment.evaluation(oracle), last, experiment.plan(), () -> false)
                    .run(machine.init(), true);
        }
        double[] logs = machine.follower(last.state(), 0);
        MarkovGame same = problem.game(0);
        double[] learnt = new double[same.jointCells()];
        problem.lowerReward(new DenseVector(machine.upper(last.state())), 0, learnt);
        MarkovGame other = experiment(text, algorithm, overrides, OTHER + world)
                .setup()
                .problem()
                .as(FiniteInverse.class)
                .orElseThrow()
                .game(0);
        List<double[]> dynamics = List.of(same.transition(), slipping(same), other.transition());
        double[][] shares = new double[2][dynamics.size()];
        for (int i = 0; i < dynamics.size(); i++) {
            MarkovGame game = MarkovGame.ofProcess(
                    same.states(), same.followerActions(), dynamics.get(i), same.start(), same.discount());
            double tau = problem.entropyWeight();
            double experts = new Judged(game, problem.trueReward(), problem.trueReward(), tau).planned();
            Judged judged = new Judged(game, learnt, problem.trueReward(), tau);
            shares[0][i] = judged.judged(normalised(logs, same.followerActions())) / experts;
            shares[1][i] = judged.planned() / experts;
        }
        return shares;
    }

    /** Logits or logarithms as logarithms of probabilities. */
    private static double[] normalised(double[] logits, int actions) {
        double[] logs = logits.clone();
        for (int row = 0; row < logs.length; row += actions) {
            double total = 0;
            for (int cell = row; cell < row + actions; cell++) {
                total += StrictMath.exp(logits[cell]);
            }
            for (int cell = row; cell < row + actions; cell++) {
                logs[cell] = logits[cell] - StrictMath.log(total);
            }
        }
        return logs;
    }

    /** With probability {@link #SLIP} the action is another, drawn uniformly. */
    private static double[] slipping(MarkovGame game) {
        double[] transition = game.transition();
        double[] slipping = new double[transition.length];
        int states = game.states();
        int actions = game.followerActions();
        for (int i = 0; i < transition.length; i++) {
            int row = i / (actions * states) * actions * states;
            for (int b = 0; b < actions; b++) {
                slipping[i] += SLIP / actions * transition[row + b * states + i % states];
            }
            slipping[i] += (1 - SLIP) * transition[i];
        }
        return slipping;
    }

    private static Experiment experiment(String text, String algorithm, List<String> overrides, long world) {
        List<String> all = new ArrayList<>(
                List.of("problem.problemSeed=" + world, "seed=" + world, "evaluation.every=1000000"));
        all.addAll(overrides);
        return Variant.of("inverse-rl", text, algorithm, all);
    }
}
