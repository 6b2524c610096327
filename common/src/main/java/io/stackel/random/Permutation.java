package io.stackel.random;

import static io.stackel.math.Requirements.require;

/**
 * A random order of 0 ... size - 1 that is computed place by place and needs no memory.
 *
 * <p>A Feistel network on the smallest even number 2h of bits that holds every place: eight rounds, each with
 *
 * <pre>
 *     (left, right) &lt;- (right, left ^ low h bits of Philox4x64(key = (seed, ORDER &lt;&lt; 32 | round), counter = right))
 * </pre>
 *
 * <p>is a bijection of [0, 4^h); places outside of [0, size) are sent through it again until they fall inside (fewer than
 * four times on average), which leaves a bijection of [0, size).
 *
 * <p>Sources: Luby, Rackoff, "How to construct pseudorandom permutations from pseudorandom functions", SIAM J. Comput. 17,
 * 1988; Black, Rogaway, "Ciphers with arbitrary finite domains", CT-RSA 2002 (cycle walking).
 */
public final class Permutation {

    private static final int ROUNDS = 8;

    private final long seed;
    private final long size;
    private final int halfBits;
    private final long halfMask;
    private final long[] block = new long[4];

    /**
     * Fixes the order of {@code size} places by the seed.
     *
     * @param seed decides which
     * @param size number of places, at least 1 and at most 2^62
     */
    public Permutation(long seed, long size) {
        require(size >= 1 && size <= 1L << 62, "size must be in [1, 2^62], but was " + size);
        this.seed = seed;
        this.size = size;
        int bits = 64 - Long.numberOfLeadingZeros(size - 1);
        halfBits = Math.max(1, (bits + 1) / 2);
        halfMask = (1L << halfBits) - 1;
    }

    /**
     * Where {@code place} goes; every place has another image. For one thread.
     *
     * @param place in [0, size)
     */
    public long image(long place) {
        if (place < 0 || place >= size) {
            throw new IllegalArgumentException("place must be in [0, " + size + "), but was " + place);
        }
        long image = mixed(place);
        while (image >= size) {
            image = mixed(image);
        }
        return image;
    }

    private long mixed(long place) {
        long left = place >>> halfBits;
        long right = place & halfMask;
        for (int round = 0; round < ROUNDS; round++) {
            Philox4x64.block(seed, (long) Purpose.ORDER.code() << 32 | round, right, 0, 0, 0, block);
            long next = left ^ (block[0] & halfMask);
            left = right;
            right = next;
        }
        return left << halfBits | right;
    }
}
