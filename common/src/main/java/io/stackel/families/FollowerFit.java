package io.stackel.families;

import io.stackel.exact.SoftOptimum;
import io.stackel.math.Statistics;

/**
 * The entropy weight of the follower of a log, by maximum likelihood: under each offer the follower is taken to play the soft
 * optimum of the logged game,
 *
 * <pre>
 *   tau = argmax  sum over offers o, cells (s,b) of  n_o(s,b) log pi*_(o,tau)(b|s)
 * </pre>
 *
 * <p>The standard error is the jackknife's over groups of trajectories: it repeats the estimate without each group, one Newton
 * step from the estimate, with the transitions and rewards of that group left out too. So it contains the error of the
 * counted game, which the curvature of the likelihood does not. Source: Efron, Tibshirani, "An introduction to the
 * bootstrap", 1993, chapter 11.
 */
final class FollowerFit {

    private static final int GROUPS = 50;

    /** The likelihood is scanned at these steps of log tau about the range of the rewards, three tenfold either way. */
    private static final double SCAN = 0.5 * StrictMath.log(10);

    private static final int SCANS = 6;
    private static final double ACCURACY = 1e-7;
    private static final double GOLDEN = (Math.sqrt(5) - 1) / 2;
    private static final double STEP = 1e-3;

    private final FollowerLog log;
    private final RewardFeatures features;
    private final double discount;

    FollowerFit(FollowerLog log, RewardFeatures features, double discount) {
        this.log = log;
        this.features = features;
        this.discount = discount;
    }

    /**
     * The likeliest entropy weight.
     *
     * @throws IllegalArgumentException if the likelihood has its maximum at none
     */
    double entropyWeight() {
        Likelihood likelihood = new Likelihood(log.game(discount));
        double centre = StrictMath.log(likelihood.range());
        double best = Double.NEGATIVE_INFINITY;
        int at = -SCANS;
        for (int k = -SCANS; k <= SCANS; k++) {
            double value = likelihood.at(centre + k * SCAN);
            if (value > best) {
                best = value;
                at = k;
            }
        }
        if (at == -SCANS || at == SCANS) {
            throw new IllegalArgumentException(
                    "problem.log does not tell the follower's entropy weight: its actions are"
                            + " likeliest at " + (at < 0 ? "the smallest" : "the largest") + " that was tried, "
                            + StrictMath.exp(centre + at * SCAN) + ", as if it "
                            + (at < 0 ? "always took the best one" : "took them by chance")
                            + "; give problem.entropyWeight, or a log that says more");
        }
        return StrictMath.exp(likelihood.maximum(centre + (at - 1) * SCAN, centre + (at + 1) * SCAN));
    }

    /**
     * The standard error of an estimate.
     *
     * @param entropyWeight the likeliest
     * @return not a number for a single trajectory
     */
    double standardError(double entropyWeight) {
        double at = StrictMath.log(entropyWeight);
        int count = Math.min(GROUPS, log.trajectories());
        if (count < 2) {
            return Double.NaN;
        }
        int[] groups = log.groups(count);
        double share = (count - 1.0) / count;
        double information = -new Likelihood(log.game(discount)).curvature(at) * share;
        double[] moves = new double[count];
        for (int group = 0; group < count; group++) {
            moves[group] = new Likelihood(LoggedGame.of(log, discount, groups, group)).slope(at) / information;
        }
        return entropyWeight * Math.sqrt(share * (count - 1) * Statistics.variance(moves));
    }

    /** The likelihood of the choices in a game, as a function of log tau. */
    private final class Likelihood {

        private final LoggedGame game;
        private final double[] reward;
        private final double[][] values;

        Likelihood(LoggedGame game) {
            this.game = game;
            reward = new double[game.reward().length];
            values = new double[log.offers().length][0];
        }

        /** The largest difference of two rewards that were seen, one of each under any offer. */
        double range() {
            double low = Double.POSITIVE_INFINITY;
            double high = Double.NEGATIVE_INFINITY;
            for (double[] offer : log.offers()) {
                features.rewards(offer, reward);
                for (int cell = 0; cell < reward.length; cell++) {
                    if (game.seen()[cell]) {
                        low = Math.min(low, game.reward()[cell] + reward[cell]);
                        high = Math.max(high, game.reward()[cell] + reward[cell]);
                    }
                }
            }
            if (low == high) {
                throw new IllegalArgumentException(
                        "problem.log does not tell the follower's entropy weight: all rewards"
                                + " are equal; give problem.entropyWeight");
            }
            return high - low;
        }

        double at(double logTau) {
            double tau = StrictMath.exp(logTau);
            double sum = 0;
            for (int o = 0; o < values.length; o++) {
                game.lowerReward(features, log.offers()[o], tau, reward);
                SoftOptimum best = SoftOptimum.solve(
                        game.game().transitions(), reward, discount, tau, SoftOptimum.TO_ROUNDING, values[o]);
                values[o] = best.value();
                for (int cell = 0; cell < reward.length; cell++) {
                    long chosen = game.choices()[o][cell];
                    sum += chosen == 0 ? 0 : chosen * best.logPolicy()[cell];
                }
            }
            return sum;
        }

        double slope(double logTau) {
            return (at(logTau + STEP) - at(logTau - STEP)) / (2 * STEP);
        }

        double curvature(double logTau) {
            return (at(logTau + STEP) - 2 * at(logTau) + at(logTau - STEP)) / (STEP * STEP);
        }

        /** The maximum between two places, by golden sections. */
        double maximum(double from, double to) {
            double low = from;
            double high = to;
            double left = high - GOLDEN * (high - low);
            double right = low + GOLDEN * (high - low);
            double atLeft = at(left);
            double atRight = at(right);
            while (high - low > ACCURACY) {
                if (atLeft < atRight) {
                    low = left;
                    left = right;
                    atLeft = atRight;
                    right = low + GOLDEN * (high - low);
                    atRight = at(right);
                } else {
                    high = right;
                    right = left;
                    atRight = atLeft;
                    left = high - GOLDEN * (high - low);
                    atLeft = at(left);
                }
            }
            return (low + high) / 2;
        }
    }
}
