package io.stackel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class MetricRowTest {

    @Test
    void keysAreSortedCountsAreWholeAndRealsAreShortest() {
        assertThat(MetricRow.line(new TreeMap<>(
                        Map.of("step", 12.0, "upperObjective", 2.5e22, "lowerGap", 0.0, "saturation", Double.NaN))))
                .isEqualTo("{\"lowerGap\":0.0,\"saturation\":\"NaN\",\"step\":12,\"upperObjective\":2.5E22}\n");
    }
}
