package io.stackel.families;

import static io.stackel.random.NormalDraws.normal;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.stackel.mdp.ClassicControl;
import io.stackel.problem.Settings;
import io.stackel.problem.Simulator;
import io.stackel.problem.Step;
import io.stackel.problem.TrajectoryProblem;
import io.stackel.random.Purpose;
import io.stackel.random.RandomStream;
import java.util.Map;
import org.apache.spark.ml.linalg.DenseVector;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RewardShapingTest {

    private static final double DISCOUNT = 0.9;

    @ParameterizedTest
    @EnumSource
    void everyTaskPassesTheChecksOfASampledProblem(ClassicControl task) {
        passesTheChecks(problem(task));
        passesTheChecks(problem(task, "bonus", "sparse"));
    }

    private static void passesTheChecks(TrajectoryProblem problem) {
        assertThat(TaskChecks.requirePassed(problem, 1).findings()).hasSize(12);
    }

    /** The sum of the discounted shaping over a whole path is discount^T Phi(o_T) - Phi(o_0), the first term 0 at an end. */
    @ParameterizedTest
    @EnumSource
    void shapingTelescopesToThePotentialsOfTheFirstAndTheLastObservation(ClassicControl task) {
        TrajectoryProblem problem = problem(task);
        double[] x = normal(3, problem.upperSize(), 1);
        Simulator simulator = problem.simulator(new DenseVector(x), 0);
        RandomStream random = RandomStream.at(5, Purpose.CHECK, 0, 0, 0, 0);
        double[] observation = new double[problem.observationSize()];
        simulator.start(random);
        simulator.observe(observation);
        double wanted = -potential(x, observation);
        double sum = 0;
        double power = 1;
        Step step = new Step();
        for (int t = 0; t < 60 && !step.terminated(); t++) {
            step.clear();
            simulator.step(new double[] {t % 2}, random, step);
            sum += power * (step.lowerReward() - step.upperReward());
            power *= DISCOUNT;
        }
        assertThat(step.terminated()).isEqualTo(task == ClassicControl.CART_POLE);
        if (!step.terminated()) {
            simulator.observe(observation);
            wanted += power * potential(x, observation);
        }
        assertThat(sum).isCloseTo(wanted, within(1e-12));
    }

    private static double potential(double[] x, double[] observation) {
        int d = observation.length - 1;
        double sum = 0;
        int next = d;
        for (int i = 0; i < d; i++) {
            sum += x[i] * observation[i];
            for (int j = i; j < d; j++) {
                sum += x[next++] * observation[i] * observation[j];
            }
        }
        return sum;
    }

    private static TrajectoryProblem problem(ClassicControl task) {
        return problem(task, "potential", "dense");
    }

    private static TrajectoryProblem problem(ClassicControl task, String shaping, String rewards) {
        return (TrajectoryProblem) RewardShaping.FAMILY.create(Settings.of(Map.of(
                "task",
                task.word(),
                "discount",
                DISCOUNT,
                "entropyWeight",
                0.1,
                "cost",
                0.05,
                "shaping",
                shaping,
                "rewards",
                rewards,
                "features",
                "products")));
    }

    /** A bonus pays Phi where it arrives, nothing at the end; sparse rewards are 0 but for -1 at the end. */
    @Test
    void sparseRewardsPayTheEndAndABonusTheObservationThatIsReached() {
        TrajectoryProblem problem = problem(ClassicControl.CART_POLE, "bonus", "sparse");
        double[] x = normal(3, problem.upperSize(), 1);
        Simulator simulator = problem.simulator(new DenseVector(x), 0);
        RandomStream random = RandomStream.at(5, Purpose.CHECK, 0, 0, 0, 0);
        double[] observation = new double[problem.observationSize()];
        simulator.start(random);
        Step step = new Step();
        while (true) {
            step.clear();
            simulator.step(1, random, step);
            if (step.terminated()) {
                break;
            }
            simulator.observe(observation);
            assertThat(step.upperReward()).isZero();
            assertThat(step.lowerReward()).isCloseTo(potential(x, observation), within(1e-12));
        }
        assertThat(step.upperReward()).isEqualTo(-1);
        assertThat(step.lowerReward()).isEqualTo(-1);
    }

    @Test
    void anUprightPendulumIsPaidInEachStep() {
        TrajectoryProblem problem = problem(ClassicControl.PENDULUM, "potential", "sparse");
        Simulator simulator = problem.simulator(new DenseVector(new double[problem.upperSize()]), 0);
        double[] observation = new double[problem.observationSize()];
        Step step = new Step();
        int upright = 0;
        for (int trajectory = 0; trajectory < 200; trajectory++) {
            RandomStream random = RandomStream.at(5, Purpose.CHECK, 0, trajectory, 0, 0);
            simulator.start(random);
            step.clear();
            simulator.step(new double[1], random, step);
            simulator.observe(observation);
            assertThat(step.upperReward()).isEqualTo(observation[0] > 0.95 ? 1 : 0);
            upright += observation[0] > 0.95 ? 1 : 0;
        }
        assertThat(upright).isBetween(5, 60);
    }
}
