package io.stackel.random;

/**
 * The counter-based generator Philox4x64-10: four words out of a key of two and a counter of four words.
 *
 * <p>For a fixed key the map from counters to blocks is a bijection of the 256-bit words. One of ten rounds, with
 * M0 = 0xD2E7470EE14C6C93 and M1 = 0xCA5A826395121157:
 *
 * <pre>
 *     (c0, c1, c2, c3) &lt;- (high(M1 c2) ^ c1 ^ k0,  low(M1 c2),  high(M0 c0) ^ c3 ^ k1,  low(M0 c0))
 *     (k0, k1)         &lt;- (k0 + 0x9E3779B97F4A7C15, k1 + 0xBB67AE8584CAA73B)
 * </pre>
 *
 * <p>Source: Salmon, Moraes, Dror, Shaw, "Parallel random numbers: as easy as 1, 2, 3", SC 2011, section 4.3; constants
 * and known answers of Random123.
 */
public final class Philox4x64 {

    private static final int ROUNDS = 10;
    private static final long MULTIPLIER_0 = 0xD2E7470EE14C6C93L;
    private static final long MULTIPLIER_1 = 0xCA5A826395121157L;
    private static final long WEYL_0 = 0x9E3779B97F4A7C15L;
    private static final long WEYL_1 = 0xBB67AE8584CAA73BL;

    private Philox4x64() {}

    /**
     * Computes one block.
     *
     * @param key0 first word of the key
     * @param key1 second word of the key
     * @param c0 first word of the counter
     * @param c1 second word of the counter
     * @param c2 third word of the counter
     * @param c3 fourth word of the counter
     * @param into receives the block in its first four elements
     */
    public static void block(long key0, long key1, long c0, long c1, long c2, long c3, long[] into) {
        long k0 = key0;
        long k1 = key1;
        long x0 = c0;
        long x1 = c1;
        long x2 = c2;
        long x3 = c3;
        for (int round = 0; round < ROUNDS; round++) {
            long high0 = multiplyHigh(MULTIPLIER_0, x0);
            long low0 = MULTIPLIER_0 * x0;
            long high1 = multiplyHigh(MULTIPLIER_1, x2);
            long low1 = MULTIPLIER_1 * x2;
            x0 = high1 ^ x1 ^ k0;
            x1 = low1;
            x2 = high0 ^ x3 ^ k1;
            x3 = low0;
            k0 += WEYL_0;
            k1 += WEYL_1;
        }
        into[0] = x0;
        into[1] = x1;
        into[2] = x2;
        into[3] = x3;
    }

    /** The high 64 bits of the 128-bit product of two unsigned words (a method of Math from Java 18 on). */
    static long multiplyHigh(long a, long b) {
        return Math.multiplyHigh(a, b) + ((a >> 63) & b) + ((b >> 63) & a);
    }
}
