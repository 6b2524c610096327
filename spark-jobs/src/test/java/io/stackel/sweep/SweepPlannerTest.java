package io.stackel.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.stackel.experiment.SweepConfiguration;
import io.stackel.experiment.SweepDecoder;
import io.stackel.math.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SweepPlannerTest {

    private static SweepConfiguration sweep(String more) {
        String text = "format: 1\nname: one\nconfiguration: base.yaml\n" + more;
        return SweepDecoder.decode("sweep.yaml", text.getBytes(StandardCharsets.UTF_8));
    }

    /** Tells runs apart by everything but what begins with "stop", and takes 1 and 1.0 for one number. */
    private static Trial resolve(SweepConfiguration.Point point) {
        String identity = point.overrides().stream()
                .filter(one -> !one.startsWith("stop"))
                .map(one -> one.replace("1.0", "1"))
                .toList()
                .toString();
        String digits = Sha256.of(identity);
        return new Trial(
                "run-" + digits.substring(0, 12),
                digits,
                point.seed(),
                point.labels(),
                "{\"of\": \"" + identity + "\"}");
    }

    @Test
    void thePlanIsTheSameTextEveryTimeAndReadsBack() throws JsonProcessingException {
        SweepConfiguration sweep = sweep("""
                grid: {a: [1, 2]}
                seeds: 0..2
                require: {lowerGap: 0.01, completeShare: 0.5}
                reference: [{a: 1, Theirs: 0.25}]
                """);

        SweepPlan plan = SweepPlanner.plan(sweep, SweepPlannerTest::resolve);
        SweepPlan read = SweepPlan.decode(new ObjectMapper().readTree(plan.json()));

        assertThat(plan.trials()).hasSize(6);
        assertThat(SweepPlanner.plan(sweep, SweepPlannerTest::resolve).json()).isEqualTo(plan.json());
        assertThat(read.json().replace(" ", "")).isEqualTo(plan.json().replace(" ", ""));
        assertThat(read.requirements()).isEqualTo(sweep.requirements());
        assertThat(read.references()).isEqualTo(sweep.references()).hasSize(1);
        assertThat(plan.directoryName()).matches("one-[0-9a-f]{12}");
    }

    @Test
    void pointsThatAreTheSameRunAreReportedAndNotRunTwice() {
        SweepPlan plan = SweepPlanner.plan(sweep("grid: {a: [1, 1.0, 2]}\n"), SweepPlannerTest::resolve);

        assertThat(plan.trials()).hasSize(2);
        assertThat(plan.duplicates())
                .containsExactly(new SweepPlan.Duplicate(plan.trials().get(0).name(), Map.of("a", "1.0"), 0));
    }

    @Test
    void anAxisThatChangesNothingIsRefused() {
        assertThatThrownBy(() -> SweepPlanner.plan(
                        sweep("grid: {a: [1, 2], stop.iterations: [10, 20]}\n"), SweepPlannerTest::resolve))
                .hasMessageStartingWith(
                        "the axis stop.iterations changes nothing: all of its values make the same runs");
    }

    @Test
    void aSweepWithoutTrialsIsRefused() {
        assertThatThrownBy(() ->
                        SweepPlanner.plan(sweep("grid: {a: [1]}\nexclude: [{a: 1}]\n"), SweepPlannerTest::resolve))
                .hasMessage("exclude must leave a trial, but leaves none");
    }
}
