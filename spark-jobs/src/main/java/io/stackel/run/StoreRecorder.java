package io.stackel.run;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.stackel.algorithm.GradientOracle;
import io.stackel.algorithm.Outcome;
import io.stackel.algorithm.RunRecorder;
import io.stackel.algorithm.Safetensors;
import io.stackel.algorithm.State;
import io.stackel.algorithm.StateHash;
import io.stackel.experiment.ExperimentConfiguration;
import io.stackel.experiment.JsonText;
import io.stackel.store.Checkpoint;
import io.stackel.store.OwnedRun;
import io.stackel.store.RunState;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CancellationException;
import java.util.function.Function;

/**
 * Records a run in its directory and on the user's screen.
 *
 * <p>It knows at any moment the last state whose rows are all taken, so that another thread may {@link #seal} the run
 * while a batch is in flight. A checkpoint of a run that goes on is committed while the next batch runs.
 */
final class StoreRecorder implements RunRecorder {

    /**
     * What does not change while one driver works on a run.
     *
     * @param before the summary of the commit from which it goes on; nothing for a fresh start
     * @param changes of tunable and free keys and of code, for the driver's first commit
     * @param closing figures of a finished state whose iteration had no row
     */
    record RunFacts(
            LoadedExperiment loaded,
            Optional<CommitSummary> before,
            List<String> changes,
            Function<State, SortedMap<String, Double>> closing) {}

    /** Of which rows of timings hold every number. */
    private static final int LONGEST_UPPER = 128;

    private final RunFacts facts;
    private final OwnedRun run;
    private final GradientOracle engine;
    private final RunProgress progress;
    private final Stopwatch watch;
    private final StringBuilder metrics = new StringBuilder();
    private final StringBuilder timings = new StringBuilder();
    private SortedMap<String, Double> figures;
    private SortedMap<String, Double> latest = new TreeMap<>();
    private List<String> changes;
    private State reached;
    private Optional<State> whole;
    private final BackgroundCommits commits;
    private boolean sealed;

    /**
     * Records in {@code run} what happens from {@code start} on.
     *
     * @param engine shows figures where people look at it
     * @param start the state from which this driver goes on
     */
    StoreRecorder(
            RunFacts facts, OwnedRun run, GradientOracle engine, RunProgress progress, Stopwatch watch, State start) {
        this.facts = facts;
        this.run = run;
        this.engine = engine;
        this.progress = progress;
        this.watch = watch;
        figures = facts.before().map(CommitSummary::figures).orElseGet(TreeMap::new);
        changes = facts.changes();
        reached = start;
        whole = run.head().map(head -> start);
        commits = new BackgroundCommits(watch, whole);
    }

    @Override
    public synchronized void preparing(String work, long done, long total) {
        progress.prepare(work, done, total);
    }

    @Override
    public synchronized void progressed(State state, SortedMap<String, Double> measurements) {
        commits.requireNoFailure();
        reached = state;
        latest = measurements;
        boolean rowFollows = state.phase() == 0
                && state.iteration() % facts.loaded().experiment().plan().evaluateEvery() == 0;
        if (!rowFollows) {
            whole = Optional.of(state);
        }
        progress.learn(measurements);
        progress.show(state);
        engine.show(state, measurements);
    }

    @Override
    public synchronized void measured(SortedMap<String, Double> row) {
        metrics.append(MetricRow.line(row));
        time("row", reached, upper());
        figures = row;
        whole = Optional.of(reached);
        progress.learn(row);
        engine.show(reached, row);
    }

    @Override
    public synchronized void checkpoint(State state, Outcome outcome) {
        if (sealed) {
            throw new CancellationException("the run was stopped");
        }
        boolean measured = figures.getOrDefault("iteration", -1.0) == state.iteration();
        if (outcome == Outcome.COMPLETE && !measured) {
            figures = closingFigures(state);
        }
        commit(state, outcome);
        if (outcome != Outcome.RUNNING) {
            commits.await();
        }
    }

