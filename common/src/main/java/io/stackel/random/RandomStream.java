package io.stackel.random;

import static io.stackel.random.Philox4x64.multiplyHigh;

/**
 * A stream of random words with an address: xoshiro256++ whose four state words are one Philox4x64-10 block.
 *
 * <pre>
 *     key = (seed, purpose.code() &lt;&lt; 32 | role)      counter = (trajectory, iteration, inner step, 0)
 * </pre>
 *
 * <p>Two addresses that differ in their counter only never have the same state, because Philox is a bijection for every
 * key. The state of four zeros, from which xoshiro never moves, belongs to at most one counter of a key; that address
 * takes the block of the counter (trajectory, iteration, inner step, 1), which no other address has and which is not
 * zero. Nothing needs to be saved: whoever knows the address has the stream.
 *
 * <p>A stream is mutable, belongs to one thread and is made where it is used. Methods say how many words they consume.
 *
 * <p>Sources: Blackman, Vigna, "Scrambled linear pseudorandom number generators", ACM TOMS 47, 2021 (xoshiro256++ 1.0);
 * Salmon et al., SC 2011 (Philox).
 */
public final class RandomStream {

    private static final double DOUBLE_UNIT = 0x1.0p-53;
    private static final double TWO_PI = 2.0 * StrictMath.PI;

    private final long[] block = new long[4];
    private long s0;
    private long s1;
    private long s2;
    private long s3;

    private RandomStream() {}

    /**
     * The stream at an address.
     *
     * @param seed seed of the run
     * @param purpose what the words are for
     * @param role number of the policy or agent that draws; any int
     * @param trajectory number of the trajectory or, for other purposes, of the item
     * @param iteration number of the outer iteration
     * @param innerStep number of the inner step
     */
    public static RandomStream at(
            long seed, Purpose purpose, int role, long trajectory, long iteration, long innerStep) {
        RandomStream stream = new RandomStream();
        stream.reseed(seed, purpose, role, trajectory, iteration, innerStep);
        return stream;
    }

    /** A stream that continues from the given xoshiro256++ state. */
    static RandomStream ofState(long s0, long s1, long s2, long s3) {
        RandomStream stream = new RandomStream();
        stream.s0 = s0;
        stream.s1 = s1;
        stream.s2 = s2;
        stream.s3 = s3;
        return stream;
    }

    /** Moves this stream to another address; the arguments are those of {@link #at}. */
    public void reseed(long seed, Purpose purpose, int role, long trajectory, long iteration, long innerStep) {
        long key1 = (long) purpose.code() << 32 | (role & 0xFFFFFFFFL);
        nonZeroBlock(seed, key1, trajectory, iteration, innerStep, 0L, block);
        s0 = block[0];
        s1 = block[1];
        s2 = block[2];
        s3 = block[3];
    }

    /** The block of a counter, or that of the next fourth counter word where the block is zero. */
    static void nonZeroBlock(long key0, long key1, long c0, long c1, long c2, long c3, long[] into) {
        Philox4x64.block(key0, key1, c0, c1, c2, c3, into);
        if ((into[0] | into[1] | into[2] | into[3]) == 0L) {
            Philox4x64.block(key0, key1, c0, c1, c2, c3 + 1L, into);
        }
    }

    /** Writes the xoshiro256++ state, one word to place {@code at} of each array. */
    public void state(int at, long[] into0, long[] into1, long[] into2, long[] into3) {
        into0[at] = s0;
        into1[at] = s1;
        into2[at] = s2;
        into3[at] = s3;
    }

    /** 64 random bits; consumes one word. */
    public long nextLong() {
        long result = Long.rotateLeft(s0 + s3, 23) + s0;
        long shifted = s1 << 17;
        s2 ^= s0;
        s3 ^= s1;
        s1 ^= s2;
        s0 ^= s3;
        s2 ^= shifted;
        s3 = Long.rotateLeft(s3, 45);
        return result;
    }

    /** A multiple of 2^-53, uniform on [0, 1): the top 53 bits of a word; consumes one word. */
    public double nextDouble() {
        return (nextLong() >>> 11) * DOUBLE_UNIT;
    }

    /**
     * A whole number, exactly uniform on 0 ... bound - 1.
     *
     * <p>The high word of the 128-bit product word * bound; words whose low product falls below 2^64 mod bound are drawn
     * again (Lemire, "Fast random integer generation in an interval", ACM TOMACS 29, 2019). Consumes one word, and a
     * further one with probability below bound / 2^64.
     *
     * @throws IllegalArgumentException if the bound is not positive
     */
    public int nextInt(int bound) {
        if (bound <= 0) {
            throw new IllegalArgumentException("bound must be positive, but was " + bound);
        }
        while (true) {
            long word = nextLong();
            long low = word * bound;
            if (Long.compareUnsigned(low, bound) >= 0 || Long.compareUnsigned(low, powerOfTwoModulo(bound)) >= 0) {
                return (int) multiplyHigh(word, bound);
            }
        }
    }

    /**
     * The outcome whose cumulative interval holds a uniform number; {@code count} in the missing mass of probabilities that
     * have some. Consumes one word.
     */
    public int nextOutcome(double[] probabilities, int offset, int count) {
        double u = nextDouble();
        double cumulative = 0;
        int last = count;
        for (int i = 0; i < count; i++) {
            double p = probabilities[offset + i];
            cumulative += p;
            last = p > 0 ? i : last;
            if (u < cumulative) {
                return i;
            }
        }
        return cumulative > 1 - 1e-9 ? last : count;
    }

    /** 2^64 mod bound. */
    private static long powerOfTwoModulo(long bound) {
        return Long.remainderUnsigned(-bound, bound);
    }

    /**
     * A standard normal number by the cosine branch of Box and Muller; consumes two words, always.
     *
     * <pre>
     *     sqrt(-2 log(1 - u)) cos(2 pi v)      u, v uniform on multiples of 2^-53 in [0, 1)
     * </pre>
     *
     * <p>The second value is not kept, so that a stream's position never depends on which method was called before. The
     * magnitude is at most sqrt(106 log 2) = 8.57.
     */
    public double nextGaussian() {
        double radius = Math.sqrt(-2.0 * StrictMath.log(1.0 - nextDouble()));
        return radius * StrictMath.cos(TWO_PI * nextDouble());
    }

    /** An exponential number of mean 1, -log(1 - u), at most 53 log 2; consumes one word. */
    public double nextExponential() {
        return 0.0 - StrictMath.log(1.0 - nextDouble());
    }
}
