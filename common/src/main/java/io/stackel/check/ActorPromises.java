package io.stackel.check;

import io.stackel.check.Directions.Use;
import io.stackel.policy.Actor;
import io.stackel.policy.Policy;
import io.stackel.random.RandomStream;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** What an actor does to the bit: rows that do not know each other, arguments that stay, nothing shared with other actors. */
final class ActorPromises {

    private static final int ROWS = 40;
    private static final int THREADS = 2;
    private static final int TIMES = 50;
    private static final String ALONE = "a row gives the same bits alone and among others";
    private static final String DRAWN = "draws come with their log-densities";
    private static final String KEPT = "arguments are not written to";
    private static final String TURNS = "actors in turns give the same bits";
    private static final String TOGETHER = "actors on threads give the same bits";

    private final Policy policy;
    private final double[] theta;
    private final Directions random;
    private final double[] rows;
    private final int size;
    private final Promises promises = new Promises();

    ActorPromises(Policy policy, double[] theta, List<double[]> observations, Directions random) {
        this.policy = policy;
        this.theta = theta;
        this.random = random;
        size = policy.observationSize();
        rows = new double[ROWS * size];
        for (int t = 0; t < ROWS; t++) {
            System.arraycopy(observations.get(t % observations.size()), 0, rows, t * size, size);
        }
    }

    /** What an actor made of some rows. */
    private record Play(double[] actions, double[] drawn, double[] logs, double[] scores) {

        boolean same(Play other) {
            return Arrays.equals(actions, other.actions)
                    && Arrays.equals(drawn, other.drawn)
                    && Arrays.equals(logs, other.logs)
                    && Arrays.equals(scores, other.scores);
        }
    }

    List<Finding> findings() {
        Play together = play(theta, 0, ROWS);
        promises.hold(DRAWN, Arrays.equals(together.drawn, together.logs), "in " + ROWS + " rows");
        alone(together);
        kept();
        turns();
        threads(together);
        return promises.findings();
    }

    private RandomStream[] streams(int from, int to) {
        RandomStream[] streams = new RandomStream[to - from];
        for (int t = from; t < to; t++) {
            streams[t - from] = random.stream(Use.OUTCOMES, t);
        }
        return streams;
    }

    private Play play(double[] parameters, int from, int to) {
        int count = to - from;
        double[] observations = Arrays.copyOfRange(rows, from * size, to * size);
        Actor actor = policy.actor(parameters);
        Play play = new Play(
                new double[count * policy.actionSize()],
                new double[count],
                new double[count],
                new double[parameters.length]);
        actor.draw(observations, count, streams(from, to), play.actions, play.drawn);
        actor.logDensities(observations, play.actions, count, play.logs);
        double[] weights = Arrays.copyOfRange(random.normal(Use.WEIGHTS, 1, ROWS), from, to);
        actor.addScores(observations, play.actions, count, weights, play.scores);
        return play;
    }

    /** One row after the other, by an actor each; scores are added in the order of the rows. */
    private void alone(Play together) {
        double[] scores = new double[theta.length];
        double[] weights = random.normal(Use.WEIGHTS, 1, ROWS);
        for (int t = 0; t < ROWS; t++) {
            Play one = play(theta, t, t + 1);
            int width = policy.actionSize();
            promises.hold(
                    ALONE,
                    one.logs[0] == together.logs[t]
                            && Arrays.equals(
                                    one.actions, Arrays.copyOfRange(together.actions, t * width, (t + 1) * width)),
                    "in row " + t);
            double[] observation = Arrays.copyOfRange(rows, t * size, (t + 1) * size);
            policy.actor(theta).addScores(observation, one.actions, 1, new double[] {weights[t]}, scores);
        }
        promises.hold(ALONE, Arrays.equals(scores, together.scores), "in the sum of scores");
    }

    private void kept() {
        double[] parameters = theta.clone();
        double[] observations = rows.clone();
        double[] actions = new double[ROWS * policy.actionSize()];
        double[] weights = random.normal(Use.WEIGHTS, 1, ROWS);
        Actor actor = policy.actor(parameters);
        actor.draw(observations, ROWS, streams(0, ROWS), actions, new double[ROWS]);
        double[] drawn = actions.clone();
        double[] given = weights.clone();
        actor.logDensities(observations, actions, ROWS, new double[ROWS]);
        actor.addScores(observations, actions, ROWS, weights, new double[theta.length]);
        promises.hold(KEPT, Arrays.equals(parameters, theta), "theta");
        promises.hold(KEPT, Arrays.equals(observations, rows), "observations");
        promises.hold(KEPT, Arrays.equals(actions, drawn), "actions");
        promises.hold(KEPT, Arrays.equals(weights, given), "weights");
    }

    /** Two actors of one policy at different parameters, whose calls take turns. */
    private void turns() {
        double[] other = policy.uniform();
        Play first = play(theta, 0, ROWS);
        Play second = play(other, 0, ROWS);
        Actor one = policy.actor(theta);
        Actor two = policy.actor(other);
        double[] actions = new double[ROWS * policy.actionSize()];
        double[] otherActions = actions.clone();
        one.draw(rows, ROWS, streams(0, ROWS), actions, new double[ROWS]);
        two.draw(rows, ROWS, streams(0, ROWS), otherActions, new double[ROWS]);
        double[] logs = new double[ROWS];
        double[] otherLogs = new double[ROWS];
        one.logDensities(rows, actions, ROWS, logs);
        two.logDensities(rows, otherActions, ROWS, otherLogs);
        double[] weights = random.normal(Use.WEIGHTS, 1, ROWS);
        double[] scores = new double[theta.length];
        double[] otherScores = new double[theta.length];
        one.addScores(rows, actions, ROWS, weights, scores);
        two.addScores(rows, otherActions, ROWS, weights, otherScores);
        promises.hold(TURNS, first.same(new Play(actions, first.drawn, logs, scores)), "first of two");
        promises.hold(
                TURNS, second.same(new Play(otherActions, second.drawn, otherLogs, otherScores)), "second of two");
    }

    private void threads(Play wanted) {
        ExecutorService pool = Executors.newFixedThreadPool(THREADS);
        try {
            List<Future<Integer>> futures =
                    List.of(pool.submit(() -> differing(wanted)), pool.submit(() -> differing(wanted)));
            for (Future<Integer> future : futures) {
                int differing = future.get();
                promises.hold(TOGETHER, differing == 0, differing + " of " + TIMES + " plays of a thread differ");
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for actors", interrupted);
        } catch (ExecutionException failed) {
            promises.hold(TOGETHER, false, "a thread failed: " + failed.getCause());
        } finally {
            pool.shutdownNow();
        }
    }

    private int differing(Play wanted) {
        int differing = 0;
        for (int i = 0; i < TIMES; i++) {
            differing += wanted.same(play(theta, 0, ROWS)) ? 0 : 1;
        }
        return differing;
    }
}