    /** A row like the others, of the step that led to the state; it is in the summary alone, since a longer run has none. */
    private SortedMap<String, Double> closingFigures(State state) {
        SortedMap<String, Double> last = new TreeMap<>(latest);
        last.putAll(facts.closing().apply(state));
        last.putAll(counts(state, Long::doubleValue));
        return last;
    }

    /**
     * Commits the last whole state, unless that has been done; after this nothing more is committed.
     *
     * @return the state that stands committed, if any does
     */
    synchronized Optional<State> seal() {
        if (!sealed) {
            sealed = true;
            commits.await();
            whole.filter(state -> committed().map(State::step).orElse(-1L) < state.step())
                    .ifPresent(state -> commit(state, Outcome.RUNNING));
            commits.await();
        }
        return committed();
    }

    /** Returns once all that was to be committed stands; throws what prevented it. */
    synchronized void settle() {
        commits.await();
    }

    /** The state that stands committed, if any does; answered at once, also while a state is being committed. */
    Optional<State> committed() {
        return commits.committed();
    }

    /** The state from which the batch in flight was asked for. */
    synchronized State reached() {
        return reached;
    }

    /** Begins a commit once the one before it stands; the lines of metrics and timings so far are part of it. */
    private void commit(State state, Outcome outcome) {
        commits.await();
        time("commit", state, Map.of("commitSeconds", commits.seconds(), "commitWaitSeconds", commits.waited()));
        SortedMap<String, Double> shown = figures;
        double wall = wallSeconds();
        List<String> changed = changes;
        byte[] rows = metrics.toString().getBytes(StandardCharsets.UTF_8);
        byte[] times = timings.toString().getBytes(StandardCharsets.UTF_8);
        metrics.setLength(0);
        timings.setLength(0);
        changes = List.of();
        boolean goesOn = outcome == Outcome.RUNNING && !sealed;
        commits.begin(
                state,
                () -> run.commit(new Checkpoint(
                        Safetensors.encode(state), rows, times, outcome, summary(state, shown, wall, changed))),
                () -> {
                    if (goesOn) {
                        run.report(RunState.RUNNING, state.step());
                    }
                });
    }

    private ObjectNode summary(State state, SortedMap<String, Double> shown, double wall, List<String> changed) {
        ExperimentConfiguration configuration = facts.loaded().configuration();
        CommitSummary summary = new CommitSummary(
                configuration.name(),
                shown,
                StateHash.sha256(state),
                wall,
                configuration.resolvedJson(),
                changed,
                new CommitSummary.Code(
                        Optional.of(Version.text()), facts.loaded().code().digest()));
        return summary.encode(counts(state, Function.identity()));
    }

    /** x in single precision, so that reports draw its path; nothing where it is long. */
    private Map<String, Object> upper() {
        double[] upper = facts.loaded().experiment().algorithm().upper(reached);
        return upper.length > LONGEST_UPPER
                ? Map.of()
                : Map.of(
                        "upper",
                        Arrays.stream(upper)
                                .mapToObj(value -> Double.valueOf(Float.toString((float) value)))
                                .toList());
    }

    /** Adds a row of what may differ between two equal runs. */
    synchronized void note(Map<String, Object> row) {
        timings.append(JsonText.compact(new TreeMap<>(row))).append('\n');
    }

    private void time(String event, State state, Map<String, Object> more) {
        Map<String, Object> row = new TreeMap<>(more);
        row.put("event", event);
        row.putAll(counts(state, Function.identity()));
        row.put("wallSeconds", wallSeconds());
        note(row);
    }

    private double wallSeconds() {
        return facts.before().map(CommitSummary::wallSeconds).orElse(0.0) + watch.seconds();
    }

    private static <T> Map<String, T> counts(State state, Function<Long, T> form) {
        Map<String, T> counts = new LinkedHashMap<>();
        counts.put("step", form.apply(state.step()));
        counts.put("iteration", form.apply(state.iteration()));
        counts.put("samples", form.apply(state.samples()));
        counts.put("lowerSamples", form.apply(state.lowerSamples()));
        counts.put("upperSamples", form.apply(state.upperSamples()));
        return counts;
    }
}
