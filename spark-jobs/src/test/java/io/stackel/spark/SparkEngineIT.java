package io.stackel.spark;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.spark.SparkConf;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The end of a Spark application. */
class SparkEngineIT {

    @AfterEach
    void leaveNoInterrupt() {
        Thread.interrupted();
    }

    @Test
    void aThreadThatWasInterruptedStopsTheApplicationAndStaysInterrupted() {
        SparkConf settings =
                new SparkConf(false).set("spark.ui.enabled", "true").set("spark.ui.port", "0");
        SparkEngine engine = SparkEngine.open("local[1]", "interrupted", settings);
        Thread.currentThread().interrupt();

        engine.close();

        assertThat(engine.context().sc().isStopped()).isTrue();
        assertThat(Thread.currentThread().isInterrupted()).isTrue();
    }
}
