package io.stackel.spark;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stackel.estimate.BatchRequest;
import io.stackel.estimate.ChunkEvaluator;
import io.stackel.estimate.SumTree;
import java.nio.file.Path;
import org.apache.spark.SparkConf;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResultSizeTest {

    @TempDir
    Path directory;

    private void require(String accepted, int tasks) {
        ChunkEvaluator.Source source =
                GameRecipe.THROW.build(GameRecipe.bytes(directory), getClass().getClassLoader());
        BatchRequest request = GameRecipe.request(101, false);
        SparkConf settings = new SparkConf(false).set("spark.driver.maxResultSize", accepted);
        ResultSize.require(settings, source, request, ChunkRange.of(SumTree.cut(request.chunks(), tasks)));
    }

    @Test
    void sumsThatTheDriverWouldRefuseAreRefusedWithTheSettingToRaise() {
        assertThatThrownBy(() -> require("2k", 16))
                .isInstanceOf(BatchRefusedException.class)
                .hasMessageContaining("the 16 tasks of a batch return")
                .hasMessageContaining("more than spark.driver.maxResultSize=2k lets pass")
                .hasMessageContaining("--conf spark.driver.maxResultSize=")
                .hasMessageContaining("--partitions");
    }

    @Test
    void sumsThatFitAreLetThrough() {
        assertThatCode(() -> require("1g", 16)).doesNotThrowAnyException();
        assertThatCode(() -> require("0", 16)).as("no limit").doesNotThrowAnyException();
    }
}
