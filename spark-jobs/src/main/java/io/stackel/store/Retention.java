package io.stackel.store;

import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Removes data files that no resume needs; commits, metrics and timings are never removed.
 *
 * <p>Only after a commit of this driver that was not fenced, and only once its data were read back and found whole, go:
 * data of commits on the own chain before the newest {@code keep}, and data of lower epochs that the chain does not
 * name. Data of this or a higher epoch that no commit names stay.
 */
final class Retention {

    private final RunDirectory directory;
    private final ClaimRequest request;
    private final int epoch;
    private final List<String> chain = new ArrayList<>();
    private final NavigableSet<String> present = new TreeSet<>();
    private boolean listed;

    Retention(RunDirectory directory, ClaimRequest request, int epoch, Optional<Head> head) {
        this.directory = directory;
        this.request = request;
        this.epoch = epoch;
        head.ifPresent(h -> h.chain().forEach(commit -> chain.add(commit.data().path())));
    }

    /** Removes what the new commit lets go; a store that does not answer now is asked again after the next commit. */
    void afterCommit(Commit commit) {
        chain.add(commit.data().path());
        present.add(commit.data().path());
        try {
            if (!listed) {
                listLowerEpochs();
                listed = true;
            }
            NavigableSet<String> removable = new TreeSet<>(present);
            chain.subList(Math.max(0, chain.size() - request.keep()), chain.size())
                    .forEach(removable::remove);
            if (removable.isEmpty()) {
                return;
            }
            requireWhole(commit.data());
            for (String path : removable) {
                directory.delete(path);
                present.remove(path);
            }
        } catch (StorageException unanswered) {
            if (unanswered.kind() != StorageException.Kind.TRY_AGAIN) {
                throw unanswered;
            }
            request.notices().accept("old data were not removed: " + unanswered.getMessage());
        }
    }

    private void listLowerEpochs() {
        for (String name : directory.list(Layout.DATA)) {
            Layout.partOf(name).filter(id -> id.epoch() < epoch).ifPresent(id -> present.add(Layout.DATA + "/" + name));
        }
    }

    private void requireWhole(StoredFile newest) {
        byte[] bytes = directory
                .read(newest.path(), newest.readLimit())
                .orElseThrow(() -> directory.damaged(newest.path() + " is missing right after it was written"));
        newest.damage(bytes).ifPresent(damage -> {
            throw directory.damaged("read back after it was written, " + damage);
        });
    }
}
