package io.stackel.families;

import io.stackel.math.NormalTable;

/**
 * Wealth in cells of equal width, and a step of it: the mean is moved, clipped to the range and blurred by a normal number
 * that is truncated to the range. With edges e_0 .. e_S, mean m, deviation d, z_j = (e_j - m)/d and N, n the normal
 * distribution function and density,
 *
 * <pre>
 *   P(j) = ( N(z_j+1) - N(z_j) ) / Z                                Z = N(z_S) - N(z_0)
 *   dP(j)/dm = ( n(z_j) - n(z_j+1) + P(j) ( n(z_S) - n(z_0) ) ) / (d Z)
 * </pre>
 *
 * @param cells S, at least 1
 * @param low e_0
 * @param high e_S, above low
 * @param deviation d, above 0
 */
record AssetGrid(int cells, double low, double high, double deviation) {

    /** The middle of a cell. */
    double middle(int cell) {
        return low + (cell + 0.5) * (high - low) / cells;
    }

    private double edge(int j) {
        return j == cells ? high : low + j * ((high - low) / cells);
    }

    /** A mean inside the range. */
    double clipped(double mean) {
        return Math.max(low, Math.min(high, mean));
    }

    /** Whether a mean moves when it is changed a little. */
    boolean isInside(double mean) {
        return mean > low && mean < high;
    }

    /** Writes P(0) .. P(S-1) from {@code at} on, of a mean inside the range. */
    void probabilities(double mean, double[] into, int at) {
        double first = below(0, mean);
        double before = first;
        for (int j = 0; j < cells; j++) {
            double next = below(j + 1, mean);
            into[at + j] = Math.max(0, next - before);
            before = next;
        }
        double mass = before - first;
        for (int j = 0; j < cells; j++) {
            into[at + j] /= mass;
        }
    }

    /** Adds up {@code sum_j value(j) dP(j)/dm}. */
    double slope(double mean, double[] value) {
        double mass = mass(mean);
        double ends = density(cells, mean) - density(0, mean);
        double before = density(0, mean);
        double smallest = below(0, mean);
        double sum = 0;
        for (int j = 0; j < cells; j++) {
            double next = density(j + 1, mean);
            double larger = below(j + 1, mean);
            sum += value[j] * (before - next + Math.max(0, larger - smallest) / mass * ends);
            before = next;
            smallest = larger;
        }
        return sum / (deviation * mass);
    }

    /** d log P(j) / dm of a cell that is reached. */
    double score(double mean, int j) {
        double mass = mass(mean);
        double ends = density(cells, mean) - density(0, mean);
        double probability = (below(j + 1, mean) - below(j, mean)) / mass;
        return ((density(j, mean) - density(j + 1, mean)) / probability + ends) / (deviation * mass);
    }

    private double mass(double mean) {
        return below(cells, mean) - below(0, mean);
    }

    private double below(int j, double mean) {
        return NormalTable.cdf((edge(j) - mean) / deviation);
    }

    private double density(int j, double mean) {
        return NormalTable.density((edge(j) - mean) / deviation);
    }
}
