package io.stackel.sweep;

import io.stackel.report.ExitCode;
import io.stackel.report.StatusReport;
import io.stackel.store.RunReader;
import io.stackel.store.Storage;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;

/**
 * How all trials of a sweep stand, read from their directories.
 *
 * @param trials in the order of the plan
 */
public record SweepStanding(List<TrialStanding> trials) {

    /** Directories that are read at a time; a store far away answers them together. */
    private static final int READERS = 8;

    public SweepStanding {
        trials = List.copyOf(trials);
    }

    /**
     * Reads every trial.
     *
     * @param open opens a run's directory for reading
     */
    public static SweepStanding of(SweepPlan plan, SweepDirectory directory, Function<URI, Storage> open) {
        Map<String, TrialResult> failures = directory.failures();
        ExecutorService readers = Executors.newFixedThreadPool(READERS);
        try {
            List<Future<TrialStanding>> reading = new ArrayList<>();
            for (Trial trial : plan.trials()) {
                reading.add(readers.submit(() -> standing(trial, directory, open, failures)));
            }
            List<TrialStanding> standings = new ArrayList<>();
            for (Future<TrialStanding> one : reading) {
                standings.add(one.get());
            }
            return new SweepStanding(standings);
        } catch (ExecutionException failed) {
            throw failed.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while trials were read", interrupted);
        } finally {
            readers.shutdownNow();
        }
    }

    private static TrialStanding standing(
            Trial trial, SweepDirectory directory, Function<URI, Storage> open, Map<String, TrialResult> failures) {
        URI place = directory.trial(trial);
        Optional<StatusReport> status = RunReader.find(open.apply(place)).map(reader -> StatusReport.of(place, reader));
        Optional<TrialResult> failure = Optional.ofNullable(failures.get(trial.name()));
        String state = status.map(StatusReport::state).orElse("waiting");
        boolean over = state.equals("complete") || state.equals("diverged");
        if (failure.isPresent() && !over) {
            return new TrialStanding(
                    trial,
                    failure.get().exitCode() == ExitCode.TRY_AGAIN.code() ? "stopped" : "failed",
                    Optional.of(failure.get().exitCode()),
                    failure.get().reason(),
                    status);
        }
        return new TrialStanding(
                trial,
                state,
                status.flatMap(StatusReport::exitCode),
                status.map(StatusReport::reason).orElse(""),
                status);
    }

    /** The number of trials in each state. */
    public Map<String, Long> counts() {
        Map<String, Long> counts = new TreeMap<>();
        trials.forEach(trial -> counts.merge(trial.state(), 1L, Long::sum));
        return counts;
    }

    /** The trials that a run of the sweep would work on: those without an end, and of those that failed none. */
    public List<Trial> open() {
        return trials.stream()
                .filter(one -> !one.ended() && !one.failed())
                .map(TrialStanding::trial)
                .toList();
    }

    /** The trials that failed. */
    public List<Trial> failed() {
        return trials.stream()
                .filter(TrialStanding::failed)
                .map(TrialStanding::trial)
                .toList();
    }
}
