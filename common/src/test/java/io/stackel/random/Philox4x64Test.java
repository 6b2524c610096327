package io.stackel.random;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class Philox4x64Test {

    /** The three lines "philox4x64 10" of Random123's tests/kat_vectors: counter, key, block. */
    private static final long[][] KNOWN_ANSWERS = {
        {0, 0, 0, 0, 0, 0, 0x16554d9eca36314cL, 0xdb20fe9d672d0fdcL, 0xd7e772cee186176bL, 0x7e68b68aec7ba23bL},
        {-1, -1, -1, -1, -1, -1, 0x87b092c3013fe90bL, 0x438c3c67be8d0224L, 0x9cc7d7c69cd777b6L, 0xa09caebf594f0ba0L},
        {
            0x243f6a8885a308d3L,
            0x13198a2e03707344L,
            0xa4093822299f31d0L,
            0x082efa98ec4e6c89L,
            0x452821e638d01377L,
            0xbe5466cf34e90c6cL,
            0xa528f45403e61d95L,
            0x38c72dbd566e9788L,
            0xa5a1610e72fd18b5L,
            0x57bd43b5e52b7fe6L
        },
    };

    @Test
    void blockGivesTheKnownAnswersOfRandom123() {
        for (long[] known : KNOWN_ANSWERS) {
            long[] block = new long[4];
            Philox4x64.block(known[4], known[5], known[0], known[1], known[2], known[3], block);
            assertThat(block).containsExactly(known[6], known[7], known[8], known[9]);
        }
    }

    @Test
    void multiplyHighIsTheHighWordOfTheUnsignedProduct() {
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < 1000; i++) {
            long a = random.nextLong();
            long b = random.nextLong();
            BigInteger product = unsigned(a).multiply(unsigned(b));
            assertThat(Philox4x64.multiplyHigh(a, b))
                    .isEqualTo(product.shiftRight(64).longValue());
        }
    }

    private static BigInteger unsigned(long value) {
        return new BigInteger(Long.toUnsignedString(value));
    }
}
