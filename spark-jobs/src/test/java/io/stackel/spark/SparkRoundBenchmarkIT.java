package io.stackel.spark;

import org.junit.jupiter.api.Test;

class SparkRoundBenchmarkIT {

    @Test
    void benchmarkWorks() {
        SparkRoundBenchmark.main(new String[] {"rounds", "scaling", "--brief"});
    }

    @Test
    void placementBenchmarkWorks() {
        PlacementBenchmark.main(new String[] {"local[4]", "--brief"});
    }
}
