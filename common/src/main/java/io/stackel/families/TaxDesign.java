package io.stackel.families;

import io.stackel.math.Logistic;
import io.stackel.mdp.MarkovGame;
import io.stackel.problem.FiniteProblem;
import io.stackel.problem.Parameter;
import io.stackel.problem.Range;
import io.stackel.problem.Settings;
import io.stackel.random.RandomStream;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.apache.spark.ml.linalg.DenseVector;

/**
 * Taxes for a consumer who works, consumes and saves. State s: wealth; action: hours h worked, consumption c_i of each good;
 * x: one logit for the value-added tax y_i of each good and, last, one for the income tax z, each tax {@code maximalTax
 * s(x)} with the logistic function s:
 *
 * <pre>
 *   r_x = assetUtility s - workDisutility h^2 + prod_i ( c_i / (1 + y_i) )^alpha_i
 *   s'  = clip( s + (1 - z) wage h - sum_i c_i ) + truncated normal noise                         x in the transitions
 *   u_x = welfareOfConsumption mean_i( c_i / (1 + y_i) ) / largest c + welfareOfTaxes log( 1 + sum_i y_i c_i / (1 + y_i) + z wage h )
 * </pre>
 *
 * <p>A context is a vector alpha of tastes. Source: Thoma, Pasztor, Krause, Ramponi, Hu, "Contextual bilevel reinforcement
 * learning for incentive alignment", NeurIPS 2024, tax design, with the numbers of its published code. Departures: wealth is
 * one of S cells, seen by its middle, and episodes have no last step, where the published ones are cut after 200.
 *
 * @param grid cells of wealth and the noise
 * @param start probabilities of the first cell
 * @param economy what does not depend on x
 * @param discount in [0, 1)
 * @param entropyWeight tau, at least 0
 */
