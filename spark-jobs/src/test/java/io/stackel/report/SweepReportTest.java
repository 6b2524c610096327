package io.stackel.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.stackel.store.RunState;
import java.util.List;
import java.util.OptionalDouble;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class SweepReportTest {

    private static final SweepRules FREE = new SweepRules(OptionalDouble.empty(), 0);

    @Test
    void bestCellIsNamedOnlyWhereItsIntervalLiesApart() {
        List<TrialSummary> trials = ManyTrials.of(200, "");

        String page = SweepReport.html("steps", ManyTrials.AXES, trials, FREE, List.of(), List.of());

        // Step sizes .2, .3 and .4 differ by .01 where the noise has a width of .05; method b costs .2.
        assertThat(page)
                .contains("Ahead: stepSize 0.3, method a. 2 other cells cannot be told from it")
                .contains("198 / 200", "What each axis does", "Performance profiles");
    }

    @Test
    void noCellIsBestByFewerThanFiveSeeds() {
        List<TrialSummary> four =
                ManyTrials.of(20, "").stream().filter(trial -> trial.seed() < 4).toList();
        List<TrialSummary> five =
                ManyTrials.of(20, "").stream().filter(trial -> trial.seed() < 5).toList();

        assertThat(SweepReport.html("steps", ManyTrials.AXES, four, FREE, List.of(), List.of()))
                .contains("No best cell is named from fewer than 5 seeds; some cell has 4.");
        assertThat(SweepReport.html("steps", ManyTrials.AXES, five, FREE, List.of(), List.of()))
                .contains("Best: stepSize 0.1, method a.");
    }

    @Test
    void failuresAreGroupedByCause() {
        String page = SweepReport.html("steps", ManyTrials.AXES, ManyTrials.of(200, ""), FREE, List.of(), List.of());

        assertThat(page)
                .containsPattern(
                        Pattern.compile(
                                "failed: upper.stepSize must be positive, but was poisoned</th>"
                                        + "<td class=\"number\">2</td><td class=\"number\">2</td><td class=\"text\">trial-76, trial-153</td>"));
    }

    @Test
    void cellsWhoseFollowerDoesNotRespondAreNotRanked() {
        List<TrialSummary> trials = ManyTrials.of(200, "");
        SweepRules strict = new SweepRules(OptionalDouble.of(1e-4), 0.5);

        assertThat(SweepCell.ranked(trials, "upperObjective", FREE).get(0).axes())
                .containsEntry("method", "a");
        SweepCell first = SweepCell.ranked(trials, "upperObjective", strict).get(0);
        assertThat(first.axes()).containsEntry("method", "b");
        assertThat(first.ranked(strict)).isTrue();
    }

    @Test
    void sameTrialsGiveTheSamePage() {
        List<TrialSummary> trials = ManyTrials.of(60, "");

        assertThat(SweepReport.html("steps", ManyTrials.AXES, trials, FREE, List.of(), List.of()))
                .isEqualTo(SweepReport.html("steps", ManyTrials.AXES, trials, FREE, List.of(), List.of()));
    }

    @Test
    void sweepThatHasNotBegunHasAPage() {
        List<TrialSummary> waiting = ManyTrials.of(3, "").stream()
                .map(trial ->
                        TrialSummary.planned(trial.name(), trial.axes(), trial.seed(), RunState.WAITING, trial.run()))
                .toList();

        assertThat(SweepReport.html("steps", ManyTrials.AXES, waiting, FREE, List.of(), List.of()))
                .contains("No cell can be ranked yet", "3 trials have not ended");
    }
}
