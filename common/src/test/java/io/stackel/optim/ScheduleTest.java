package io.stackel.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ScheduleTest {

    @Test
    void everyScheduleStartsAtItsBase() {
        for (Schedule schedule : Schedule.values()) {
            assertThat(schedule.at(0.5, 0)).isEqualTo(0.5);
        }
    }

    @Test
    void stepSizesFallAsTheNamesSay() {
        assertThat(Schedule.CONSTANT.at(0.5, 99)).isEqualTo(0.5);
        assertThat(Schedule.INVERSE_SQRT.at(0.5, 3)).isEqualTo(0.25);
        assertThat(Schedule.INVERSE.at(0.5, 3)).isEqualTo(0.125);
    }

    @Test
    void refusesANegativeIteration() {
        assertThatThrownBy(() -> Schedule.INVERSE.at(1.0, -1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("iteration must be non-negative, but was -1");
    }
}
