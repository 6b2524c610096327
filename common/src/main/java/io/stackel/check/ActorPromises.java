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
    private final double[] weights;
    private final int size;
    private final Promises promises = new Promises();

    ActorPromises(Policy policy, double[] theta, List<double[]> observations, Directions random) {
        this.policy = policy;
        this.theta = theta;
        this.random = random;
        size = policy.observationSize();
        weights = random.normal(Use.WEIGHTS, 1, ROWS);
        rows = new double[ROWS * size];
        for (int t = 0; t < ROWS; t++) {
            System.arraycopy(observations.get(t % observations.size()), 0, rows, t * size, size);
        }
    }

    /** An actor with rows of its own, what it draws there and what it says of that; each in a call of its own. */
    private final class Play {

        private final double[] parameters;
        private final Actor actor;
        private final int from;
        private final int count;
        private final double[] seen;
        private final double[] actions;
        private final double[] drawn;
        private final double[] logs;
        private final double[] given;
        private final double[] scores;

        Play(double[] theta, int from, int to) {
            parameters = theta.clone();
            actor = policy.actor(parameters);
            this.from = from;
            count = to - from;
            seen = Arrays.copyOfRange(rows, from * size, to * size);
            actions = new double[count * policy.actionSize()];
            drawn = new double[count];
            logs = new double[count];
            given = Arrays.copyOfRange(weights, from, to);
            scores = new double[theta.length];
        }

        Play draw() {
            RandomStream[] streams = new RandomStream[count];
            Arrays.setAll(streams, t -> random.stream(Use.OUTCOMES, (long) from + t));
            actor.draw(seen, count, streams, actions, drawn);
            return this;
        }

        Play judge() {
            actor.logDensities(seen, actions, count, logs);
            return this;
        }

        Play score(double[] into) {
            actor.addScores(seen, actions, count, given, into);
            return this;
        }

        boolean same(Play other) {
            return Arrays.equals(actions, other.actions)
                    && Arrays.equals(drawn, other.drawn)
                    && Arrays.equals(logs, other.logs)
                    && Arrays.equals(scores, other.scores);
        }
    }

    private Play play(double[] parameters, int from, int to) {
        Play play = new Play(parameters, from, to).draw().judge();
        return play.score(play.scores);
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

    /** One row after the other, by an actor each; scores are added in the order of the rows. */
    private void alone(Play together) {
        double[] scores = new double[theta.length];
        int width = policy.actionSize();
        for (int t = 0; t < ROWS; t++) {
            Play one = new Play(theta, t, t + 1).draw().judge().score(scores);
            double[] actions = Arrays.copyOfRange(together.actions, t * width, (t + 1) * width);
            promises.hold(ALONE, one.logs[0] == together.logs[t] && Arrays.equals(one.actions, actions), "in row " + t);
        }
        promises.hold(ALONE, Arrays.equals(scores, together.scores), "in the sum of scores");
    }

    private void kept() {
        Play play = new Play(theta, 0, ROWS).draw();
        double[] drawn = play.actions.clone();
        play.judge().score(play.scores);
        promises.hold(KEPT, Arrays.equals(play.parameters, theta), "theta");
        promises.hold(KEPT, Arrays.equals(play.seen, rows), "observations");
        promises.hold(KEPT, Arrays.equals(play.actions, drawn), "actions");
        promises.hold(KEPT, Arrays.equals(play.given, weights), "weights");
    }

    /** Two actors of one policy at different parameters, whose calls take turns. */
    private void turns() {
        double[] other = policy.uniform();
        Play one = new Play(theta, 0, ROWS);
        Play two = new Play(other, 0, ROWS);
        one.draw();
        two.draw();
        one.judge();
        two.judge();
        one.score(one.scores);
        two.score(two.scores);
        promises.hold(TURNS, one.same(play(theta, 0, ROWS)), "first of two");
        promises.hold(TURNS, two.same(play(other, 0, ROWS)), "second of two");
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
