package io.stackel.store;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;

/**
 * The commits of one run, and where it stands: the valid commit with the largest id whose data and metrics are whole.
 *
 * <p>The head steps back to an older commit only on proof that bytes are not those that were committed: a broken seal, a
 * wrong length or hash. An unanswered request is never proof. Data of the newest commit that are missing are no proof either,
 * for no driver removes them; data of older ones may have been removed by the retention rule.
 */
final class CommitLog {

    private static final int ATTEMPTS = 5;

    private final RunDirectory directory;
    private final RunHeader header;

    CommitLog(RunDirectory directory, RunHeader header) {
        this.directory = directory;
        this.header = header;
    }

    /** All commits by name, ascending; their content may be damaged. */
    NavigableSet<CommitId> ids() {
        NavigableSet<CommitId> ids = new TreeSet<>();
        directory.list(Layout.COMMITS).forEach(name -> Layout.commitOf(name).ifPresent(ids::add));
        return ids;
    }

    /** All commits, after a look at the other folders for traces of commits and claims that are not there any more. */
    NavigableSet<CommitId> completeIds() {
        // In the reverse order of writing, so that a live driver cannot make a file seem to lack its predecessor.
        NavigableSet<CommitId> parts = new TreeSet<>();
        for (String folder : List.of(Layout.DATA, Layout.METRICS)) {
            directory.list(folder).forEach(name -> Layout.partOf(name).ifPresent(parts::add));
        }
        NavigableSet<CommitId> ids = ids();
        NavigableSet<Integer> epochs = directory.epochs(Layout.OWNERS);
        Map<Long, Integer> firstEpochs = new HashMap<>();
        ids.forEach(id -> firstEpochs.merge(id.sequence(), id.epoch(), Math::min));
        for (CommitId part : parts) {
            int before = firstEpochs.getOrDefault(part.sequence() - 1, Integer.MAX_VALUE);
            if (part.sequence() > 1 && before > part.epoch()) {
                throw directory.damaged("a commit is missing: files were written for commit " + part
                        + ", but there is none with number " + (part.sequence() - 1) + " before it in "
                        + Layout.COMMITS);
            }
        }
        for (CommitId id : ids) {
            if (!epochs.contains(id.epoch())) {
                throw directory.damaged(Layout.owner(id.epoch()) + " is missing, but there is commit " + id);
            }
        }
        return ids;
    }

    /**
     * Reads a commit whose file exists.
     *
     * @return nothing if the seal proves that the file is not as it was written
     */
    Optional<Commit> read(CommitId id) {
        String path = Layout.commit(id);
        byte[] bytes = directory
                .read(path, Json.LONGEST)
                .orElseThrow(() -> directory.damaged(path + " is missing, and a later file needs it"));
        return Json.isIntact(bytes)
                ? Optional.of(directory.decoded(path, bytes, node -> ours(id, Commit.decode(node))))
                : Optional.empty();
    }

    private Commit ours(CommitId id, Commit commit) {
        if (!commit.id().equals(id)) {
            throw new IllegalArgumentException("must be commit " + id + ", but was " + commit.id());
        }
        if (!commit.identitySha256().equals(header.sha256()) || commit.numericsVersion() != header.numericsVersion()) {
            throw new IllegalArgumentException("must belong to the run with identity " + header.sha256()
                    + " and numericsVersion " + header.numericsVersion() + ", but belongs to "
                    + commit.identitySha256() + " and " + commit.numericsVersion());
        }
        return commit;
    }

    /** A commit that must be whole. */
    Commit require(CommitId id) {
        return read(id).orElseThrow(
                        () -> directory.damaged(Layout.commit(id) + " is not as it was written (its seal differs)"));
    }

    /** The commits from the first to {@code head}, by links to parents. */
    private List<Commit> chain(Commit head) {
        List<Commit> chain = new ArrayList<>(List.of(head));
        Commit last = head;
        while (last.parent().isPresent()) {
            last = require(last.parent().get());
            chain.add(last);
        }
        Collections.reverse(chain);
        return chain;
    }

    /** The head, or nothing where no commit was ever made. */
    Optional<Head> head() {
        NavigableSet<CommitId> ids = completeIds();
        for (int attempt = 1; !ids.isEmpty(); attempt++) {
            Optional<Head> head = head(ids);
            if (head.isPresent()) {
                return head;
            }
            // The newest data are missing: a live driver may have gone on and retired them since the listing.
            NavigableSet<CommitId> again = ids();
            if (again.equals(ids) || attempt == ATTEMPTS) {
                throw directory.damaged("the data file of commit " + ids.last() + " is missing");
            }
            ids = again;
        }
        return Optional.empty();
    }

    /** One pass over the commits; nothing if the data of the newest one are missing. */
    private Optional<Head> head(NavigableSet<CommitId> ids) {
        List<String> notices = new ArrayList<>();
        Optional<CommitId> next = newestIntact(ids, notices);
        while (next.isPresent()) {
            Commit commit = require(next.get());
            StoredFile data = commit.data();
            Optional<byte[]> bytes = directory.read(data.path(), data.readLimit());
            Optional<String> damage = bytes.isEmpty()
                    ? Optional.of(data.path() + " is missing, as the retention rule allows")
                    : data.damage(bytes.get());
            Optional<String> metrics = damage(commit.metrics());
            Optional<String> found = damage.or(() -> metrics);
            if (found.isEmpty()) {
                return Optional.of(new Head(commit, bytes.orElseThrow(), chain(commit), notices));
            }
            if (bytes.isEmpty() && commit.id().equals(ids.last())) {
                return Optional.empty();
            }
            notices.add("commit " + commit.id() + " is passed over: " + found.get());
            next = commit.parent();
        }
        throw directory.damaged("no commit is left to go on from: " + String.join("; ", notices));
    }

    private Optional<CommitId> newestIntact(NavigableSet<CommitId> ids, List<String> notices) {
        for (CommitId id : ids.descendingSet()) {
            if (read(id).isPresent()) {
                return Optional.of(id);
            }
            notices.add(Layout.commit(id) + " is passed over: it is not as it was written (its seal differs)");
        }
        return Optional.empty();
    }

    private Optional<String> damage(StoredFile file) {
        return file.damage(directory
                .read(file.path(), file.readLimit())
                .orElseThrow(() -> directory.damaged(file.path() + " is missing")));
    }
}
