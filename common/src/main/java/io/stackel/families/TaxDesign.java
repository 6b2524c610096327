package io.stackel.families;

import io.stackel.math.Logistic;
import io.stackel.mdp.MarkovGame;
import io.stackel.problem.FiniteProblem;
import io.stackel.random.RandomStream;
import java.util.Arrays;
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
 * @param tastes one vector alpha a context, as long as there are goods
 * @param discount in [0, 1)
 * @param entropyWeight tau, at least 0
 */
record TaxDesign(
        AssetGrid grid, double[] start, Economy economy, double[][] tastes, double discount, double entropyWeight)
        implements FiniteProblem {

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

    private int goods() {
        return tastes[0].length;
    }

    @Override
    public int upperSize() {
        return goods() + 1;
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
        return tastes.length;
    }

    @Override
    public Dependence dependence() {
        return new Dependence(false, true, true, true);
    }

    @Override
    public int actions() {
        int actions = economy.hours.length;
        for (int good = 0; good < goods(); good++) {
            actions *= economy.consumption.length;
        }
        return actions;
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
        double incomeTax = tax(upper, goods());
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
        return economy.hours.length * (goods() * (economy.consumption.length - 1) + 1);
    }

    private int move(int action) {
        int levels = 0;
        for (int good = 0; good < goods(); good++) {
            levels += level(action, good);
        }
        return levels * economy.hours.length + action % economy.hours.length;
    }

    /** The level of consumption of a good; the hours are the last digit of an action. */
    private int level(int action, int good) {
        int rest = action / economy.hours.length;
        for (int i = 0; i < good; i++) {
            rest /= economy.consumption.length;
        }
        return rest % economy.consumption.length;
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
        double incomeTax = tax(upper, goods());
        double sum = 0;
        for (int row = 0; row < merged.length; row++) {
            double mean = mean(incomeTax, row / moves(), row % moves());
            if (merged[row] != 0 && grid.isInside(mean)) {
                sum -= merged[row] * earned(row % moves()) * grid.slope(mean, value);
            }
        }
        into[goods()] += sum * slope(upper, goods());
    }

    @Override
    public void addTransitionScore(DenseVector upper, int context, int cell, int next, double weight, double[] into) {
        int move = move(cell % actions());
        double mean = mean(tax(upper, goods()), cell / actions(), move);
        if (grid.isInside(mean)) {
            into[goods()] -= weight * earned(move) * grid.score(mean, next) * slope(upper, goods());
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
        for (int good = 0; good < goods(); good++) {
            product *= StrictMath.pow(net(upper, action, good), tastes[context][good]);
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
            double utility = merged[action] * utility(upper, context, action);
            for (int good = 0; good < goods(); good++) {
                into[good] -= utility * tastes[context][good] / (1 + tax(upper, good)) * slope(upper, good);
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
            for (int good = 0; good < goods(); good++) {
                net += net(upper, action, good);
            }
            ofAction[action] = economy.welfareOfConsumption * net / (goods() * mostConsumed())
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
        double taxes = tax(upper, goods()) * earned(action);
        for (int good = 0; good < goods(); good++) {
            taxes += tax(upper, good) * net(upper, action, good);
        }
        return taxes;
    }

    @Override
    public void addUpperRewardGradient(DenseVector upper, int context, double[] weights, double[] into) {
        double[] merged = merged(weights);
        for (int action = 0; action < merged.length; action++) {
            double ofTaxes = merged[action] * economy.welfareOfTaxes / (1 + taxes(upper, action));
            double ofNet = merged[action] * economy.welfareOfConsumption / (goods() * mostConsumed());
            for (int good = 0; good < goods(); good++) {
                double perTax = net(upper, action, good) / (1 + tax(upper, good)) * slope(upper, good);
                into[good] += (ofTaxes - ofNet) * perTax;
            }
            into[goods()] += ofTaxes * earned(action) * slope(upper, goods());
        }
    }
}
