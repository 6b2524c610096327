package io.stackel.store;

import io.stackel.algorithm.Outcome;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Where a run stands: by its commits alone, beside what its drivers said of themselves.
 *
 * <p>A driver speaks of a commit only after it stands, and what drivers said is read before the commits. So a status that
 * says more than the commits hold is proof, beside a live driver too, that commits are missing or damaged, or that the
 * status is. A status of a driver before that of the head counts for nothing: the head's driver has read the commits
 * after it. Where damaged commits were passed over, only the newest status counts, because a driver may have gone on
 * knowingly and have said so.
 *
 * @param head the newest commit whose files are whole; nothing before the first
 * @param epoch the newest claim, 0 if there is none
 * @param word what the newest driver said of itself, if it said anything that can be read
 * @param damage a status that says more than the commits hold
 */
public record RunSnapshot(Optional<Head> head, int epoch, Optional<RunStatus> word, Optional<StorageException> damage) {

    /** What was found damaged and passed over, a sentence each. */
    public List<String> notices() {
        return head.map(Head::notices).orElse(List.of());
    }

    /**
     * Returns if no status says more than the commits hold.
     *
     * @throws StorageException damaged, with the status by name
     */
    public void requireSound() {
        damage.ifPresent(found -> {
            throw found;
        });
    }

    /**
     * Returns if a driver may go on from the head: all is sound, or what is missing is known because a damaged commit was
     * passed over.
     *
     * @throws StorageException damaged, with the status by name
     */
    public void requireResumable() {
        if (notices().isEmpty()) {
            requireSound();
        }
    }

    static RunSnapshot read(RunDirectory directory, CommitLog log) {
        int epoch = directory.highestEpoch();
        List<RunStatus> words = words(directory);
        Optional<Head> head = log.head();
        Optional<RunStatus> word =
                words.stream().filter(found -> found.epoch() == epoch).findFirst();
        return new RunSnapshot(head, epoch, word, damage(directory, words, head));
    }

    /** What all drivers said that can be read, the newest first. */
    private static List<RunStatus> words(RunDirectory directory) {
        return directory.epochs(Layout.STATUS).descendingSet().stream()
                .flatMap(epoch -> directory.status(epoch).stream())
                .toList();
    }

    private static Optional<StorageException> damage(
            RunDirectory directory, List<RunStatus> words, Optional<Head> head) {
        int since = head.map(found -> found.commit().id().epoch()).orElse(0);
        boolean damaged = head.filter(found -> !found.notices().isEmpty()).isPresent();
        Stream<RunStatus> counting = words.stream().filter(word -> word.epoch() >= since);
        return (damaged ? counting.limit(1) : counting)
                .filter(word -> saysMore(word, head.map(Head::commit)))
                .findFirst()
                .map(word -> contradiction(directory, word, head));
    }

    private static boolean saysMore(RunStatus word, Optional<Commit> newest) {
        Outcome outcome = newest.map(Commit::outcome).orElse(Outcome.RUNNING);
        boolean further = newest.map(Commit::step)
                .orElse(Optional.of(0L))
                .filter(step -> word.step() > step)
                .isPresent();
        return further || (word.state().isFinal() && word.state() != RunState.of(outcome));
    }

    private static StorageException contradiction(RunDirectory directory, RunStatus word, Optional<Head> head) {
        String path = Layout.status(word.epoch());
        String found = head.map(Head::commit)
                .map(commit -> "the newest whole commit is " + commit.id() + ", "
                        + RunState.of(commit.outcome())
                        + commit.step().map(step -> " at step " + step).orElse(""))
                .orElse("there is no commit");
        String from = head.map(newest -> "commit " + newest.commit().id()).orElse("the beginning");
        List<String> notices = head.map(Head::notices).orElse(List.of());
        return StorageException.damaged(
                path + " says " + word.stateWord() + " at step " + word.step() + ", but " + found
                        + (notices.isEmpty() ? "; commits are missing" : "; " + String.join("; ", notices)),
                "the run directory " + directory + " is damaged and nothing in it was changed: restore the files from a"
                        + " copy"
                        + (notices.isEmpty()
                                ? "; to give up what is missing and go on from " + from + ", remove " + path
                                : ", or give the same run command again, which goes on from " + from));
    }
}
