package io.stackel.exact;

/**
 * What a follower's policy earns, tables row-major.
 *
 * <pre>
 *     V(s) = sum_b pi(b|s) ( Q(s,b) - tau log pi(b|s) )     Q(s,b) = r(s,b) + discount sum_t P(t|s,b) V(t)
 *     U(s) = sum_b pi(b|s) W(s,b)                           W(s,b) = u(s,b) + discount sum_t P(t|s,b) U(t)
 *     visits(s) = sum_t discount^t Pr(s_t = s)
 * </pre>
 *
 * @param logPolicy log pi, S x B
 * @param policy pi, S x B
 * @param visits length S
 * @param value V of the follower, length S
 * @param q Q of the follower, S x B
 * @param upperValue U, the leader's return from each state, length S
 * @param upperQ W, S x B
 * @param followerValue J: the expectation of V over the start
 * @param upperReturn the expectation of U over the start
 * @param upperObjective f: minus {@code upperReturn} plus the problem's term in the upper variable alone
 */
public record PolicyValues(
        double[] logPolicy,
        double[] policy,
        double[] visits,
        double[] value,
        double[] q,
        double[] upperValue,
        double[] upperQ,
        double followerValue,
        double upperReturn,
        double upperObjective) {

    /** The leader's advantage W(s,b) - U(s), S x B; its mean under the policy is zero in every state. */
    public double[] upperAdvantage() {
        double[] advantage = upperQ.clone();
        int actions = upperQ.length / upperValue.length;
        for (int i = 0; i < advantage.length; i++) {
            advantage[i] -= upperValue[i / actions];
        }
        return advantage;
    }
}
