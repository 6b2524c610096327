package io.stackel.exact;

import io.stackel.math.VectorMath;
import io.stackel.mdp.MarkovGame;
import io.stackel.problem.FiniteProblem;
import io.stackel.problem.InverseProblem;
import java.util.Arrays;
import org.apache.spark.ml.linalg.DenseVector;

/**
 * A finite problem in one context with its tables at one upper variable x: exact values, penalties and hypergradients.
 *
 * <p>A policy is given by its log-probabilities, S x B, so that small probabilities keep their logarithms; minus
 * infinity is a probability of zero. Every gradient in x is one pullback: with weights m(s,b) and a value table V,
 *
 * <pre>
 *     sum_{s,b} m(s,b) d/dx ( r_x(s,b) + discount sum_t P_x(t|s,b) V(t) )
 * </pre>
 *
 * <p>where the table's own derivative goes through the problem's pullbacks and mu_x through its scores. Derivatives of
 * the optimum follow by one adjoint solve of size S: for {@code w = dF/dQ*},
 *
 * <pre>
 *     dF/dx = pullback of m(s,b) = w(s,b) + y(s) pi*(b|s)       y = (I - discount P_pi*)'^-1 discount P' w
 * </pre>
 */
public final class ExactPoint {

    private final FiniteProblem problem;
    private final MarkovGame game;
    private final DenseVector upper;
    private final PointTables tables;

    ExactPoint(ExactModel prepared, DenseVector upper) {
        problem = prepared.problem;
        game = prepared.game;
        this.upper = upper;
        tables = new PointTables(prepared, upper);
    }

    /**
     * The follower's optimum when its reward is {@code r_x + upperRewardWeight u_x}: its best response at weight 0, and
     * the policy of a surrogate at weight plus or minus sigma.
     *
     * @param tolerance as in {@link SoftOptimum#solve}
     * @param warmValue a first guess of the optimal value, length S, or empty
     */
    public SoftOptimum best(double upperRewardWeight, double tolerance, double[] warmValue) {
        return tables.best(upperRewardWeight, tolerance, warmValue);
    }

    /**
     * The follower's best response without entropy, whatever the problem's entropy weight is; of actions that are equally good
     * it plays the first.
     *
     * @param tolerance as in {@link SoftOptimum#solve}
     */
    public SoftOptimum hardBest(double tolerance) {
        return tables.hardBest(tolerance);
    }

    /** Values, visits and Q of a policy given by its log-probabilities, S x B. */
    public PolicyValues evaluate(double[] logPolicy) {
        if (logPolicy.length != game.followerCells()) {
            throw new IllegalArgumentException(
                    "logPolicy must have " + game.followerCells() + " values, but has " + logPolicy.length);
        }
        double[] policy = probabilities(logPolicy);
        return tables.evaluate(logPolicy, policy, tables.system(policy));
    }

    /** Gradients of the follower's value J. */
    public Gradients followerGradients(PolicyValues at) {
        double[] inLower = new double[game.followerCells()];
        for (int i = 0; i < inLower.length; i++) {
            int s = i / game.followerActions();
            inLower[i] = PointTables.weighted(
                    at.visits()[s] * at.policy()[i], at.q()[i] - tables.entropy(at.logPolicy()[i]) - at.value()[s]);
        }
        double[] inUpper = new double[problem.upperSize()];
        tables.addLower(occupancy(at), at.value(), inUpper);
        return new Gradients(inLower, inUpper);
    }

    /**
     * The gradient in x of the follower's value where it starts otherwise, {@code sum_s weights(s) grad_x V^pi(s)}.
     *
     * @param weights length S; a difference of two distributions gives the difference of their gradients
     */
    public double[] followerGradient(PolicyValues at, double[] weights) {
        double[] visits = tables.system(at.policy()).solveTransposed(weights);
        double[] gradient = new double[problem.upperSize()];
        tables.addLower(occupancy(visits, at.policy()), at.value(), gradient);
        return gradient;
    }

