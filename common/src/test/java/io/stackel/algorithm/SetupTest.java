package io.stackel.algorithm;

import static org.assertj.core.api.Assertions.assertThat;

import io.stackel.estimate.BatchRequest;
import io.stackel.families.DataFamilies;
import io.stackel.families.SmallProblems;
import io.stackel.optim.Projection;
import io.stackel.optim.Schedule;
import io.stackel.optim.Sgd;
import io.stackel.problem.DataProblem;
import java.util.Map;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

/** The requests that an algorithm of anybody's makes are addressed as those of the algorithms that ship. */
class SetupTest {

    private static State at(State start, long iteration, int phase) {
        return new State(7, iteration, phase, 0, 0, start.tensors());
    }

    @Test
    void requestsOfTrajectoriesHaveTheAddressOfTheState() {
        Setup setup = Setups.of(SmallProblems.fourRooms(), Setups.ADAM, false);
        Algorithm shipped = Setups.algorithm("independent", setup, Map.of());

        for (long iteration = 0; iteration < 9; iteration++) {
            State state = at(shipped.init(), iteration, (int) (iteration % 4));
            BatchRequest expected = shipped.request(state);
            requireSame(setup.request(state, expected.uppers(), expected.followers(), expected.estimands()), expected);
            assertThat(setup.context(iteration)).isEqualTo(shipped.context(state));
        }
    }

    @Test
    void requestsOfDataHaveTheAddressOfTheState() {
        DataProblem problem = DataFamilies.of("quadratic", Map.of("trainingRows", 40L, "validationRows", 20L));
        DataSetup setup = new DataSetup(
                problem,
                17,
                new Setup.UpperRule(new Sgd(), Schedule.CONSTANT, 0.1, OptionalDouble.empty(), Projection.none(), 2),
                new Setup.LowerRule(false, 3, Setup.LowerStep.SGD, 0.2, 2, 0, 1e-10),
                true);
        Algorithm shipped = Setups.algorithm("first-order", setup, Map.of("sigma", 0.1));
        State state = at(shipped.init(), 5, 2);
        BatchRequest expected = shipped.request(state);

        requireSame(setup.request(state, expected.uppers(), expected.followers(), expected.estimands()), expected);
    }

    /** Arrays are compared by content. */
    private static void requireSame(BatchRequest request, BatchRequest expected) {
        assertThat(request).usingRecursiveComparison().isEqualTo(expected);
    }
}
