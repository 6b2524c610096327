package io.stackel.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class MetricRowTest {

    @Test
    void keysAreSortedCountsAreWholeAndRealsAreShortest() {
        assertThat(MetricRow.line(new TreeMap<>(
                        Map.of("step", 12.0, "upperObjective", 0x1.0p80, "lowerGap", 0.0, "saturation", Double.NaN))))
                .isEqualTo(
                        "{\"lowerGap\":0.0,\"saturation\":\"NaN\",\"step\":12,\"upperObjective\":1.2089258196146292E24}\n");
    }
}