    /**
     * What the follower's answer to x brings the leader in each state, S x m: with the leader's advantage A and with Q of the
     * policy, which stays,
     *
     * <pre>
     *     G(s) = (1/tau) sum_b pi(b|s) A(s,b) dQ(s,b)       dQ(s,b) = d( r_x + discount P_x V )(s,b) + discount P E_pi dQ
     * </pre>
     *
     * <p>At the best response it is {@code sum_b A(s,b) dpi*(b|s)}, and the hypergradient is grad_x f less the sum of G over
     * discounted visits.
     */
    public double[] responseGradients(PolicyValues at) {
        double tau = requireEntropy("response");
        PolicySystem system = tables.system(at.policy());
        double[] advantage = at.upperAdvantage();
        double[] weights = new double[advantage.length];
        double[] row = new double[problem.upperSize()];
        double[] gradients = new double[Math.multiplyExact(game.states(), row.length)];
        for (int s = 0; s < game.states(); s++) {
            int from = s * game.followerActions();
            int to = from + game.followerActions();
            for (int i = from; i < to; i++) {
                weights[i] = at.policy()[i] * advantage[i] / tau;
            }
            Arrays.fill(row, 0);
            tables.addFixedPointDerivative(weights, at.policy(), at.value(), system, row);
            System.arraycopy(row, 0, gradients, s * row.length, row.length);
            Arrays.fill(weights, from, to, 0);
        }
        return gradients;
    }

    /** Gradients of the upper objective f, of which a likelihood -sum m log pi is a sum of weighted scores. */
    public Gradients upperGradients(PolicyValues at) {
        double[] inLower = new double[game.followerCells()];
        for (int i = 0; i < inLower.length; i++) {
            int s = i / game.followerActions();
            inLower[i] = -at.visits()[s] * at.policy()[i] * (at.upperQ()[i] - at.upperValue()[s]);
        }
        PointTables.experts(problem)
                .map(experts -> Gradients.inLogits(experts.experts().occupancy(), at.policy(), problem.actions()))
                .ifPresent(gradient -> VectorMath.addScaled(-1, gradient, inLower));
        double[] inUpper = new double[problem.upperSize()];
        tables.addUpper(VectorMath.scaled(-1, occupancy(at)), at.upperValue(), inUpper);
        problem.addUpperTermGradient(upper, inUpper);
        return new Gradients(inLower, inUpper);
    }

    /**
     * The follower's loss J* - J, as a sum without cancellation: over states, visits times regret, which is {@code tau
     * KL(pi || pi*)} for tau above zero.
     *
     * @param best the optimum at weight 0
     */
    public double lowerGap(PolicyValues at, SoftOptimum best) {
        return VectorMath.dot(at.visits(), regret(at, best));
    }

    /**
     * The value penalty J* - J; its gradient in x holds the optimum fixed (Danskin), which at tau = 0 has to be unique.
     *
     * @param best the optimum at weight 0
     */
    public Penalty valuePenalty(PolicyValues at, SoftOptimum best) {
        Gradients own = followerGradients(at);
        double[] inLower = VectorMath.scaled(-1, own.inLower());
        double[] inUpper = followerGradients(evaluate(best.logPolicy())).inUpper();
        VectorMath.addScaled(-1, own.inUpper(), inUpper);
        return new Penalty(lowerGap(at, best), new Gradients(inLower, inUpper));
    }

    /**
     * The Bellman penalty {@code g - min g} with {@code g = sum over s of nu(s) sum_b pi(b|s) ( -Q*(s,b) + tau log
     * pi(b|s) )}.
     *
     * @param best the optimum at weight 0
     * @param stateDistribution nu, length S; a state without weight is not constrained
     */
    public Penalty bellmanPenalty(PolicyValues at, SoftOptimum best, double[] stateDistribution) {
        double[] regret = regret(at, best);
        double[] inLower = new double[game.followerCells()];
        double[] weights = new double[game.followerCells()];
        for (int i = 0; i < inLower.length; i++) {
            int s = i / game.followerActions();
            double advantage = best.q()[i] - best.value()[s] - tables.entropy(at.logPolicy()[i]);
            inLower[i] = PointTables.weighted(-stateDistribution[s] * at.policy()[i], advantage + regret[s]);
            weights[i] = stateDistribution[s] * (best.policy()[i] - at.policy()[i]);
        }
        double[] inUpper = new double[problem.upperSize()];
        tables.addFixedPointDerivative(weights, best.policy(), best.value(), tables.system(best.policy()), inUpper);
        return new Penalty(VectorMath.dot(stateDistribution, regret), new Gradients(inLower, inUpper));
    }

    /**
     * The bilevel objective Phi(x) = f(x, pi*) and its exact gradient, by the implicit function theorem:
     *
     * <pre>
     *     dPhi/dx = grad_x f + sum (df/dpi) dpi* / dx       dpi*(b|s) = pi*(b|s)/tau ( dQ*(s,b) - sum_c pi*(c|s) dQ*(s,c) )
     * </pre>
     *
     * @param best the optimum at weight 0
     * @throws IllegalStateException if the entropy weight is 0, where the best response has no derivative
     */
    public Objective hypergradient(SoftOptimum best) {
        requireEntropy("hypergradient");
        PolicySystem system = tables.system(best.policy());
        PolicyValues at = tables.evaluate(best.logPolicy(), best.policy(), system);
        return hypergradient(best, system, at.upperObjective(), upperGradients(at));
    }

