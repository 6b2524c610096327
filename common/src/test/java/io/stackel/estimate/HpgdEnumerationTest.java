package io.stackel.estimate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.stackel.exact.ExactModel;
import io.stackel.exact.ExactPoint;
import io.stackel.exact.RandomProblem;
import io.stackel.exact.SoftOptimum;
import io.stackel.math.VectorMath;
import io.stackel.policy.TabularSoftmax;
import io.stackel.random.Purpose;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.ml.linalg.DenseVector;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * HPGD without any statistics. Every path ends within three steps, so that a horizon of three cuts none and the expectation
 * over all times and paths is the hypergradient itself.
 */
class HpgdEnumerationTest {

    private static final AdvantageGradient ROLE = new AdvantageGradient(Purpose.TRAINING, 0, 1, 0, 0);
    private static final int STATES = 3;
    private static final int ACTIONS = 2;

    private final RandomProblem problem = Scene.endingWithinThreeSteps();
    private final DenseVector x = problem.point(3);
    private final ExactPoint point = new ExactModel(problem, 0).at(x);
    private final SoftOptimum best = point.best(0, SoftOptimum.TO_ROUNDING, new double[0]);

    /** The best response with baselines that are nobody's values, or none. */
    private Scene scene(double scale) {
        double[] lower = {scale, -2 * scale, 0.7 * scale};
        double[] upper = {-scale, 0.4 * scale, 3 * scale};
        Follower follower = Follower.withBaselines(best.logPolicy(), lower, upper);
        return new Scene(problem, new TabularSoftmax(STATES, ACTIONS), x, List.of(follower), List.of(best.logPolicy()));
    }

    /** The paths of a unit as the estimator asks for them. */
    private static final class Paths implements Sampler {

        private final EnumeratedPath direct;
        private final EnumeratedPath leader;
        private final EnumeratedPath any;
        private final EnumeratedPath with;
        private int state = -1;
        private int reach;
        private int played;

        Paths(Scene scene) {
            direct = new EnumeratedPath(scene);
            leader = new EnumeratedPath(scene);
            any = new EnumeratedPath(scene);
            with = new EnumeratedPath(scene);
        }

        @Override
        public void play(LanePlan plan) {
            played++;
            int[] from = Arrays.copyOf(plan.startState, plan.lanes);
            int[] actions = Arrays.copyOf(plan.firstAction, plan.lanes);
            if (played == 1) {
                assertThat(plan.limit).isEqualTo(Math.min(reach, Scene.HORIZON));
                assertThat(from).containsExactly(LanePlan.FROM_START);
            } else if (played == 2 && state < 0) {
                assertThat(from).containsExactly(LanePlan.FROM_START);
            } else if (played == 2) {
                assertThat(from).containsExactly(LanePlan.FROM_START, state, state);
                assertThat(actions).containsOnly(LanePlan.DRAWN);
            } else {
                assertThat(from).containsExactly(state);
                assertThat(actions).containsExactly(firstAction(1));
            }
        }

        @Override
        public Trajectory trajectory(LanePlan plan, int lane) {
            return played < 3 ? List.of(direct, leader, any).get(lane) : with;
        }

        @Override
        public int finalState(int lane) {
            return state;
        }

        @Override
        public int firstAction(int lane) {
            return (lane == 1 ? leader : any).cell(0) % ACTIONS;
        }

        void clear() {
            played = 0;
            for (EnumeratedPath path : List.of(direct, leader, any, with)) {
                path.clear();
            }
        }

        void addTo(double probability, double[] mean) {
            for (EnumeratedPath path : List.of(direct, leader, any, with)) {
                VectorMath.addScaled(probability, path.upperGradient, mean);
            }
        }

        @Override
        public void count(int lane, TransitionCounts into) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void step(int lane, int t, double[] into) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void open(int upper, int follower, UnitSums unit) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void collect(UnitSums unit) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void close(UnitSums unit) {
            throw new UnsupportedOperationException();
        }
    }

    /** One estimator with what it writes to. */
    private final class Unit {

        private final Scene scene;
        private final Paths paths;
        private final HpgdEstimator estimator;
        private final LanePlan plan = new LanePlan(4);
        private final UnitSums sums = new UnitSums(problem.upperSize(), ACTIONS * STATES);
        private final double[] mean = new double[problem.upperSize()];

