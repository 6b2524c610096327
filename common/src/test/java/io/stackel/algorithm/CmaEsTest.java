package io.stackel.algorithm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.stackel.estimate.BatchRequest;
import io.stackel.exact.ExactModel;
import io.stackel.exact.ExactPoint;
import io.stackel.exact.PolicyValues;
import io.stackel.exact.SoftOptimum;
import io.stackel.families.SmallProblems;
import io.stackel.math.VectorMath;
import io.stackel.optim.Adam;
import io.stackel.optim.Projection;
import io.stackel.optim.Schedule;
import io.stackel.policy.TabularSoftmax;
import io.stackel.problem.FiniteProblem;
import java.util.Map;
import java.util.OptionalDouble;
import org.apache.spark.ml.linalg.DenseVector;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CmaEsTest {

    private static final double[] COLD = {};

    private final FiniteProblem problem = SmallProblems.rewardDesign();

    private Setup setup(Setup.LowerRule lower, Projection projection, long units) {
        return new Setup(
                problem,
                new TabularSoftmax(problem.states(), problem.actions()),
                17,
                new Setup.UpperRule(new Adam(), Schedule.CONSTANT, 0.1, OptionalDouble.empty(), projection, units),
                lower,
                new Setup.SamplingRule(40, 50, false, false));
    }

    private double objective(double[] x) {
        ExactPoint point = new ExactModel(problem, 0).at(new DenseVector(x));
        return point.hypergradient(point.best(0, SoftOptimum.TO_ROUNDING, COLD)).value();
    }

    /** A run of so many generations. */
    private static State run(Setup setup, Algorithm algorithm, int generations) {
        State state = algorithm.init();
        try (LocalOracle oracle = LocalOracle.single(setup.source())) {
            while (state.iteration() < generations) {
                state = RunLoop.advance(algorithm, oracle, state, "a test").next();
            }
        }
        return state;
    }

    /**
     * Against descent along exact hypergradients. With noise in every value CMA-ES is not expected to gain all of it; this seed
     * gains .99.
     */
    @Test
    void itGainsWhatExactGradientsGain() {
        Projection box = Projection.box(-1, 1);
        Setup natural = setup(new Setup.LowerRule(false, 1, Setup.LowerStep.NATURAL, 0.5, 20, 0.2, 1e-12), box, 20);
        Setup planned = setup(Setups.PLANNED, box, 20);
        double[] start = Setups.algorithm("exact", planned, Map.of()).init().real("upper");
        double[] ceiling =
                run(planned, Setups.algorithm("exact", planned, Map.of()), 300).real("upper");
        double[] own =
                run(natural, Setups.algorithm("cma-es", natural, Map.of()), 150).real("upper");
        double gain = objective(start) - objective(ceiling);
        assertThat(objective(start) - objective(own)).isGreaterThan(0.9 * gain);
    }

    /** Candidates, followers and x are in the set, however far outside the mean would be. */
    @Test
    void nothingLeavesTheAdmissibleSet() {
        double radius = 0.3;
        Setup setup = setup(Setups.PLANNED, Projection.ball(radius), 20);
        Algorithm algorithm = Setups.algorithm("cma-es", setup, Map.of("initialDeviation", 1.0));
        State state = algorithm.init();
        try (LocalOracle oracle = LocalOracle.single(setup.source())) {
            for (int generation = 0; generation < 60; generation++) {
                BatchRequest request = algorithm.request(state);
                for (double[] upper : request.uppers()) {
                    assertThat(VectorMath.norm(upper)).isLessThanOrEqualTo(radius * (1 + 1e-12));
                }
                assertThat(VectorMath.norm(algorithm.upper(state))).isLessThanOrEqualTo(radius * (1 + 1e-12));
                state = algorithm.step(state, oracle.evaluate(request, "test")).next();
            }
        }
        assertThat(VectorMath.norm(state.real("cmaEs.mean")))
                .as("the penalty brings the mean back")
                .isLessThan(2 * radius);
    }

    /** On the tables and in the counted game. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void everyCandidateMeetsItsBestResponse(boolean planned) {
        Setup setup = setup(planned ? Setups.PLANNED : Setups.NATURAL, Projection.none(), 20);
        Algorithm algorithm = Setups.algorithm("cma-es", setup, Map.of("population", 5L));
        State state = run(setup, algorithm, 3);
        try (LocalOracle oracle = LocalOracle.single(setup.source())) {
            for (int phase = 0; phase < (planned ? 0 : Setups.NATURAL.innerSteps()); phase++) {
                state = RunLoop.advance(algorithm, oracle, state, "a test").next();
            }
        }
        FiniteProblem known = planned ? problem : new CountedGame(problem, 0, state.whole("transitions/0"));
        BatchRequest request = algorithm.request(state);
        assertThat(request.estimands()).hasSize(5);
        for (int k = 0; k < 5; k++) {
            ExactPoint point =
                    new ExactModel(known, 0).at(new DenseVector(request.uppers().get(k)));
            PolicyValues values = point.evaluate(request.followers().get(k).parameters());
            assertThat(point.lowerGap(values, point.best(0, SoftOptimum.TO_ROUNDING, COLD)))
                    .isCloseTo(0, within(1e-9));
        }
    }

    @Test
    void aFullCovarianceOfManyCoordinatesIsRefused() {
        FiniteProblem large = SmallProblems.of("stackelberg", Map.of("states", 67L, "leaderActions", 3L));
        Setup many = Setups.of(large, Setups.PLANNED, false);
        assertThatThrownBy(() -> Setups.algorithm("cma-es", many, Map.of()))
                .isInstanceOf(MisfitException.class)
                .hasMessage(
                        "algorithm.covariance: full needs at most 200 coordinates of x, because it learns the covariance"
                                + " of every two, but this problem has 201; use algorithm.covariance: diagonal");
        assertThat(Setups.algorithm("cma-es", many, Map.of("covariance", "diagonal")))
                .isNotNull();
    }
}
