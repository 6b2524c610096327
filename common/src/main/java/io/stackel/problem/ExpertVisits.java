package io.stackel.problem;

/**
 * What experts did in a finite process, as averages over their trajectories: all that the likelihood of a policy and the
 * features that experts gather depend on.
 *
 * @param occupancy S x B: mean of {@code sum_t discount^t [ s_t = s, b_t = b ]}, at least 0
 * @param starts S: share of the trajectories that start in a state
 * @param ends S: mean of {@code discount^H [ s_H = s ]} over the trajectories, where one that was cut after H steps would
 *     have gone on; one that terminated adds nothing
 */
public record ExpertVisits(double[] occupancy, double[] starts, double[] ends) {

    public ExpertVisits {
        if (starts.length == 0 || ends.length != starts.length || occupancy.length % starts.length != 0) {
            throw new IllegalArgumentException("occupancy, starts and ends must be S x B, S and S, but have "
                    + occupancy.length + ", " + starts.length + " and " + ends.length + " entries");
        }
        requireFinite("occupancy", occupancy);
        requireFinite("starts", starts);
        requireFinite("ends", ends);
    }

    private static void requireFinite(String name, double[] values) {
        for (double value : values) {
            if (!(value >= 0 && value <= Double.MAX_VALUE)) {
                throw new IllegalArgumentException(name + " must be at least 0 and finite, but was " + value);
            }
        }
    }
}
