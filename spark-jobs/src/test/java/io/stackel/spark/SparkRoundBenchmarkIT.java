package io.stackel.spark;

import org.junit.jupiter.api.Test;

class SparkRoundBenchmarkIT {

    @Test
    void benchmarkWorks() {
        SparkRoundBenchmark.main(new String[] {"rounds", "scaling", "--brief"});
    }
}
