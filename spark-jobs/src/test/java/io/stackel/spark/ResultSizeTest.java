package io.stackel.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.apache.spark.SparkConf;
import org.junit.jupiter.api.Test;

class ResultSizeTest {

    private static SparkConf accepting(String size) {
        return new SparkConf(false).set("spark.driver.maxResultSize", size);
    }

    private static boolean sliced(String accepted, long numbers, int tasks) {
        return ResultSize.isSliced(accepting(accepted), numbers, tasks, Transport.USUAL.slicedBytes());
    }

    @Test
    void sumsThatTheDriverWouldRefuseAreRefusedWithTheSettingToRaise() {
        assertThatThrownBy(() -> ResultSize.require(accepting("2k"), 300))
                .isInstanceOf(BatchRefusedException.class)
                .hasMessage("the sums of a batch are 0 MiB (300 numbers), more than spark.driver.maxResultSize=2k lets"
                        + " pass; raise it with --conf spark.driver.maxResultSize=1m");
    }

    @Test
    void sumsThatFitAreLetThrough() {
        assertThatCode(() -> ResultSize.require(accepting("1g"), 100_000_000)).doesNotThrowAnyException();
        assertThatCode(() -> ResultSize.require(accepting("0"), 1L << 40))
                .as("no limit")
                .doesNotThrowAnyException();
    }

    @Test
    void longSumsOfManyTasksAreAddedByExecutors() {
        assertThat(sliced("1g", 1_000, 1_000)).isFalse();
        assertThat(sliced("1g", 100_000, 2)).isFalse();
        assertThat(sliced("1g", 100_000, 100)).isTrue();
        assertThat(sliced("1g", 10_000_000, 1)).as("one task").isFalse();
    }

    @Test
    void sumsThatTheDriverAcceptsOnceAreAddedByExecutors() {
        assertThat(sliced("1m", 100_000, 2)).isTrue();
    }
}
