package io.stackel.store;

import io.stackel.store.StorageException.Kind;
import java.util.Optional;

/** A run directory that belongs to one configuration; owned by nobody until {@link #claim}. */
public final class RunStore {

    private static final int RACES = 100;

    private final RunDirectory directory;
    private final RunHeader header;

    private RunStore(RunDirectory directory, RunHeader header) {
        this.directory = directory;
        this.header = header;
    }

    /**
     * Opens the run below the storage's root, and creates its {@code run.json} if there is nothing yet. A run that is there
     * keeps its header, whatever keys have come since.
     *
     * @throws StorageException refused if the directory belongs to another configuration, with a line for each key that
     *     differs, or to another numericsVersion; damaged if files are there but {@code run.json} is missing or broken
     */
    public static RunStore open(Storage storage, RunHeader header) {
        RunDirectory directory = new RunDirectory(storage);
        Optional<RunHeader> stored = directory.header();
        if (stored.isEmpty() && !directory.create(Layout.RUN, header.encode())) {
            stored = directory.header();
        }
        stored.ifPresent(found -> header.requireSame(found, directory.toString()));
        return new RunStore(directory, stored.orElse(header));
    }

    /** The run as it stands, without a claim. */
    public RunReader reader() {
        return new RunReader(directory, header);
    }

    /**
     * Claims the run, which fences every earlier driver, and then reads where it stands and the rows of the whole chain.
     *
     * @throws StorageException refused if the last driver has not released the run and the request does not take over;
     *     damaged if the run cannot be gone on with, or could not be read at its end
     */
    public OwnedRun claim(ClaimRequest request) {
        CommitLog log = new CommitLog(directory, header);
        // A claim in a folder that lost its claims would get a number that another driver had.
        log.completeIds();
        for (int race = 0; race < RACES; race++) {
            int last = directory.highestEpoch();
            if (last > 0 && request.takeover() == Takeover.RELEASED) {
                requireReleased(last);
            }
            if (last == Layout.LAST_EPOCH) {
                throw directory.damaged(Layout.owner(last)
                        + " is there, the last claim that can be counted, which no driver" + " has made");
            }
            Owner owner = new Owner(last + 1, request.uuids().get(), request.host(), request.codeVersion());
            if (directory.create(Layout.owner(owner.epoch()), owner.encode())) {
                return owned(owner, request, log);
            }
        }
        throw new StorageException(
                Kind.TRY_AGAIN,
                "lost " + RACES + " races for the run " + directory + " against other drivers",
                "stop them, then run the same command again");
    }

    /** The claimed run; a driver that cannot go on with it releases it at once. */
    private OwnedRun owned(Owner owner, ClaimRequest request, CommitLog log) {
        try {
            RunSnapshot snapshot = RunSnapshot.read(directory, log);
            snapshot.requireResumable();
            snapshot.head().ifPresent(reader()::requireHistory);
            snapshot.notices().forEach(request.notices());
            return new OwnedRun(directory, header, owner, request, snapshot.head());
        } catch (StorageException failure) {
            try {
                new OwnedRun(directory, header, owner, request, Optional.empty())
                        .release(
                                RunState.FAILED,
                                0,
                                failure.getMessage(),
                                failure.kind().exitCode(),
                                failure.kind() == Kind.TRY_AGAIN);
            } catch (StorageException silent) {
                failure.addSuppressed(silent);
            }
            throw failure;
        }
    }

    private void requireReleased(int epoch) {
        if (!directory.status(epoch).map(RunStatus::released).orElse(false)) {
            throw StorageException.refused(
                    "the run " + directory + " is owned by driver " + epoch + ", which has not released it (see "
                            + Layout.status(epoch) + ")",
                    "if that driver is dead, take the run over with --takeover always");
        }
    }
}
