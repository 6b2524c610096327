package io.stackel.algorithm;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PublishedScheduleTest {

    /** log 100 = 4.605. */
    @Test
    void numbersOfAHundredth() {
        PublishedSchedule schedule = PublishedSchedule.of(0.01, 0.9);
        assertThat(schedule.sigma()).isEqualTo(0.1);
        assertThat(schedule.iterations()).isEqualTo(100);
        assertThat(schedule.units()).isEqualTo(10_000);
        assertThat(schedule.innerSteps()).isEqualTo(5);
        assertThat(schedule.horizon()).isEqualTo(47);
    }

    /** log 4 = 1.386; a quarter of the error costs 4 times the iterations and 16 times the units. */
    @Test
    void errorsNearOneStillTakeAStep() {
        assertThat(PublishedSchedule.of(0.25, 0)).isEqualTo(new PublishedSchedule(0.5, 4, 16, 2, 2));
        assertThat(PublishedSchedule.of(0.999, 0)).isEqualTo(new PublishedSchedule(Math.sqrt(0.999), 2, 2, 1, 1));
    }

    @Test
    void countsBeyondAnIntAreCutThere() {
        assertThat(PublishedSchedule.of(1e-6, 0.99).units()).isEqualTo(Integer.MAX_VALUE);
    }
}
