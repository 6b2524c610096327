package example.lottery;

import io.stackel.problem.Parameter;
import io.stackel.problem.Problem;
import io.stackel.problem.ProblemFactory;
import io.stackel.problem.Range;
import io.stackel.problem.Settings;
import io.stackel.problem.Simulator;
import io.stackel.problem.Step;
import io.stackel.problem.TrajectoryProblem;
import io.stackel.random.RandomStream;
import java.util.List;
import org.apache.spark.ml.linalg.DenseVector;

/** One draw at the leader's price x: action 1 plays, wins 1 with the given probability and pays x. */
public final class PricedLottery implements ProblemFactory {

    @Override
    public String name() {
        return "priced-lottery";
    }

    @Override
    public String summary() {
        return "the price of a lottery ticket";
    }

    @Override
    public List<Parameter> parameters() {
        return List.of(Parameter.real("chance", 0.5, Range.closed(0, 1), "Probability of a win."));
    }

    @Override
    public Problem create(Settings settings) {
        return new Lottery(settings.real("chance"));
    }

    private record Lottery(double chance) implements TrajectoryProblem {

        @Override
        public int upperSize() {
            return 1;
        }

        @Override
        public int actions() {
            return 2;
        }

        @Override
        public int observationSize() {
            return 1;
        }

        @Override
        public double discount() {
            return 0.5;
        }

        @Override
        public double entropyWeight() {
            return 0.3;
        }

        @Override
        public Simulator simulator(DenseVector upper, int context) {
            return new Draw(chance, upper.apply(0));
        }
    }

    private record Draw(double chance, double price) implements Simulator {

        @Override
        public void start(RandomStream random) {}

        @Override
        public void observe(double[] into) {
            into[0] = 1;
        }

        @Override
        public void step(int action, RandomStream random, Step into) {
            if (action == 1) {
                into.rewards((random.nextDouble() < chance ? 1 : 0) - price, price);
                into.lowerRewardGradient().add(0, -1);
                into.upperRewardGradient().add(0, 1);
            }
            into.terminate();
        }
    }
}
