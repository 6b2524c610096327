package io.stackel.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.stackel.estimate.BatchRequest;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;

class PlacementTest {

    private static final BatchRequest REQUEST = GameRecipe.request(101, false);

    private final Placement placement = new Placement();

    /** Jobs on a cluster whose costs are known, until the placement has settled. */
    private int settled(double work, int slots, IntToDoubleFunction cost) {
        int tasks = placement.tasks(work, slots);
        for (int job = 0; job < 50; job++) {
            placement.learnCost(Math.max(1, tasks), cost.applyAsDouble(Math.max(1, tasks)));
            tasks = placement.tasks(work, slots);
        }
        return tasks;
    }

    /** The least of J + P c + W / P over P. */
    private static double least(double work, int slots, IntToDoubleFunction cost) {
        double least = Double.POSITIVE_INFINITY;
        for (int tasks = 1; tasks <= slots; tasks++) {
            least = Math.min(least, cost.applyAsDouble(tasks) + work / tasks);
        }
        return least;
    }

    @Test
    void aBatchOfLessWorkThanAJobCostsStaysOnTheDriver() {
        assertThat(placement.tasks(0.001, 1_000)).isZero();
        assertThat(placement.tasks(0.1, 1_000)).isPositive();
    }

    @Test
    void tasksAreBoundedByTheSlots() {
        assertThat(placement.tasks(1_000, 7)).isEqualTo(7);
    }

    @Test
    void onWideClustersAJobIsNearTheBestWhateverItCosts() {
        for (double job : new double[] {0.002, 0.01, 0.1}) {
            for (double task : new double[] {0.0001, 0.0004, 0.004, 0.02}) {
                for (double work : new double[] {0.2, 2, 20, 200}) {
                    PlacementTest other = new PlacementTest();
                    IntToDoubleFunction cost = tasks -> job + tasks * task;
                    int tasks = other.settled(work, 1_000, cost);
                    double taken = tasks == 0 ? work : cost.applyAsDouble(tasks) + work / tasks;
                    assertThat(taken)
                            .as("job %s, task %s, work %s: %d tasks", job, task, work, tasks)
                            .isLessThan(1.5 * least(work, 1_000, cost));
                }
            }
        }
    }

    @Test
    void theFirstJobTeachesNothing() {
        placement.learnCost(10, 60);

        assertThat(placement.tasks(0.03, 100)).isPositive();
    }

    @Test
    void oneSurpriseDoesNotTurnThePlacementOver() {
        int before = settled(1, 100, tasks -> 0.01 + tasks * 0.0004);

        placement.learnCost(before, 30);

        for (int job = 0; job < 20; job++) {
            int tasks = placement.tasks(1, 100);
            assertThat(tasks).isBetween(before / 2, before + 2);
            placement.learnCost(tasks, 0.01 + tasks * 0.0004);
        }
    }

    @Test
    void workIsOfAKindAndFollowsTheSizeOfTheBatch() {
        assertThat(placement.work(REQUEST)).isEmpty();

        placement.learnWork(REQUEST, 10, 1);

        assertThat(placement.work(REQUEST).getAsDouble()).isCloseTo(0.1 * REQUEST.chunks(), within(1e-9));
        BatchRequest larger = GameRecipe.request(1_000, false);
        assertThat(placement.work(larger).getAsDouble()).isCloseTo(0.1 * larger.chunks(), within(1e-9));
    }

    @Test
    void newerWorkCountsMore() {
        placement.learnWork(REQUEST, 1, 1);
        for (int batch = 0; batch < 10; batch++) {
            placement.learnWork(REQUEST, 1, 0.001);
        }

        assertThat(placement.work(REQUEST).getAsDouble() / REQUEST.chunks()).isLessThan(0.0025);
    }
}
