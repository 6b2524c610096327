package io.stackel.random;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class PurposeTest {

    @Test
    void codesAreThoseOfTheAppendOnlyTable() {
        assertThat(Purpose.values())
                .startsWith(
                        Purpose.TRAINING,
                        Purpose.EVALUATION,
                        Purpose.CONTEXT,
                        Purpose.START,
                        Purpose.PROBLEM,
                        Purpose.DIRECTION,
                        Purpose.BOOTSTRAP,
                        Purpose.CHECK,
                        Purpose.LABEL,
                        Purpose.ORDER,
                        Purpose.SWEEP);
        assertThat(Arrays.stream(Purpose.values()).mapToInt(Purpose::code).toArray())
                .startsWith(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11)
                .doesNotHaveDuplicates();
    }
}
