package io.stackel.estimate;

/**
 * The gradient of a shared pair term by term, in quadratic time, with the baseline of returns in the place of residuals:
 * one place for the rules which prefix weighs what, and for breaking them one at a time.
 */
final class PrefixRules {

    /** Which rule is broken. */
    enum Broken {
        /** None: the weights of the method. */
        NONE,
        /** The x-score's baseline carries the weight before a_t, which is as good. */
        NONE_EARLIER_BASELINE_OF_UPPER_SCORE,
        /** w_t times the whole return, for the scores of theta. */
        WHOLE_RETURN,
        /** The theta-score's baseline has no weight. */
        BASELINE_WITHOUT_RATIO,
        /** Functions of (s_t, a_t) are weighed by the prefix before a_t. */
        EARLIER_PREFIX
    }

    private final Scene scene;
    private final ValueGradient estimand;
    private final Broken broken;
    private final double traceDecay;
    private final double[] rewards = new double[Scene.HORIZON];
    private final double[] upperRewards = new double[Scene.HORIZON];
    private final double[][] logs = new double[2][Scene.HORIZON];
    private final double[][] values = new double[2][Scene.HORIZON + 1];
    private final double[][] upperValues = new double[2][Scene.HORIZON + 1];

    PrefixRules(Scene scene, ValueGradient estimand, Broken broken) {
        this(scene, estimand, broken, 1);
    }

    /** Scores are credited with what comes k steps later times traceDecay^k, without baselines. */
    PrefixRules(Scene scene, ValueGradient estimand, Broken broken, double traceDecay) {
        this.scene = scene;
        this.estimand = estimand;
        this.broken = broken;
        this.traceDecay = traceDecay;
    }

    /** Adds half of a trajectory's terms: a unit has two. */
    void add(Trajectory path) {
        path.lowerRewards(rewards);
        path.upperRewards(upperRewards);
        for (int i = 0; i < 2; i++) {
            path.logProbabilities(i, logs[i]);
            path.values(i, values[i]);
            path.upperValues(i, upperValues[i]);
        }
        int length = path.length();
        double[] lowerReward = new double[length];
        double[] upperReward = new double[length];
        double[] upperScore = new double[length];
        double[] policyScore = new double[length];
        for (int t = 0; t < length; t++) {
            int prefix = broken == Broken.EARLIER_PREFIX ? t - 1 : t;
            double factor = 0.5 * power(t);
            lowerReward[t] = factor * estimand.scale() * (weight(0, prefix) - weight(1, prefix));
            upperReward[t] = -factor
                    * (estimand.firstWeight() * weight(0, prefix) + estimand.secondWeight() * weight(1, prefix));
            upperScore[t] = 0.5 * upperGain(t, length);
            policyScore[t] = 0.5 * lowerGain(t, length);
        }
        path.addLowerRewardGradients(lowerReward);
        path.addUpperRewardGradients(upperReward);
        path.addUpperScores(upperScore);
        path.addPolicyScores(policyScore);
    }

    private double upperGain(int t, int length) {
        int prefix = broken == Broken.NONE_EARLIER_BASELINE_OF_UPPER_SCORE ? t - 1 : t;
        double gain = 0;
        for (int i = 0; i < 2; i++) {
            double sign = i == 0 ? estimand.scale() : -estimand.scale();
            double share = i == 0 ? estimand.firstWeight() : estimand.secondWeight();
            for (int k = t; k < length; k++) {
                gain += weight(i, k) * credit(t, k) * (sign * lower(i, k) - share * upperRewards[k]);
            }
            gain += weight(i, length - 1) * power(length) * (sign * values[i][length] - share * upperValues[i][length]);
            gain -= weight(i, prefix) * power(t) * (sign * values[i][t] - share * upperValues[i][t]);
        }
        return gain;
    }

    private double lowerGain(int t, int length) {
        double gain = 0;
        for (int k = t; k < length; k++) {
            double weight = weight(1, broken == Broken.WHOLE_RETURN ? t : k);
            gain -= weight
                    * credit(t, k)
                    * (estimand.scale() * lower(1, k) + estimand.secondWeight() * upperRewards[k]);
        }
        double last = weight(1, broken == Broken.WHOLE_RETURN ? t : length - 1);
        gain -= last * power(length) * baseline(length);
        double own = broken == Broken.BASELINE_WITHOUT_RATIO ? 1 : weight(1, t);
        return gain + own * power(t) * baseline(t);
    }

    private double credit(int t, int k) {
        return power(k) * StrictMath.pow(traceDecay, k - t);
    }

    private double baseline(int t) {
        return estimand.scale() * values[1][t] + estimand.secondWeight() * upperValues[1][t];
    }

    private double lower(int follower, int k) {
        return rewards[k] - scene.problem().entropyWeight() * logs[follower][k];
    }

    /** w of a follower for the prefix through action t; t = -1 is the empty prefix. */
    private double weight(int follower, int t) {
        double difference = 0;
        for (int k = 0; k <= t; k++) {
            difference += logs[1 - follower][k] - logs[follower][k];
        }
        return 2 / (1 + StrictMath.exp(difference));
    }

    private double power(int t) {
        return StrictMath.pow(scene.problem().discount(), t);
    }
}
