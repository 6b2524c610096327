package io.stackel.random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PermutationTest {

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 16, 17, 1000, 4096, 4097})
    void everyPlaceIsTakenOnce(long size) {
        Permutation order = new Permutation(7, size);

        assertThat(LongStream.range(0, size).map(order::image).sorted().toArray())
                .isEqualTo(LongStream.range(0, size).toArray());
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
