package io.stackel.random;

/** Standard normal numbers for points at which something is tested. */
public final class NormalDraws {

    private NormalDraws() {}

    /** Numbers times {@code scale}, for each item others. */
    public static double[] normal(int item, int count, double scale) {
        RandomStream random = RandomStream.at(1, Purpose.CHECK, 0, item, 0, 0);
        double[] values = new double[count];
        for (int i = 0; i < count; i++) {
            values[i] = scale * random.nextGaussian();
        }
        return values;
    }
}
