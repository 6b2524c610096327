package io.stackel.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.stackel.store.RunState;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class SweepReportTest {

    private static final SweepRules FREE = new SweepRules(OptionalDouble.empty(), 0);

    @Test
    void bestCellIsNamedOnlyWhereItsIntervalLiesApart() {
        List<TrialSummary> trials = ManyTrials.of(200, "");

        String page =
                new SweepReport("steps", ManyTrials.AXES, trials, FREE, List.of(), List.of()).html(OptionalInt.empty());

        // Step sizes .2, .3 and .4 differ by .01 where the noise has a width of .05; method b costs .2.
        assertThat(page)
                .contains("Ahead: stepSize 0.3, method a, but 2 other cells cannot be told from it")
                .contains("198 / 200", "What each axis does", "Performance profiles");
    }

    @Test
    void noCellIsBestByFewerThanFiveSeeds() {
        List<TrialSummary> four =
                ManyTrials.of(20, "").stream().filter(trial -> trial.seed() < 4).toList();
        List<TrialSummary> five =
                ManyTrials.of(20, "").stream().filter(trial -> trial.seed() < 5).toList();

        assertThat(new SweepReport("steps", ManyTrials.AXES, four, FREE, List.of(), List.of())
                        .html(OptionalInt.empty()))
                .contains("No best cell is named from fewer than 5 seeds; some cell has 4.");
        assertThat(new SweepReport("steps", ManyTrials.AXES, five, FREE, List.of(), List.of())
                        .html(OptionalInt.empty()))
                .contains("Best: stepSize 0.1, method a.");
        assertThat(new SweepReport("steps", ManyTrials.AXES, five.subList(0, 5), FREE, List.of(), List.of())
                        .html(OptionalInt.empty()))
                .contains(
                        "5 runs of one setting",
                        "One setting, so there is nothing to rank. Its interquartile mean is ");
    }

    @Test
    void failuresAreGroupedByCause() {
        String page = new SweepReport("steps", ManyTrials.AXES, ManyTrials.of(200, ""), FREE, List.of(), List.of())
                .html(OptionalInt.empty());

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

        assertThat(new SweepReport("steps", ManyTrials.AXES, trials, FREE, List.of(), List.of())
                        .html(OptionalInt.empty()))
                .isEqualTo(new SweepReport("steps", ManyTrials.AXES, trials, FREE, List.of(), List.of())
                        .html(OptionalInt.empty()));
    }

    @Test
    void sweepThatHasNotBegunHasAPage() {
        List<TrialSummary> waiting = ManyTrials.of(3, "").stream()
                .map(trial -> new TrialSummary(
                        trial.name(),
                        trial.axes(),
                        trial.seed(),
                        trial.run(),
                        RunState.WAITING,
                        Optional.empty(),
                        "",
                        Optional.empty(),
                        TrialSummary.Rows.NONE))
                .toList();

        assertThat(new SweepReport("steps", ManyTrials.AXES, waiting, FREE, List.of(), List.of())
                        .html(OptionalInt.empty()))
                .contains("No cell can be ranked yet", "3 trials have not ended");
    }
}
