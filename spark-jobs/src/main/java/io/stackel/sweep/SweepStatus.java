package io.stackel.sweep;

import io.stackel.run.StatusReport;
import io.stackel.store.RunReader;
import io.stackel.store.RunState;
import io.stackel.store.RunTraces;
import io.stackel.store.Storage;
import java.net.URI;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * The status of every trial of a sweep, each read from its own directory; damage to one trial is reported for that one alone.
 *
 * @param trials in the order of the plan
 * @param notices on files that were passed over, a sentence each
 */
public record SweepStatus(List<TrialStatus> trials, List<String> notices) {

    /** Directories that are read at a time; a store far away answers them together. */
    private static final int READERS = 64;

    public SweepStatus {
        trials = List.copyOf(trials);
        notices = List.copyOf(notices);
    }

    /**
     * Reads every trial.
     *
     * @param open opens a run's directory for reading
     */
    public static SweepStatus of(SweepPlan plan, SweepDirectory directory, Function<URI, Storage> open) {
        Optional<SweepListing> listing = directory.listing();
        Set<String> failures = directory.failures();
        Queue<String> notices = new ConcurrentLinkedQueue<>();
        ExecutorService readers = Executors.newFixedThreadPool(READERS);
        try {
            List<Future<TrialStatus>> reading = new ArrayList<>();
            for (Trial trial : plan.trials()) {
                Supplier<Optional<TrialFailure>> failure = () ->
                        failures.contains(trial.name()) ? directory.failure(trial, notices::add) : Optional.empty();
                Supplier<Optional<TrialStatus>> known = () -> failures.contains(trial.name())
                        ? Optional.empty()
                        : listing.flatMap(files -> known(trial, files, directory, notices));
                reading.add(readers.submit(
                        () -> known.get().orElseGet(() -> status(trial, directory.trial(trial), open, failure))));
            }
            List<TrialStatus> statuses = new ArrayList<>();
            for (Future<TrialStatus> one : reading) {
                statuses.add(one.get());
            }
            return new SweepStatus(statuses, notices.stream().sorted().toList());
        } catch (ExecutionException failed) {
            throw failed.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while trials were read", interrupted);
        } finally {
            readers.shutdownNow();
        }
    }

    /** What is known of a trial without reading its directory: there is none, or it is as it was when its run had ended. */
    private static Optional<TrialStatus> known(
            Trial trial, SweepListing listing, SweepDirectory directory, Queue<String> notices) {
        return listing.tags(trial).isEmpty()
                ? Optional.of(TrialStatus.of(trial, Optional.empty()))
                : directory
                        .summary(trial, listing, notices::add)
                        .map(summary -> TrialStatus.of(trial, Optional.of(summary.status())));
    }

    private static TrialStatus status(
            Trial trial, URI place, Function<URI, Storage> open, Supplier<Optional<TrialFailure>> recorded) {
        try {
            Storage storage = open.apply(place);
            TrialStatus own =
                    TrialStatus.of(trial, RunReader.find(storage).map(reader -> StatusReport.of(place, reader)));
            return own.ended()
                    ? own
                    : recorded.get()
                            .filter(failure -> !failure.isPast(RunTraces.of(storage)))
                            .map(own::after)
                            .orElse(own);
        } catch (RuntimeException unreadable) {
            return TrialStatus.unreadable(trial, unreadable);
        }
    }

    /** The number of trials in each state that one is in, by the order of the words. */
    public SortedMap<RunState, Long> counts() {
        SortedMap<RunState, Long> counts = new TreeMap<>(Comparator.comparing(RunState::word));
        trials.forEach(trial -> counts.merge(trial.state(), 1L, Long::sum));
        return counts;
    }

    /** The trials that a run of the sweep would work on: those without an end, and none that failed or is damaged. */
    public List<Trial> open() {
        return trials(TrialStatus::open);
    }

    /** The trials that failed, in the order of the plan. */
    public List<Trial> failed() {
        return trials(TrialStatus::failed);
    }

    /** The trials of which something holds. */
    public List<Trial> trials(Predicate<TrialStatus> rule) {
        return trials.stream().filter(rule).map(TrialStatus::trial).toList();
    }
}
