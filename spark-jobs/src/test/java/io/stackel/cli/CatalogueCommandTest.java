package io.stackel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;

class CatalogueCommandTest {

    @Test
    void eachProblemIsToldWithWhatRunsOnIt() {
        Invocation catalogue = Invocation.of("catalogue");

        assertThat(catalogue.code()).as(catalogue.err()).isZero();
        assertThat(catalogue.out())
                .contains("zero-sum-incentive\n  cma-es, counted, exact, independent, pbrl, zero-order\n")
                .doesNotContain("needs");
    }

    @Test
    void oneProblemIsToldWithWhatDoesNotRunAndWhy() {
        Invocation catalogue = Invocation.of("catalogue", "zero-sum-incentive");

        assertThat(catalogue.out())
                .startsWith("zero-sum-incentive\n  cma-es, counted, exact, independent, pbrl, zero-order\n")
                .contains(
                        "\n  no: hpgd needs a lower level of one follower, but that of this problem is a zero-sum game of"
                                + " two players\n");
    }

    @Test
    void jsonHasTheReasons() throws JsonProcessingException {
        JsonNode first = new ObjectMapper()
                .readTree(Invocation.of("catalogue", "quadratic", "--json").out())
                .at("/problems/0");

        assertThat(first.at("/problem").asText()).isEqualTo("quadratic");
        assertThat(first.at("/runs"))
                .extracting(JsonNode::asText)
                .containsExactly("exact", "f2sa", "first-order", "pbrl");
        assertThat(first.at("/refused/hpgd").asText()).startsWith("hpgd needs a problem that samples trajectories");
    }

    @Test
    void anUnknownProblemIsNamedWithThoseThereAre() {
        Invocation catalogue = Invocation.of("catalogue", "four-room");

        assertThat(catalogue.code()).isEqualTo(2);
        assertThat(catalogue.err())
                .contains("there is no problem four-room; there are")
                .contains("four-rooms");
    }
}