record TaxDesign(AssetGrid grid, double[] start, Economy economy, double discount, double entropyWeight)
        implements FiniteProblem {

    /** alpha of every context. */
    private static final double[][] TASTES = {{0.6, 0.3, 0.1}, {0.1, 0.7, 0.2}};

    private static final int GOODS = TASTES[0].length;
    private static final double START_DEVIATION = 1.4142135623730951;

    /** The defaults are the published numbers, but for the cells of wealth, which are continuous there. */
    static final ProblemFamily FAMILY = ProblemFamily.of(
            "tax-design",
            "income and value-added taxes for a consumer who works, consumes and saves",
            TaxDesign::make,
            Parameter.whole("states", 41, Range.closed(1, 10_000), "Number of cells into which wealth is divided."),
            Parameter.real("lowestWealth", -100, Range.FINITE, "Lowest wealth; what falls below it is clipped."),
            Parameter.real("highestWealth", 100, Range.FINITE, "Highest wealth; what rises above it is clipped."),
            Parameter.real("deviation", 5, Range.POSITIVE, "Standard deviation of the noise in wealth."),
            Parameter.whole(
                    "hoursLevels", 10, Range.closed(1, 100), "Number of levels of work, the first of which is none."),
            Parameter.real("hoursStep", 0.89, Range.POSITIVE, "Hours of work between two levels."),
            Parameter.whole(
                    "consumptionLevels",
                    5,
                    Range.closed(2, 20),
                    "Number of levels of consumption of each of the three goods."),
            Parameter.real("consumptionStep", 1.25, Range.POSITIVE, "Consumption between two levels."),
            Parameter.real("wage", 1, Range.NON_NEGATIVE, "Wage of an hour of work."),
            Parameter.real(
                    "assetUtility", 1, Range.FINITE, "Reward of the consumer for a unit of wealth, in each step."),
            Parameter.real(
                    "workDisutility",
                    0.1,
                    Range.NON_NEGATIVE,
                    "Disutility of work: this times the square of the hours."),
            Parameter.real(
                    "welfareOfConsumption",
                    15,
                    Range.NON_NEGATIVE,
                    "Weight of consumption in social welfare: this times the mean share consumed, net of taxes."),
            Parameter.real(
                    "welfareOfTaxes",
                    5,
                    Range.NON_NEGATIVE,
                    "Weight of taxes in social welfare: this times the logarithm of 1 plus all taxes."),
            Parameter.real("startTax", 0.3, Range.POSITIVE, "Every tax where x starts; below maximalTax."),
            Parameter.real(
                    "maximalTax",
                    2,
                    Range.POSITIVE,
                    "Highest tax: a tax is this times the logistic function of a coordinate of x."),
            Parameter.real("discount", 0.9, Range.halfOpen(0, 1), "Discount factor of both levels."),
            Parameter.real(
                    "entropyWeight",
                    0.1,
                    Range.NON_NEGATIVE,
                    "Weight tau of the entropy in the consumer's objective."));

    private static TaxDesign make(Settings settings) {
        double low = settings.real("lowestWealth");
        double high = settings.real("highestWealth");
        if (!(low < high)) {
            throw new IllegalArgumentException(
                    "problem.lowestWealth must be below highestWealth " + high + ", but was " + low);
        }
        double startTax = settings.real("startTax");
        double maximalTax = settings.real("maximalTax");
        if (!(startTax < maximalTax)) {
            throw new IllegalArgumentException(
                    "problem.startTax must be below maximalTax " + maximalTax + ", but was " + startTax);
        }
        int states = settings.count("states");
        double[] start = new double[states];
        AssetGrid first = new AssetGrid(states, low, high, START_DEVIATION);
        first.probabilities(first.clipped(0), start, 0);
        return new TaxDesign(
                new AssetGrid(states, low, high, settings.real("deviation")),
                start,
                new TaxDesign.Economy(
                        levels(settings.count("hoursLevels"), settings.real("hoursStep")),
                        levels(settings.count("consumptionLevels"), settings.real("consumptionStep")),
                        settings.real("wage"),
                        settings.real("assetUtility"),
                        settings.real("workDisutility"),
                        settings.real("welfareOfConsumption"),
                        settings.real("welfareOfTaxes"),
                        startTax,
                        maximalTax),
                settings.real("discount"),
                settings.real("entropyWeight"));
    }

    private static double[] levels(int count, double step) {
        return IntStream.range(0, count).mapToDouble(level -> level * step).toArray();
    }

    /**
     * Levels and weights.
     *
     * @param hours h of every level of work
     * @param consumption c of every level of consumption, at least two, multiples of the second
     * @param startTax every tax where a run starts, below {@code maximalTax}
     */
    record Economy(
            double[] hours,
            double[] consumption,
            double wage,
            double assetUtility,
            double workDisutility,
            double welfareOfConsumption,
            double welfareOfTaxes,
            double startTax,
            double maximalTax) {}

    @Override
    public int upperSize() {
        return GOODS + 1;
    }

    @Override
    public String upperName(int i) {
        return i < GOODS ? "logit of the tax on good " + (i + 1) : "logit of the income tax";
    }

    @Override
    public String stateName(int state) {
        return "wealth " + Math.round(grid.middle(state));
    }

    @Override
    public DenseVector upperStart(RandomStream random) {
        return startingTaxes();
    }

    private DenseVector startingTaxes() {
        double[] x = new double[upperSize()];
        Arrays.fill(x, StrictMath.log(economy.startTax / (economy.maximalTax - economy.startTax)));
        return new DenseVector(x);
    }

    @Override
    public int contexts() {
        return TASTES.length;
    }

    @Override
    public Dependence dependence() {
        return new Dependence(false, true, true, true);
    }

    @Override
    public int actions() {
        return economy.hours.length * power(economy.consumption.length, GOODS);
    }

    @Override
    public int states() {
        return grid.cells();
    }

    /** At the taxes of the start. */
    @Override
    public MarkovGame game(int context) {
        return game(startingTaxes(), context);
    }

    @Override
    public MarkovGame game(DenseVector upper, int context) {
        int actions = actions();
        int states = states();
        double incomeTax = tax(upper, GOODS);
        double[] rows = new double[RandomTables.cells(states, moves(), states)];
        for (int row = 0; row < states * moves(); row++) {
            grid.probabilities(grid.clipped(mean(incomeTax, row / moves(), row % moves())), rows, row * states);
        }
        double[] transition = new double[RandomTables.cells(states, actions, states)];
        for (int cell = 0; cell < states * actions; cell++) {
            int row = cell / actions * moves() + move(cell % actions);
            System.arraycopy(rows, row * states, transition, cell * states, states);
        }
        return MarkovGame.ofProcess(states, actions, transition, start, discount);
    }

    /** What wealth depends on of an action: the hours and the number of levels consumed in all. */
    private int moves() {
        return economy.hours.length * (GOODS * (economy.consumption.length - 1) + 1);
    }

    private int move(int action) {
        int levels = 0;
        for (int good = 0; good < GOODS; good++) {
            levels += level(action, good);
        }
        return levels * economy.hours.length + action % economy.hours.length;
    }

    /** The level of consumption of a good; the hours are the last digit of an action. */
    private int level(int action, int good) {
        int levels = economy.consumption.length;
        return action / economy.hours.length / power(levels, good) % levels;
    }

    private static int power(int base, int exponent) {
        return exponent == 0 ? 1 : base * power(base, exponent - 1);
    }

    private double mean(double incomeTax, int state, int move) {
        int levels = move / economy.hours.length;
        return grid.middle(state) + (1 - incomeTax) * earned(move) - levels * economy.consumption[1];
    }

    /** Before tax; of a move or of an action. */
    private double earned(int move) {
        return economy.wage * economy.hours[move % economy.hours.length];
    }

    @Override
    public void addTransitionGradient(DenseVector upper, int context, double[] weights, double[] value, double[] into) {
        double[] merged = new double[states() * moves()];
        int actions = actions();
        for (int cell = 0; cell < weights.length; cell++) {
            merged[cell / actions * moves() + move(cell % actions)] += weights[cell];
        }
        double incomeTax = tax(upper, GOODS);
        double sum = 0;
        for (int row = 0; row < merged.length; row++) {
            double mean = mean(incomeTax, row / moves(), row % moves());
            if (merged[row] != 0 && grid.isInside(mean)) {
                sum -= merged[row] * earned(row % moves()) * grid.slope(mean, value);
            }
        }
        into[GOODS] += sum * slope(upper, GOODS);
    }

    @Override
    public void addTransitionScore(DenseVector upper, int context, int cell, int next, double weight, double[] into) {
        int move = move(cell % actions());
        double mean = mean(tax(upper, GOODS), cell / actions(), move);
        if (grid.isInside(mean)) {
            into[GOODS] -= weight * earned(move) * grid.score(mean, next) * slope(upper, GOODS);
        }
    }

    /** A tax, the income tax last. */
    double tax(DenseVector upper, int number) {
        return economy.maximalTax * Logistic.of(upper.values()[number]);
    }

    /** Its derivative in its logit. */
    private double slope(DenseVector upper, int number) {
        double share = Logistic.of(upper.values()[number]);
        return economy.maximalTax * share * (1 - share);
    }

    @Override
    public void lowerReward(DenseVector upper, int context, double[] into) {
        int actions = actions();
        double[] ofAction = new double[actions];
        for (int action = 0; action < actions; action++) {
            double hours = economy.hours[action % economy.hours.length];
            ofAction[action] = utility(upper, context, action) - economy.workDisutility * hours * hours;
        }
        for (int cell = 0; cell < into.length; cell++) {
            into[cell] = economy.assetUtility * grid.middle(cell / actions) + ofAction[cell % actions];
        }
    }

    private double utility(DenseVector upper, int context, int action) {
        double product = 1;
        for (int good = 0; good < GOODS; good++) {
            product *= StrictMath.pow(net(upper, action, good), TASTES[context][good]);
        }
        return product;
    }

    /** What is left of the consumption of a good after its tax. */
    private double net(DenseVector upper, int action, int good) {
        return economy.consumption[level(action, good)] / (1 + tax(upper, good));
    }

    @Override
    public void addLowerRewardGradient(DenseVector upper, int context, double[] weights, double[] into) {
        double[] merged = merged(weights);
        for (int action = 0; action < merged.length; action++) {
            if (merged[action] == 0) {
                continue;
            }
            double utility = merged[action] * utility(upper, context, action);
            for (int good = 0; good < GOODS; good++) {
                into[good] -= utility * TASTES[context][good] / (1 + tax(upper, good)) * slope(upper, good);
            }
        }
    }

    private double[] merged(double[] weights) {
        double[] merged = new double[actions()];
        for (int cell = 0; cell < weights.length; cell++) {
            merged[cell % merged.length] += weights[cell];
        }
        return merged;
    }

    @Override
    public void upperReward(DenseVector upper, int context, double[] into) {
        double[] ofAction = new double[actions()];
        for (int action = 0; action < ofAction.length; action++) {
            double net = 0;
            for (int good = 0; good < GOODS; good++) {
                net += net(upper, action, good);
            }
            ofAction[action] = economy.welfareOfConsumption * net / (GOODS * mostConsumed())
                    + economy.welfareOfTaxes * StrictMath.log(1 + taxes(upper, action));
        }
        for (int cell = 0; cell < into.length; cell++) {
            into[cell] = ofAction[cell % ofAction.length];
        }
    }

    private double mostConsumed() {
        return economy.consumption[economy.consumption.length - 1];
    }

    private double taxes(DenseVector upper, int action) {
        double taxes = tax(upper, GOODS) * earned(action);
        for (int good = 0; good < GOODS; good++) {
            taxes += tax(upper, good) * net(upper, action, good);
        }
        return taxes;
    }

    @Override
    public void addUpperRewardGradient(DenseVector upper, int context, double[] weights, double[] into) {
        double[] merged = merged(weights);
        for (int action = 0; action < merged.length; action++) {
            if (merged[action] == 0) {
                continue;
            }
            double ofTaxes = merged[action] * economy.welfareOfTaxes / (1 + taxes(upper, action));
            double ofNet = merged[action] * economy.welfareOfConsumption / (GOODS * mostConsumed());
            for (int good = 0; good < GOODS; good++) {
                double perTax = net(upper, action, good) / (1 + tax(upper, good)) * slope(upper, good);
                into[good] += (ofTaxes - ofNet) * perTax;
            }
            into[GOODS] += ofTaxes * earned(action) * slope(upper, GOODS);
        }
    }
}
