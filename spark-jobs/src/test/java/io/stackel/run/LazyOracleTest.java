package io.stackel.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stackel.algorithm.GradientOracle;
import io.stackel.estimate.BatchRequest;
import io.stackel.estimate.BatchResult;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;

class LazyOracleTest {

    private static final BatchRequest REQUEST =
            new BatchRequest(0, 0, 0, 0, 1, 1, BatchRequest.ALL_RESIDUALS, false, List.of(), List.of(), List.of());

    private final List<String> events = new ArrayList<>();

    /** Writes down what is asked of it. */
    private final class Engine implements GradientOracle {

        Engine() {
            events.add("start");
        }

        @Override
        public BatchResult evaluate(BatchRequest request, String description) {
            events.add(description);
            return BatchResult.none(request);
        }

        @Override
        public void close() {
            events.add("close");
        }
    }

    @Test
    void engineStartsOnceWithTheFirstBatchAndEndsOnce() {
        LazyOracle oracle = new LazyOracle(Engine::new);
        assertThat(events).isEmpty();

        oracle.evaluate(REQUEST, "one");
        oracle.evaluate(REQUEST, "two");
        oracle.close();
        oracle.close();

        assertThat(events).containsExactly("start", "one", "two", "close");
        assertThatThrownBy(() -> oracle.evaluate(REQUEST, "three")).isInstanceOf(CancellationException.class);
    }

    @Test
    void whatAsksForNothingStartsNothing() {
        new LazyOracle(Engine::new).close();

        assertThat(events).isEmpty();
    }
}
