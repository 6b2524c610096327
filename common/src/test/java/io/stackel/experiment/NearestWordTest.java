package io.stackel.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class NearestWordTest {

    private static final List<String> KNOWN = List.of("optimizer", "stepSize", "clipNorm", "units");

    @Test
    void oneSlipCostsOne() {
        assertThat(NearestWord.distance("steSize", "stepSize")).isEqualTo(1);
        assertThat(NearestWord.distance("stteSize", "stepSize")).isEqualTo(2);
        assertThat(NearestWord.distance("setpSize", "stepSize")).isEqualTo(1);
        assertThat(NearestWord.distance("kitten", "sitting")).isEqualTo(3);
        assertThat(NearestWord.distance("", "abc")).isEqualTo(3);
        assertThat(NearestWord.distance("abc", "")).isEqualTo(3);
    }

    @Test
    void nearWordIsFoundWhateverItsCase() {
        assertThat(NearestWord.of("stepsize", KNOWN)).contains("stepSize");
        assertThat(NearestWord.of("optimiser", KNOWN)).contains("optimizer");
        assertThat(NearestWord.of("unit", KNOWN)).contains("units");
    }

    @Test
    void farWordIsNoGuess() {
        assertThat(NearestWord.of("learningRate", KNOWN)).isEmpty();
        assertThat(NearestWord.of("ab", List.of("xy"))).isEmpty();
        assertThat(NearestWord.of("", KNOWN)).isEmpty();
        assertThat(NearestWord.of("x".repeat(100_000), KNOWN)).isEmpty();
    }
}
