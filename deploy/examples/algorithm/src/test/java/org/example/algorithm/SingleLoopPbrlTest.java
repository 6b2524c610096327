package org.example.algorithm;

import io.stackel.check.AlgorithmContract;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SingleLoopPbrlTest {

    private static final Path CONFIGURATION = Path.of("algorithm.yaml");

    @Test
    void keepsTheContractOfAlgorithms() {
        AlgorithmContract.check(CONFIGURATION, List.of("upper.units=16"), 6).requirePassed();
    }

    /** A leader who acts, and goals that change. */
    @ParameterizedTest
    @ValueSource(strings = {"stackelberg, states: 5", "four-rooms"})
    void keepsItOnOtherProblems(String problem) {
        AlgorithmContract.check(CONFIGURATION, List.of("upper.units=16", "problem={name: " + problem + "}"), 4)
                .requirePassed();
    }
}
