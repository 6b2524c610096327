package io.stackel.random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.stackel.math.ChiSquare;
import io.stackel.math.Normal;
import java.util.Arrays;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;

/** Statistical tests reject a right generator with probability 1e-6 each; their seeds are fixed. */
class RandomStreamTest {

    private static final double FALSE_ALARM = 1e-6;
    private static final int DRAWS = 200_000;
    private static final int BINS = 64;

    @Test
    void wordsAreThoseOfTheReferenceImplementation() {
        // xoshiro256plusplus.c of prng.di.unimi.it from the state {1, 2, 3, 4}, as also kept by rand_xoshiro.
        RandomStream stream = RandomStream.ofState(1, 2, 3, 4);
        String[] expected = {
            "41943041",
            "58720359",
            "3588806011781223",
            "3591011842654386",
            "9228616714210784205",
            "9973669472204895162",
            "14011001112246962877",
            "12406186145184390807",
            "15849039046786891736",
            "10450023813501588000"
        };
        for (String word : expected) {
            assertThat(Long.toUnsignedString(stream.nextLong())).isEqualTo(word);
        }
    }

    /*
     * Words and values of two addresses, from the definitions in Python (mpmath with 50 digits for the values):
     *
     *   M = 2**64 - 1
     *   def block(k0, k1, c):
     *       a, b, d, e = c
     *       for r in range(10):
     *           p, q = 0xD2E7470EE14C6C93 * a, 0xCA5A826395121157 * d
     *           a, b, d, e = (q >> 64) ^ b ^ k0, q & M, (p >> 64) ^ e ^ k1, p & M
     *           k0, k1 = (k0 + 0x9E3779B97F4A7C15) & M, (k1 + 0xBB67AE8584CAA73B) & M
     *       return [a, b, d, e]
     *   rotl = lambda x, k: ((x << k) | (x >> (64 - k))) & M
     *   def word(s):
     *       r, t = (rotl((s[0] + s[3]) & M, 23) + s[0]) & M, (s[1] << 17) & M
     *       s[2] ^= s[0]; s[3] ^= s[1]; s[1] ^= s[2]; s[0] ^= s[3]; s[2] ^= t; s[3] = rotl(s[3], 45)
     *       return r
     *   s = block(42, 1 << 32 | 3, [1000, 17, 5, 0]); w = [word(s) for _ in range(4)]
     *   s = block(M, 8 << 32 | 0xFFFFFFFF, [M, 0, 2, 0])
     *   u = [mpf(x >> 11) / 2**53 for x in w]
     *   gaussian = sqrt(-2 * log(1 - u[0])) * cos(2 * pi * u[1]); exponential = -log(1 - u[0])
     */
    @Test
    void wordsOfAnAddressAreThoseOfTheDefinition() {
        assertThat(words(RandomStream.at(42, Purpose.TRAINING, 3, 1000, 17, 5), 4))
                .containsExactly(0x50d0d3fc472eaa51L, 0xa8cd0f9fd3053feeL, 0x5d91a6b028ad416aL, 0xb12ff19c361fab73L);
        assertThat(words(RandomStream.at(-1, Purpose.CHECK, -1, -1, 0, 2), 4))
                .containsExactly(0x6c4e62305fa52387L, 0x238610da8cdb72fcL, 0x572e56fd28cce527L, 0x3e58129d94ed1180L);
    }

    @Test
    void stateIsThatOfAnAddress() {
        long[][] state = new long[4][2];
        RandomStream.at(42, Purpose.TRAINING, 3, 1000, 17, 5).state(1, state[0], state[1], state[2], state[3]);
        assertThat(new long[] {state[0][1], state[1][1], state[2][1], state[3][1]})
                .containsExactly(0x419006d4e80664b5L, 0x367d9cd3e680dc29L, 0x390aa54d1d3b7b05L, 0x0efb31499993ea09L);
    }

    @Test
    void derivedValuesAreThoseOfTheDefinition() {
        RandomStream doubles = RandomStream.at(42, Purpose.TRAINING, 3, 1000, 17, 5);
        assertThat(doubles.nextDouble()).isEqualTo(0x1.43434ff11cbaap-2);
        assertThat(doubles.nextDouble()).isEqualTo(0x1.519a1f3fa60a7p-1);
        RandomStream gaussians = RandomStream.at(42, Purpose.TRAINING, 3, 1000, 17, 5);
        assertThat(gaussians.nextGaussian()).isCloseTo(-0.46958262058577827, within(1e-14));
        assertThat(gaussians.nextGaussian()).isCloseTo(-0.3391949621968604, within(1e-14));
        RandomStream exponentials = RandomStream.at(42, Purpose.TRAINING, 3, 1000, 17, 5);
        assertThat(exponentials.nextExponential()).isCloseTo(0.3793390796076327, within(1e-15));
        assertThat(exponentials.nextExponential()).isCloseTo(1.076984806959905, within(2e-15));
    }

    @Test
    void reseedEqualsAFreshStream() {
        RandomStream stream = RandomStream.at(1, Purpose.START, 0, 0, 0, 0);
        stream.nextGaussian();
        stream.reseed(5, Purpose.EVALUATION, 1, 2, 3, 4);
        assertThat(words(stream, 8)).containsExactly(words(RandomStream.at(5, Purpose.EVALUATION, 1, 2, 3, 4), 8));
    }

