package io.stackel.store;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;

/** Re-reads every claim, every status, every commit and every file of the chain, and collects what is wrong instead of stopping. */
final class Verification {

    private final RunDirectory directory;
    private final CommitLog log;
    private final Set<String> problems = new LinkedHashSet<>();

    Verification(RunDirectory directory, RunHeader header) {
        this.directory = directory;
        this.log = new CommitLog(directory, header);
    }

    List<String> problems() {
        missingCommits().ifPresent(problems::add);
        directory.epochs(Layout.OWNERS).forEach(epoch -> attempt(() -> directory.owner(epoch)));
        NavigableSet<CommitId> intact = new TreeSet<>();
        for (CommitId id : attempt(log::completeIds).orElseGet(log::ids)) {
            attempt(() -> log.require(id)).ifPresent(commit -> intact.add(commit.id()));
        }
        if (!intact.isEmpty()) {
            checkChain(intact.last());
        }
        return new ArrayList<>(problems);
    }

    /** What a driver says of commits that are not there; what is there but damaged is found file by file. */
    private Optional<String> missingCommits() {
        try {
            RunSnapshot snapshot = RunSnapshot.read(directory, log);
            return snapshot.notices().isEmpty() ? snapshot.damage().map(StorageException::what) : Optional.empty();
        } catch (StorageException foundBelow) {
            return Optional.empty();
        }
    }

    private void checkChain(CommitId newest) {
        Optional<CommitId> next = Optional.of(newest);
        while (next.isPresent()) {
            CommitId id = next.get();
            Optional<Commit> commit = attempt(() -> log.require(id));
            commit.ifPresent(found -> found.files().forEach(file -> checkFile(found, file, id.equals(newest))));
            next = commit.flatMap(Commit::parent);
        }
    }

    private void checkFile(Commit commit, StoredFile file, boolean newest) {
        attempt(() -> directory.read(file.path(), file.readLimit())).ifPresent(read -> {
            boolean mayBeRetired = file.equals(commit.data()) && !newest;
            if (read.isEmpty() && !mayBeRetired) {
                problems.add(file.path() + " is missing");
            }
            read.flatMap(file::damage).ifPresent(problems::add);
        });
    }

    private <T> Optional<T> attempt(Supplier<T> check) {
        try {
            return Optional.of(check.get());
        } catch (StorageException problem) {
            problems.add(problem.what());
            return Optional.empty();
        }
    }
}
