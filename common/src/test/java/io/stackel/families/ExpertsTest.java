package io.stackel.families;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.stackel.math.VectorMath;
import io.stackel.mdp.MarkovGame;
import io.stackel.problem.ExpertVisits;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ExpertsTest {

    private static final double DISCOUNT = 0.8;
    private static final int STEPS = 3;

    /** Two states, two actions; the second action of the second state ends the episode half of the time. */
    private final MarkovGame game = MarkovGame.ofProcess(
            2, 2, new double[] {0.3, 0.7, 0.9, 0.1, 0.6, 0.4, 0.25, 0.25}, new double[] {0.2, 0.8}, DISCOUNT);

    private final Experts experts = Experts.of(game, new double[] {1, 0.2, 0, 0.7}, 0.3, STEPS);

    /** Every trajectory is listed, put through the reader of tables and weighed with its probability. */
    @Test
    void expectationIsTheSumOverAllTrajectories() {
        double[] occupancy = new double[4];
        double[] starts = new double[2];
        double[] ends = new double[2];
        double total = 0;
        for (Path path : paths()) {
            double[][] rows = path.rows.toArray(double[][]::new);
            ExpertVisits one = new ExpertTable(rows, "paths", "/experts").visits(2, 2, DISCOUNT);
            VectorMath.addScaled(path.probability, one.occupancy(), occupancy);
            VectorMath.addScaled(path.probability, one.starts(), starts);
            VectorMath.addScaled(path.probability, one.ends(), ends);
            total += path.probability;
        }
        assertThat(total).isCloseTo(1, within(1e-14));
        ExpertVisits expected = experts.expected();
        assertThat(expected.occupancy()).containsExactly(occupancy, within(1e-14));
        assertThat(expected.starts()).containsExactly(starts, within(1e-14));
        assertThat(expected.ends()).containsExactly(ends, within(1e-14));
    }

    /** 40,000 trajectories: a mean of numbers in [0, 1 / (1 - discount)] errs by more than .1 with odds below 1e-13 (Hoeffding). */
    @Test
    void drawnExpertsDoWhatIsExpected() {
        ExpertVisits drawn = experts.drawn(new RandomTables(1), 40_000);
        ExpertVisits expected = experts.expected();
        assertThat(drawn.occupancy()).containsExactly(expected.occupancy(), within(0.1));
        assertThat(drawn.starts()).containsExactly(expected.starts(), within(0.02));
        assertThat(drawn.ends()).containsExactly(expected.ends(), within(0.02));
    }

    private record Path(double probability, List<double[]> rows) {}

    private List<Path> paths() {
        List<Path> paths = new ArrayList<>();
        for (int s = 0; s < 2; s++) {
            extend(s, game.start()[s], List.of(), paths);
        }
        return paths;
    }

    private void extend(int state, double probability, List<double[]> before, List<Path> into) {
        int step = before.size();
        if (step == STEPS) {
            into.add(new Path(probability, with(before, new double[] {7, step, state, -1})));
            return;
        }
        for (int action = 0; action < 2; action++) {
            int cell = 2 * state + action;
            List<double[]> rows = with(before, new double[] {7, step, state, action});
            double own = probability * experts.policy()[cell];
            double left = 1;
            for (int next = 0; next < 2; next++) {
                double p = game.transition()[2 * cell + next];
                left -= p;
                extend(next, own * p, rows, into);
            }
            if (left > 1e-12) {
                into.add(new Path(own * left, rows));
            }
        }
    }

    private static List<double[]> with(List<double[]> rows, double[] row) {
        List<double[]> longer = new ArrayList<>(rows);
        longer.add(row);
        return longer;
    }
}