    @Test
    void everyPartOfTheAddressMatters() {
        long[] first = {
            RandomStream.at(1, Purpose.TRAINING, 1, 1, 1, 1).nextLong(),
            RandomStream.at(2, Purpose.TRAINING, 1, 1, 1, 1).nextLong(),
            RandomStream.at(1, Purpose.EVALUATION, 1, 1, 1, 1).nextLong(),
            RandomStream.at(1, Purpose.TRAINING, 2, 1, 1, 1).nextLong(),
            RandomStream.at(1, Purpose.TRAINING, 1, 2, 1, 1).nextLong(),
            RandomStream.at(1, Purpose.TRAINING, 1, 1, 2, 1).nextLong(),
            RandomStream.at(1, Purpose.TRAINING, 1, 1, 1, 2).nextLong()
        };
        assertThat(first).doesNotHaveDuplicates();
    }

    @Test
    void counterOfTheZeroBlockTakesTheNextBlock() {
        long key0 = 42;
        long key1 = 1L << 32 | 7;
        long[] counter = InversePhilox.counterOf(key0, key1, new long[4]);
        long[] block = new long[] {1, 1, 1, 1};
        Philox4x64.block(key0, key1, counter[0], counter[1], counter[2], counter[3], block);
        assertThat(block).containsOnly(0L);
        long[] next = new long[4];
        Philox4x64.block(key0, key1, counter[0], counter[1], counter[2], counter[3] + 1, next);
        RandomStream.nonZeroBlock(key0, key1, counter[0], counter[1], counter[2], counter[3], block);
        assertThat(block).containsExactly(next);
        assertThat(Arrays.stream(block).anyMatch(word -> word != 0)).isTrue();
    }

    @Test
    void nextIntDrawsAgainAfterAWordThatWouldBias() {
        // The first word of this state is 0; for a bound of 3 it is the one word of 2^64 that must be rejected.
        RandomStream stream = RandomStream.ofState(0, 1, 2, 0);
        RandomStream reference = RandomStream.ofState(0, 1, 2, 0);
        assertThat(reference.nextLong()).isZero();
        long second = reference.nextLong();
        assertThat(stream.nextInt(3)).isEqualTo((int) Philox4x64.multiplyHigh(second, 3));
        assertThat(stream.nextLong()).isEqualTo(reference.nextLong());
        assertThat(RandomStream.ofState(0, 1, 2, 0).nextInt(4)).isZero();
    }

    @Test
    void nextIntRefusesABoundOfZero() {
        RandomStream stream = RandomStream.at(1, Purpose.CHECK, 0, 0, 0, 0);
        assertThatThrownBy(() -> stream.nextInt(0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("bound must be positive, but was 0");
    }

    @Test
    void doublesAreUniform() {
        assertUniform(RandomStream::nextDouble, 1);
    }

    @Test
    void smallIntsAreUniform() {
        assertUniform(stream -> (stream.nextInt(BINS) + 0.5) / BINS, 2);
    }

    @Test
    void largeIntsAreUniform() {
        assertUniform(stream -> stream.nextInt(Integer.MAX_VALUE) / (double) Integer.MAX_VALUE, 3);
    }

    @Test
    void gaussiansAreNormal() {
        assertUniform(stream -> Normal.cdf(stream.nextGaussian()), 4);
    }

    @Test
    void exponentialsAreExponential() {
        assertUniform(stream -> -StrictMath.expm1(-stream.nextExponential()), 5);
    }

    @Test
    void firstWordsOfNeighbouringTrajectoriesAreUniform() {
        long[] counts = new long[BINS];
        for (int trajectory = 0; trajectory < DRAWS; trajectory++) {
            counts[(int) (RandomStream.at(6, Purpose.CHECK, 0, trajectory, 0, 0).nextDouble() * BINS)]++;
        }
        assertThat(upperTail(counts)).isGreaterThan(FALSE_ALARM);
    }

    /** Chi-square of 64 bins, and of successive pairs in 8 x 8 bins. */
    private static void assertUniform(ToDoubleFunction<RandomStream> value, long address) {
        RandomStream stream = RandomStream.at(2024, Purpose.CHECK, 0, address, 0, 0);
        long[] counts = new long[BINS];
        long[] pairs = new long[BINS];
        int previous = 0;
        for (int i = 0; i < DRAWS; i++) {
            int bin = (int) (value.applyAsDouble(stream) * BINS);
            counts[bin]++;
            if (i % 2 == 1) {
                pairs[previous / 8 * 8 + bin / 8]++;
            }
            previous = bin;
        }
        assertThat(upperTail(counts)).isGreaterThan(FALSE_ALARM / 2);
        assertThat(upperTail(pairs)).isGreaterThan(FALSE_ALARM / 2);
    }

    private static double upperTail(long[] counts) {
        double[] uniform = new double[counts.length];
        Arrays.fill(uniform, 1.0 / counts.length);
        return ChiSquare.upperTail(ChiSquare.statistic(counts, uniform), counts.length - 1);
    }

    private static long[] words(RandomStream stream, int count) {
        long[] words = new long[count];
        for (int i = 0; i < count; i++) {
            words[i] = stream.nextLong();
        }
        return words;
    }
}
