package io.stackel.store;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;

/** The commits of one run: their names, each one checked when read, and the chain of parents. */
final class CommitLog {

    private final RunDirectory directory;
    private final RunHeader header;

    CommitLog(RunDirectory directory, RunHeader header) {
        this.directory = directory;
        this.header = header;
    }

    /** All commits by name, ascending; their content may be damaged. */
    NavigableSet<CommitId> ids() {
        NavigableSet<CommitId> ids = new TreeSet<>();
        for (String name : directory.list(Layout.COMMITS)) {
            Layout.commitOf(name).ifPresent(ids::add);
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
        if (!Json.isIntact(bytes)) {
            return Optional.empty();
        }
        try {
            Commit commit = Commit.decode(directory.parse(path, bytes));
            requireOurs(id, commit);
            return Optional.of(commit);
        } catch (IllegalArgumentException malformed) {
            throw directory.damaged(path + ": " + malformed.getMessage());
        }
    }

    /** A commit that must be whole. */
    Commit require(CommitId id) {
        return read(id).orElseThrow(
                        () -> directory.damaged(Layout.commit(id) + " is not as it was written (its seal differs)"));
    }

    /** The commits from the first to {@code head}, by links to parents. */
    List<Commit> chain(Commit head) {
        List<Commit> chain = new ArrayList<>();
        chain.add(head);
        Commit last = head;
        while (last.parent().isPresent()) {
            last = require(last.parent().get());
            chain.add(last);
        }
        Collections.reverse(chain);
        return chain;
    }

    private void requireOurs(CommitId id, Commit commit) {
        if (!commit.id().equals(id)) {
            throw new IllegalArgumentException("must be commit " + id + ", but was " + commit.id());
        }
        if (!commit.identitySha256().equals(header.sha256()) || commit.numericsVersion() != header.numericsVersion()) {
            throw new IllegalArgumentException("must belong to the run with identity " + header.sha256()
                    + " and numericsVersion " + header.numericsVersion() + ", but belongs to "
                    + commit.identitySha256() + " and " + commit.numericsVersion());
        }
    }
}
