package io.stackel.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class MetricTableTest {

    private static MetricTable table(String... lines) {
        return MetricTable.parse(String.join("\n", lines).getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void theStatusQuoIsMeasuredOrThatOfTheFirstRowsBestResponse() {
        String measured = "{\"iteration\":0,\"statusQuoObjective\":2.5,\"upperObjective\":9}";
        String exact = "{\"iteration\":0,\"upperObjective\":9,\"upperObjectiveAtBestResponse\":3.5}";
        String unknown = "{\"iteration\":0,\"upperObjective\":9}";
        String later = "{\"iteration\":5,\"upperObjectiveAtBestResponse\":1,\"statusQuoObjective\":1}";
        assertThat(table(measured, later).statusQuo()).hasValue(2.5);
        assertThat(table(exact, later).statusQuo()).hasValue(3.5);
        assertThat(table(unknown, later).statusQuo()).isEmpty();
        assertThat(table().statusQuo()).isEmpty();
    }
}
