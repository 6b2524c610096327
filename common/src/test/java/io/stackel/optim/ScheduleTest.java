package io.stackel.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class ScheduleTest {

    @Test
    void everyScheduleStartsAtItsBase() {
        for (Schedule schedule :
                List.of(Schedule.CONSTANT, Schedule.INVERSE_SQRT, Schedule.INVERSE, Schedule.exponential(7))) {
            assertThat(schedule.at(0.5, 0)).isEqualTo(0.5);
        }
    }

    @Test
    void stepSizesFallAsTheNamesSay() {
        assertThat(Schedule.CONSTANT.at(0.5, 99)).isEqualTo(0.5);
        assertThat(Schedule.INVERSE_SQRT.at(0.5, 3)).isEqualTo(0.25);
        assertThat(Schedule.INVERSE.at(0.5, 3)).isEqualTo(0.125);
        assertThat(Schedule.exponential(10).at(0.5, 20)).isEqualTo(0.125);
        assertThat(Schedule.exponential(10).at(1, 5)).isCloseTo(Math.sqrt(0.5), within(1e-15));
    }

    @Test
    void isFoundByItsName() {
        assertThat(Schedule.names()).containsExactly("constant", "inverse-sqrt", "inverse");
        assertThat(Schedule.names())
                .allSatisfy(name -> assertThat(Schedule.named(name)).hasToString(name));
        assertThatThrownBy(() -> Schedule.named(Schedule.EXPONENTIAL))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("schedule must be one of [constant, inverse-sqrt, inverse], but was exponential");
    }

    @Test
    void refusesAHalfLifeOfNothing() {
        assertThatThrownBy(() -> Schedule.exponential(0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("halfLife must be positive, but was 0.0");
    }

    @Test
    void refusesANegativeIteration() {
        assertThatThrownBy(() -> Schedule.INVERSE.at(1.0, -1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("iteration must be non-negative, but was -1");
    }
}
