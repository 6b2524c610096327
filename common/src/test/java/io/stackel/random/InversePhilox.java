package io.stackel.random;

import static io.stackel.random.Philox4x64.multiplyHigh;

/** The inverse of Philox4x64-10 for a key: from a block back to its counter. */
final class InversePhilox {

    private static final long MULTIPLIER_0 = 0xD2E7470EE14C6C93L;
    private static final long MULTIPLIER_1 = 0xCA5A826395121157L;

    private InversePhilox() {}

    static long[] counterOf(long key0, long key1, long[] block) {
        long[] x = block.clone();
        for (int round = 9; round >= 0; round--) {
            long k0 = key0 + round * 0x9E3779B97F4A7C15L;
            long k1 = key1 + round * 0xBB67AE8584CAA73BL;
            long x2 = inverse(MULTIPLIER_1) * x[1];
            long x0 = inverse(MULTIPLIER_0) * x[3];
            long x1 = x[0] ^ multiplyHigh(MULTIPLIER_1, x2) ^ k0;
            long x3 = x[2] ^ multiplyHigh(MULTIPLIER_0, x0) ^ k1;
            x = new long[] {x0, x1, x2, x3};
        }
        return x;
    }

    /** The inverse modulo 2^64 of an odd number, by Newton's iteration. */
    private static long inverse(long odd) {
        long inverse = odd;
        for (int i = 0; i < 6; i++) {
            inverse *= 2 - odd * inverse;
        }
        return inverse;
    }
}
