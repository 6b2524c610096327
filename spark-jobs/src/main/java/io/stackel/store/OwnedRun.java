package io.stackel.store;

import io.stackel.store.StorageException.Kind;
import java.net.URI;
import java.util.Arrays;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * A run that this driver has claimed: the only way to write to it.
 *
 * <p>Safe for several threads, so that a shutdown hook may commit the last state. After a {@link StorageException} that
 * says fenced or damaged, or that leaves open whether a commit was made, nothing more is written and every call repeats
 * it.
 */
public final class OwnedRun {

    private final RunDirectory directory;
    private final RunHeader header;
    private final Owner owner;
    private final ClaimRequest request;
    private final Optional<Head> head;
    private final Retention retention;
    private Optional<CommitId> last;
    private Optional<StorageException> end = Optional.empty();

    OwnedRun(RunDirectory directory, RunHeader header, Owner owner, ClaimRequest request, Optional<Head> head) {
        this.directory = directory;
        this.header = header;
        this.owner = owner;
        this.request = request;
        this.head = head;
        this.last = head.map(h -> h.commit().id());
        this.retention = new Retention(directory, request, owner.epoch(), head);
    }

    /** Where the run is kept. */
    public URI root() {
        return directory.root();
    }

    /** This driver's claim. */
    public Owner owner() {
        return owner;
    }

    /** Where the run stood when it was claimed; nothing for a fresh start. */
    public Optional<Head> head() {
        return head;
    }

    /**
     * Makes a checkpoint durable: a look whether this is still the directory that this driver claimed, then its files,
     * then the commit that names them, then a look whether this driver still owns the run, then the removal of data that
     * the retention rule lets go.
     *
     * @return the commit, which stands
     * @throws StorageException fenced if a newer driver has claimed the run; damaged if the directory was removed, moved
     *     or replaced; try again if the store did not answer
     */
    public synchronized Commit commit(Checkpoint checkpoint) {
        requireOpen();
        requireOwnClaim();
        CommitId id = new CommitId(owner.epoch(), last.map(CommitId::sequence).orElse(0L) + 1);
        Commit commit = written(() -> write(id, request.uuids().get(), checkpoint));
        try {
            if (!directory.create(Layout.commit(id), commit.encode())) {
                throw fenced("another driver made commit " + id);
            }
            requireNewestClaim();
            requireOwnClaim();
        } catch (StorageException stopped) {
            throw ended(stopped);
        }
        last = Optional.of(id);
        try {
            retention.afterCommit(commit);
        } catch (StorageException failure) {
            // A driver that claimed the run since may have let these data go, which is no damage.
            requireNewestClaim();
            throw failure;
        }
        return commit;
    }

    /** The outcome of a write; what a directory that was taken away refuses is no fault of the store. */
    private <T> T written(Supplier<T> write) {
        try {
            return write.get();
        } catch (StorageException failure) {
            try {
                requireOwnClaim();
            } catch (StorageException why) {
                if (why.kind() == Kind.DAMAGED) {
                    throw why;
                }
            }
            throw failure;
        }
    }

    private void requireNewestClaim() {
        int highest = directory.highestEpoch();
        if (highest > owner.epoch()) {
            throw ended(fenced("driver " + highest + " has claimed it"));
        }
    }

    private Commit write(CommitId id, UUID uuid, Checkpoint checkpoint) {
        StoredFile data = StoredFile.of(Layout.data(id, uuid), checkpoint.state());
        StoredFile metrics = StoredFile.of(Layout.metrics(id, uuid), checkpoint.metrics());
        StoredFile timings = StoredFile.of(Layout.timings(id, uuid), checkpoint.timings());
        directory.put(data.path(), checkpoint.state());
        directory.put(metrics.path(), checkpoint.metrics());
        directory.put(timings.path(), checkpoint.timings());
        return new Commit(
                id,
                uuid,
                last,
                checkpoint.outcome(),
                header.sha256(),
                header.numericsVersion(),
                data,
                metrics,
                timings,
                checkpoint.summary().deepCopy());
    }

    /** Tells watchers how the driver fares; the last word stands. */
    public synchronized void report(RunState state, long step) {
        requireOpen();
        put(new RunStatus(owner.epoch(), state, step, "", 0, false, false));
    }

    /** Tells watchers how the driver ended and that it will write nothing more. */
    public synchronized void release(RunState state, long step, String reason, int exitCode, boolean retryable) {
        requireOpen();
        put(new RunStatus(owner.epoch(), state, step, reason, exitCode, retryable, true));
        ended(StorageException.refused("this driver has released the run " + directory, "claim the run again"));
    }

    private void put(RunStatus status) {
        requireOwnClaim();
        written(() -> {
            directory.put(Layout.status(owner.epoch()), status.encode());
            return status;
        });
    }

    private void requireOpen() {
        if (end.isPresent()) {
            throw end.get();
        }
    }

    private StorageException ended(StorageException by) {
        end = Optional.of(by);
        return by;
    }

    /** Whatever was done to the directory since, a write must go nowhere else than below this driver's own claim. */
    private void requireOwnClaim() {
        String path = Layout.owner(owner.epoch());
        byte[] claim = owner.encode();
        Optional<byte[]> found = directory.read(path, claim.length + 1);
        if (found.filter(bytes -> Arrays.equals(bytes, claim)).isEmpty()) {
            throw ended(StorageException.damaged(
                    path + " below " + directory
                            + (found.isPresent() ? " is not the claim of this driver" : " is missing")
                            + ": the run directory was removed, moved or replaced while this driver worked on it",
                    "nothing more is written"
                            + last.map(id -> " after commit " + id).orElse("")
                            + ": put the directory back, or give the place that it was moved to (--out), and run the same"
                            + " command again"));
        }
    }

    private StorageException fenced(String why) {
        return new StorageException(
                Kind.FENCED,
                "this driver (" + owner.epoch() + ") does not own the run " + directory + " any more: " + why,
                "it writes nothing more, and the other driver goes on");
    }
}
