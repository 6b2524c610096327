package io.stackel.store;

import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Finds where a run stands: the valid commit with the largest id whose data and metrics are whole.
 *
 * <p>It steps back to an older commit only on proof that bytes are not those that were committed: a broken seal, a wrong
 * length or hash. An unanswered request is never proof. Data of the newest commit that are missing are no proof either,
 * for no driver removes them; data of older ones may have been removed by the retention rule.
 */
final class HeadSearch {

    private static final int ATTEMPTS = 5;

    private final RunDirectory directory;
    private final CommitLog log;

    HeadSearch(RunDirectory directory, CommitLog log) {
        this.directory = directory;
        this.log = log;
    }

    /** What became of the data file of a commit. */
    private record Data(Optional<byte[]> whole, boolean missing, String notice) {}

    /** The head, or nothing where no commit was ever made. */
    Optional<Head> find() {
        NavigableSet<CommitId> ids = completeIds();
        for (int attempt = 1; !ids.isEmpty(); attempt++) {
            Optional<Head> head = search(ids);
            if (head.isPresent()) {
                return head;
            }
            // The newest data are missing: a live driver may have gone on and retired them since the listing.
            NavigableSet<CommitId> again = log.ids();
            if (again.equals(ids) || attempt == ATTEMPTS) {
                throw directory.damaged("the data file of commit " + ids.last() + " is missing");
            }
            ids = again;
        }
        return Optional.empty();
    }

    /** One pass over the commits; nothing if the data of the newest one are missing. */
    private Optional<Head> search(NavigableSet<CommitId> ids) {
        List<String> notices = new ArrayList<>();
        Optional<CommitId> next = newestIntact(ids, notices);
        while (next.isPresent()) {
            Commit commit = log.require(next.get());
            Data data = data(commit);
            Optional<String> metrics = damage(commit.metrics());
            if (data.whole().isPresent() && metrics.isEmpty()) {
                return Optional.of(new Head(commit, data.whole().get(), log.chain(commit), notices));
            }
            if (data.missing() && commit.id().equals(ids.last())) {
                return Optional.empty();
            }
            notices.add("commit " + commit.id() + " is passed over: "
                    + (data.whole().isPresent() ? metrics.orElseThrow() : data.notice()));
            next = commit.parent();
        }
        throw directory.damaged("no commit is left to go on from: " + String.join("; ", notices));
    }

    private Optional<CommitId> newestIntact(NavigableSet<CommitId> ids, List<String> notices) {
        for (CommitId id : ids.descendingSet()) {
            if (log.read(id).isPresent()) {
                return Optional.of(id);
            }
            notices.add(Layout.commit(id) + " is passed over: it is not as it was written (its seal differs)");
        }
        return Optional.empty();
    }

    private Data data(Commit commit) {
        StoredFile file = commit.data();
        Optional<byte[]> bytes = directory.read(file.path(), file.readLimit());
        Optional<String> damage = bytes.flatMap(file::damage);
        return new Data(
                damage.isPresent() ? Optional.empty() : bytes,
                bytes.isEmpty(),
                damage.orElse(file.path() + " is missing, as the retention rule allows"));
    }

    private Optional<String> damage(StoredFile file) {
        return file.damage(directory
                .read(file.path(), file.readLimit())
                .orElseThrow(() -> directory.damaged(file.path() + " is missing")));
    }

    /** All commits, after a look at the other folders for traces of commits and claims that are not there any more. */
    NavigableSet<CommitId> completeIds() {
        // In the reverse order of writing, so that a live driver cannot make a file seem to lack its predecessor.
        NavigableSet<CommitId> parts = new TreeSet<>();
        for (String folder : List.of(Layout.DATA, Layout.METRICS)) {
            for (String name : directory.list(folder)) {
                Layout.partOf(name).ifPresent(parts::add);
            }
        }
        NavigableSet<CommitId> ids = log.ids();
        Set<Integer> epochs = new TreeSet<>();
        for (String name : directory.list(Layout.OWNERS)) {
            Layout.epochOf(name).ifPresent(epochs::add);
        }
        for (CommitId part : parts) {
            boolean preceded = part.sequence() == 1
                    || ids.stream().anyMatch(id -> id.sequence() == part.sequence() - 1 && id.epoch() <= part.epoch());
            if (!preceded) {
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
}
