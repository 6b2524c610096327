package io.stackel.store;

import java.util.Optional;

/**
 * The newest claim and the newest commit of a run by the names of their files alone: nothing is read, so that damage
 * changes nothing, and no clock is asked.
 *
 * @param epoch of the newest claim, 0 if there is none
 * @param commit the newest commit
 */
public record RunTraces(int epoch, Optional<CommitId> commit) {

    /** Of a run that nobody has claimed. */
    public static final RunTraces NONE = new RunTraces(0, Optional.empty());

    public RunTraces {
        if (epoch < 0) {
            throw new IllegalArgumentException("epoch must be at least 0, but was " + epoch);
        }
    }

    /** The traces below a root, where there may be no run. */
    public static RunTraces of(Storage storage) {
        RunDirectory directory = new RunDirectory(storage);
        // Commits first: a claim that is missed was made later than every commit that is seen.
        Optional<CommitId> commit = directory.list(Layout.COMMITS).stream()
                .flatMap(name -> Layout.commitOf(name).stream())
                .max(CommitId::compareTo);
        return new RunTraces(directory.highestEpoch(), commit);
    }

    /** Whether the run was claimed since. */
    public boolean claimedSince(RunTraces earlier) {
        return epoch > earlier.epoch;
    }

    /** Whether a commit was made since. */
    public boolean committedSince(RunTraces earlier) {
        return commit.filter(newest ->
                        earlier.commit.filter(old -> newest.compareTo(old) <= 0).isEmpty())
                .isPresent();
    }
}
