package io.stackel.random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class PermutationTest {

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 16, 17, 1000, 4096, 4097})
    void everyPlaceIsTakenOnce(long size) {
        Permutation order = new Permutation(7, size);

        assertThat(LongStream.range(0, size).map(order::image).sorted().toArray())
                .isEqualTo(LongStream.range(0, size).toArray());
    }

    /**
     * Stored data sets and runs rest on these orders: other numbers are other data sets. They were computed from the
     * formula in the class comment by a program of its own, in Python's whole numbers, whose Philox gives the known answers
     * of Philox4x64Test.
     */
    @ParameterizedTest
    @MethodSource("known")
    void ordersAreThoseOfTheFormula(long seed, long size, long[] places, long[] images) {
        Permutation order = new Permutation(seed, size);

        assertThat(LongStream.of(places).map(order::image)).containsExactlyElementsOf(boxed(images));
    }

    private static List<Long> boxed(long[] values) {
        return LongStream.of(values).boxed().toList();
    }

    static Stream<Arguments> known() {
        long[] first = LongStream.range(0, 10).toArray();
        long most = 1L << 62;
        return Stream.of(
                Arguments.of(7, 10, first, new long[] {1, 4, 5, 6, 3, 7, 0, 8, 9, 2}),
                Arguments.of(0, 1000, first, new long[] {863, 781, 79, 786, 875, 928, 234, 464, 242, 787}),
                Arguments.of(-3, 1000, first, new long[] {3, 895, 834, 397, 900, 935, 790, 413, 414, 73}),
                Arguments.of(12345, 60_000, first, new long[] {
                    2553, 30670, 16853, 24403, 15702, 51897, 56682, 27449, 24782, 50005
                }),
                Arguments.of(1, most, new long[] {0, 1, most - 1}, new long[] {
                    4090014447523894222L, 4438235400724159506L, 951476235060613361L
                }),
                Arguments.of(5, most / 2 + 1, new long[] {0, 1, most / 2}, new long[] {
                    343782250185084057L, 913814535012684993L, 590681709501022930L
                }));
    }

    @Test
    void seedDecidesTheOrder() {
        Permutation one = new Permutation(1, 1000);
        Permutation same = new Permutation(1, 1000);
        Permutation other = new Permutation(2, 1000);

        assertThat(LongStream.range(0, 1000).map(one::image).toArray())
                .isEqualTo(LongStream.range(0, 1000).map(same::image).toArray())
                .isNotEqualTo(LongStream.range(0, 1000).map(other::image).toArray());
    }

    /** 400 seeds, a chi-square of 9 degrees of freedom on each of 10 places; false alarm below 1e-6 by its bound of 60. */
    @Test
    void everyPlaceGoesEverywhere() {
        for (int place = 0; place < 10; place++) {
            double[] counts = new double[10];
            for (int seed = 0; seed < 400; seed++) {
                counts[(int) new Permutation(seed, 10).image(place)]++;
            }
            double chiSquare = 0;
            for (double count : counts) {
                chiSquare += (count - 40) * (count - 40) / 40;
            }
            assertThat(chiSquare).isLessThan(60);
        }
    }

    @Test
    void placesOutsideAreRefused() {
        assertThatThrownBy(() -> new Permutation(0, 0)).hasMessage("size must be in [1, 2^62], but was 0");
        assertThatThrownBy(() -> new Permutation(0, 5).image(5)).hasMessage("place must be in [0, 5), but was 5");
    }
}