    /**
     * The gradient of any function of x and of the best response, from its value and its partial gradients there.
     *
     * @param best the optimum at weight 0
     * @throws IllegalStateException if the entropy weight is 0, where the best response has no derivative
     */
    Objective hypergradient(SoftOptimum best, double value, Gradients direct) {
        return hypergradient(best, tables.system(best.policy()), value, direct);
    }

    private Objective hypergradient(SoftOptimum best, PolicySystem system, double value, Gradients direct) {
        double tau = requireEntropy("hypergradient");
        double[] gradient = direct.inUpper().clone();
        tables.addFixedPointDerivative(
                VectorMath.scaled(1 / tau, direct.inLower()), best.policy(), best.value(), system, gradient);
        return new Objective(value, gradient);
    }

    /** Whether the upper objective is minus a return of the follower's own process, so that surrogates can be planned. */
    public boolean hasSurrogates() {
        return problem.as(InverseProblem.class).isEmpty();
    }

    /**
     * The penalty surrogate {@code Phi_sigma(x) = min over pi of f + (J* - J)/sigma} and its gradient.
     *
     * @param best the optimum at weight 0
     * @param plus the optimum at weight sigma
     */
    public Objective oneSidedSurrogate(double sigma, SoftOptimum best, SoftOptimum plus) {
        return difference(0, best, sigma, plus, best);
    }

    /**
     * The two-sided surrogate: {@code upperTerm - ( L(sigma) - L(-sigma) ) / (2 sigma)}, where L(k) is the optimal value
     * for the reward r + k u; its bias is of order sigma squared.
     *
     * @param best the optimum at weight 0
     * @param minus the optimum at weight -sigma
     * @param plus the optimum at weight sigma
     */
    public Objective twoSidedSurrogate(double sigma, SoftOptimum best, SoftOptimum minus, SoftOptimum plus) {
        return difference(-sigma, minus, sigma, plus, best);
    }

    /** Minus the difference quotient of L over two weights, plus the term in x; the gradient holds the optima fixed. */
    private Objective difference(double low, SoftOptimum atLow, double high, SoftOptimum atHigh, SoftOptimum best) {
        requireEntropy("surrogate");
        if (!hasSurrogates()) {
            throw new IllegalStateException(
                    "a surrogate needs an upper objective that is minus a return, but that of this"
                            + " problem is a likelihood");
        }
        PolicyValues lower = evaluate(atLow.logPolicy());
        PolicyValues higher = evaluate(atHigh.logPolicy());
        double width = high - low;
        double gaps = lowerGap(higher, best) - (low == 0 ? 0 : lowerGap(lower, best));
        double returns = high * higher.upperReturn() - low * lower.upperReturn();
        double[] gradient = new double[problem.upperSize()];
        problem.addUpperTermGradient(upper, gradient);
        addDifference(-1 / width, higher, high, gradient);
        addDifference(1 / width, lower, low, gradient);
        return new Objective((gaps - returns) / width + tables.upperTerm(), gradient);
    }

    private void addDifference(double factor, PolicyValues at, double weight, double[] into) {
        double[] occupancy = occupancy(at);
        tables.addLower(VectorMath.scaled(factor, occupancy), at.value(), into);
        if (weight != 0) {
            tables.addUpper(VectorMath.scaled(factor * weight, occupancy), at.upperValue(), into);
        }
    }

    /** V*(s) - sum_b pi(b|s) ( Q*(s,b) - tau log pi(b|s) ), at least 0. */
    private double[] regret(PolicyValues at, SoftOptimum best) {
        double[] regret = new double[game.states()];
        for (int i = 0; i < at.policy().length; i++) {
            int s = i / game.followerActions();
            regret[s] += PointTables.weighted(
                    at.policy()[i], best.value()[s] - best.q()[i] + tables.entropy(at.logPolicy()[i]));
        }
        return regret;
    }

    private double[] occupancy(PolicyValues at) {
        return occupancy(at.visits(), at.policy());
    }

    private double[] occupancy(double[] visits, double[] policy) {
        double[] occupancy = new double[policy.length];
        Arrays.setAll(occupancy, i -> visits[i / game.followerActions()] * policy[i]);
        return occupancy;
    }

    private double requireEntropy(String what) {
        double tau = problem.entropyWeight();
        if (!(tau > 0)) {
            throw new IllegalStateException("a " + what + " needs an entropyWeight above 0, but it is " + tau);
        }
        return tau;
    }

    private static double[] probabilities(double[] logPolicy) {
        return Arrays.stream(logPolicy).map(StrictMath::exp).toArray();
    }
}
