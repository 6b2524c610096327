package io.stackel.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class EngineChoiceTest {

    private static EngineChoice unasked(double steps) {
        return EngineChoice.of(
                Optional.empty(),
                OptionalInt.empty(),
                OptionalInt.of(3),
                Optional.empty(),
                OptionalLong.empty(),
                steps);
    }

    @Test
    void localUnlessThereIsAReasonForSpark() {
        EngineChoice choice = unasked(1e6);

        assertThat(choice.kind()).isEqualTo(EngineChoice.Kind.LOCAL);
        assertThat(choice.line())
                .isEqualTo("engine: local, 3 threads (no --master is given; Spark gives the same bits)");
    }

    @Test
    void aMasterAsksForSpark() {
        EngineChoice choice = EngineChoice.of(
                Optional.empty(),
                OptionalInt.empty(),
                OptionalInt.empty(),
                Optional.of("spark://host:7077"),
                OptionalLong.empty(),
                1);

        assertThat(choice.kind()).isEqualTo(EngineChoice.Kind.SPARK);
        assertThat(choice.line()).isEqualTo("engine: spark, master spark://host:7077 (a master is given)");
    }

    /** As spark-submit hands it over. */
    @Test
    void aMasterOfSparkSubmitAsksForSpark() {
        System.setProperty("spark.master", "yarn");
        try {
            EngineChoice choice = unasked(1);
            assertThat(choice.kind()).isEqualTo(EngineChoice.Kind.SPARK);
            assertThat(choice.line()).isEqualTo("engine: spark, master yarn (a master is given)");
        } finally {
            System.clearProperty("spark.master");
        }
    }

    @Test
    void aLargeBatchAsksForSpark() {
        EngineChoice choice = unasked(EngineChoice.SPARK_STEPS);

        assertThat(choice.kind()).isEqualTo(EngineChoice.Kind.SPARK);
        assertThat(choice.line())
                .isEqualTo(
                        "engine: spark, master local[3] (a batch has up to 1.00G steps; --engine local does without)");
    }

    @Test
    void whatWasAskedForIsTaken() {
        EngineChoice choice = EngineChoice.of(
                Optional.of(EngineChoice.Kind.LOCAL),
                OptionalInt.empty(),
                OptionalInt.of(3),
                Optional.empty(),
                OptionalLong.empty(),
                1e12);

        assertThat(choice.kind()).isEqualTo(EngineChoice.Kind.LOCAL);
        assertThat(choice.line()).isEqualTo("engine: local, 3 threads (asked for by --engine)");
    }
}
