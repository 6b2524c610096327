package io.stackel.sweep;

import io.stackel.run.ExitCode;
import io.stackel.run.RunEnd;
import io.stackel.store.RunTraces;
import io.stackel.store.Storage;
import io.stackel.store.StorageException;
import java.util.Optional;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;

/**
 * Runs a trial so that its end is known, also where it ends the process it runs in: a problem that calls
 * {@link System#exit}, crashes the virtual machine or uses more memory than there is.
 *
 * <p>A task that Spark starts anew for a lost one finds the {@link TrialAttempt} of that. After enough of them it does not
 * start the trial any more but records it as failed, so that Spark's job ends well and the other trials have their turn.
 */
public final class TrialKeeping {

    /** Trials in this process: many share it, or one has it alone. Fair, so that the one is not passed for ever. */
    private static final ReadWriteLock PROCESS = new ReentrantReadWriteLock(true);

    private final Trial trial;
    private final SweepDirectory sweep;
    private final Storage run;

    /**
     * Guards one trial of {@code sweep}.
     *
     * @param run the trial's own directory
     */
    public TrialKeeping(Trial trial, SweepDirectory sweep, Storage run) {
        this.trial = trial;
        this.sweep = sweep;
        this.run = run;
    }

    /** Runs the trial in a process whose end nobody survives. */
    public RunEnd keep(Supplier<RunEnd> work) {
        return recorded(RunTraces.of(run), work);
    }

    /**
     * Runs the trial in a task that Spark starts again when its process is lost.
     *
     * @param token that no other task has
     */
    public RunEnd keepInTask(String token, Supplier<RunEnd> work) {
        RunTraces traces = RunTraces.of(run);
        Optional<TrialAttempt> lost = sweep.attempt(trial);
        TrialAttempt attempt =
                lost.map(left -> left.next(token, traces)).orElseGet(() -> TrialAttempt.first(token, traces));
        Lock lock = attempt.alone() ? PROCESS.writeLock() : PROCESS.readLock();
        lock.lock();
        try {
            sweep.begin(trial, attempt);
            RunEnd end = recorded(traces, attempt.isHopeless() ? () -> blame(attempt) : work);
            end(attempt);
            return end;
        } finally {
            lock.unlock();
        }
    }

    /** An attempt that stays counts as one loss too many, which is less than the result. */
    private void end(TrialAttempt attempt) {
        try {
            sweep.end(trial, attempt);
        } catch (StorageException unanswered) {
            return;
        }
    }

    private static RunEnd blame(TrialAttempt attempt) {
        return RunEnd.failed(
                ExitCode.DATA,
                "its process ended " + attempt.lost()
                        + " times before the trial did, and without a commit between; the last "
                        + attempt.lostAlone()
                        + " times no other trial was in it. The problem ends the process (System.exit,"
                        + " a crash, or memory): fix it, or give executors more memory",
                0);
    }

    private RunEnd recorded(RunTraces before, Supplier<RunEnd> work) {
        RunEnd end = work.get();
        try {
            sweep.record(trial, end, end.exitCode() == ExitCode.SUCCESS ? before : traces(before, end));
            summarize(end);
            return end;
        } catch (StorageException unrecorded) {
            return end.exitCode() == ExitCode.SUCCESS
                    ? end
                    : end.adding("this could not be recorded: " + unrecorded.getMessage());
        }
    }

    /** A summary saves time alone: without one the trial's own directory is read, and says what is wrong with it. */
    private void summarize(RunEnd end) {
        if (end.exitCode() == ExitCode.SUCCESS || end.exitCode() == ExitCode.DIVERGED) {
            try {
                TrialSummary.of(run).ifPresent(summary -> sweep.keep(trial, summary));
            } catch (RuntimeException unreadable) {
                return;
            }
        }
    }

    /** A claim that another driver made since is later than this end; commits of before that claim are not. */
    private RunTraces traces(RunTraces before, RunEnd end) {
        return new RunTraces(
                Math.max(before.epoch(), end.epoch()), RunTraces.of(run).commit());
    }
}