        Unit(double baselines) {
            scene = scene(baselines);
            paths = new Paths(scene);
            estimator = new HpgdEstimator(scene.setting());
            EstimandLayout layout = new EstimandLayout(0, problem.upperSize(), 0, false, ROLE.recordsLength());
            sums.open(layout, 0, new double[layout.end()], new long[EstimandLayout.COUNTERS]);
        }

        /** Adds a unit that reaches this state, or none. */
        void add(double probability, int reach, int state) {
            paths.clear();
            paths.state = state;
            paths.reach = reach;
            sums.begin();
            estimator.add(ROLE, reach, 0, paths, plan, sums);
            paths.addTo(probability, mean);
        }

        /** Every time and every three paths that go on from where the first one is then. */
        void addContinuations() {
            double discount = problem.discount();
            double[] logs = best.logPolicy();
            double visit = 1 - discount;
            for (int t = 0; t < Scene.HORIZON; t++) {
                double[] states = scene.statesAt(t, logs);
                for (int s = 0; s < STATES; s++) {
                    if (states[s] > 0) {
                        addContinuations(visit * states[s], t, s);
                    }
                }
                visit *= discount;
            }
        }

        private void addContinuations(double probability, int t, int s) {
            double[] logs = best.logPolicy();
            double[] from = new double[STATES];
            from[s] = 1;
            paths.leader.visit(from, logs, logs, one -> {
                double[] first = new double[logs.length];
                Arrays.fill(first, Double.NEGATIVE_INFINITY);
                first[s * ACTIONS + paths.firstAction(1)] = 0;
                paths.any.visit(
                        from,
                        logs,
                        logs,
                        two -> paths.with.visit(from, first, logs, three -> {
                            if (three > 0) {
                                add(probability * one * two * three, t, s);
                                // The direct term, which the first path gives in any case.
                                add(-probability * one * two * three, Scene.HORIZON + 1, -1);
                            }
                        }));
            });
        }
    }

    /** The direct path's term is independent of the others, so that one such path is enough beside them. */
    @ParameterizedTest(name = "baselines {0}")
    @ValueSource(doubles = {0, 1.5})
    void itsExpectationIsTheHypergradient(double baselines) {
        Unit unit = new Unit(baselines);
        double[] start = problem.game(0).start();
        double[] logs = best.logPolicy();
        double[] upperReturn = {0};
        boolean[] done = {false};
        double total = unit.paths.direct.visit(start, logs, logs, probability -> {
            unit.add(probability, Scene.HORIZON + 1, -1);
            upperReturn[0] += probability * unit.sums.upperReturn;
            if (!done[0]) {
                done[0] = true;
                unit.addContinuations();
            }
        });
        assertThat(total).isCloseTo(1, within(1e-13));
        double[] exact = point.hypergradient(best).gradient().clone();
        double[] term = new double[exact.length];
        problem.addUpperTermGradient(x, term);
        VectorMath.addScaled(-1, term, exact);
        assertThat(VectorMath.norm(VectorMath.minus(unit.mean, exact)))
                .as("%s against %s", Arrays.toString(unit.mean), Arrays.toString(exact))
                .isLessThan(1e-10 * VectorMath.norm(exact));
        assertThat(upperReturn[0]).isCloseTo(point.evaluate(best.logPolicy()).upperReturn(), within(1e-12));
        double[] direct = point.upperGradients(point.evaluate(best.logPolicy())).inUpper();
        assertThat(VectorMath.norm(VectorMath.minus(exact, VectorMath.minus(direct, term))))
                .as("what is not the direct term")
                .isGreaterThan(0.1 * VectorMath.norm(exact));
    }

    /** T is at least t where the number is at most discount^t. */
    @Test
    void timesAreGeometric() {
        double discount = 0.8;
        double power = 1;
        assertThat(HpgdEstimator.visitTime(1, discount)).isZero();
        for (int t = 0; t < 40; t++) {
            assertThat(HpgdEstimator.visitTime(power * (1 - 1e-12), discount)).isEqualTo(t);
            if (t > 0) {
                assertThat(HpgdEstimator.visitTime(power * (1 + 1e-12), discount))
                        .isEqualTo(t - 1);
            }
            power *= discount;
        }
        assertThat(HpgdEstimator.visitTime(Double.MIN_VALUE, 1 - 1e-12)).isEqualTo(Integer.MAX_VALUE);
    }
}
