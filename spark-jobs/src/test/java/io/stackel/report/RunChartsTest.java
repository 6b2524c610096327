package io.stackel.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class RunChartsTest {

    private static Map<String, Chart> charts(String first, String second) {
        MetricTable rows = MetricTable.parse((first + "\n" + second).getBytes(StandardCharsets.UTF_8));
        return RunCharts.of(rows, OptionalDouble.of(0.5), false).stream()
                .collect(Collectors.toMap(Chart::id, Function.identity()));
    }

    private static Chart.Series series(Chart chart, String label) {
        return chart.series().stream()
                .filter(one -> one.label().equals(label))
                .findFirst()
                .orElseThrow();
    }

    /** f + gap / sigma is what that policy minimises; at the best response it would be f again. */
    @Test
    void thePenalisedObjectiveIsThatOfThePerturbedPolicy() {
        Map<String, Chart> charts = charts(
                "{\"iteration\":0,\"upperObjective\":9,\"lowerGap\":0,\"upperObjectivePlus\":1,\"lowerGapPlus\":2}",
                "{\"iteration\":5,\"upperObjective\":9,\"lowerGap\":0,\"upperObjectivePlus\":3,\"lowerGapPlus\":4}");
        assertThat(series(charts.get("penalised"), "sum").values()).isEqualTo(List.of(5.0, 11.0));
        assertThat(charts.keySet()).noneMatch(id -> id.startsWith("other"));
    }

    @Test
    void thePenalisedPolicyStandsBesideTheBestResponse() {
        String figures = "\"upperObjective\":9,\"lowerGap\":1,\"upperObjectivePenalised\":3,\"lowerGapPenalised\":4}";
        Map<String, Chart> charts = charts("{\"iteration\":0," + figures, "{\"iteration\":5," + figures);
        assertThat(series(charts.get("penalised"), "sum").values()).isEqualTo(List.of(11.0, 11.0));
        assertThat(series(charts.get("objective"), "at the penalised policy").values())
                .isEqualTo(List.of(3L, 3L));
        assertThat(series(charts.get("lower-gap"), "of the penalised policy").values())
                .isEqualTo(List.of(4L, 4L));
    }

    @Test
    void theStatusQuoIsALineThroughTheChart() {
        Map<String, Chart> charts = charts(
                "{\"iteration\":0,\"upperObjective\":9,\"statusQuoObjective\":7,\"statusQuoReturn\":1,"
                        + "\"statusQuoObjectiveStandardError\":0.1}",
                "{\"iteration\":5,\"upperObjective\":4}");
        Chart.Series line = series(charts.get("objective"), "status quo");
        assertThat(line.values()).isEqualTo(List.of(7.0, 7.0));
        assertThat(line.style()).isEqualTo(Chart.Style.REFERENCE);
        assertThat(charts).hasSize(1);
    }
}
