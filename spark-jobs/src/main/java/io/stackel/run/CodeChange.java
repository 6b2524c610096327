package io.stackel.run;

import io.stackel.store.Commit;
import io.stackel.store.CommitId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A commit of a run that was computed with other code of the user's own than the one before it.
 *
 * @param commit the first with the new code
 * @param before as {@link CommitSummary.Code#problem}
 * @param after as before
 */
public record CodeChange(CommitId commit, String before, String after) {

    /** The changes along a chain, first to last; a commit that does not say its code is taken as unchanged. */
    public static List<CodeChange> of(List<Commit> chain) {
        List<CodeChange> changes = new ArrayList<>();
        Optional<String> last = Optional.empty();
        for (Commit commit : chain) {
            Optional<String> code = CommitSummary.Code.decode(commit.summary()).problem();
            if (last.isPresent() && code.isPresent() && !last.equals(code)) {
                changes.add(new CodeChange(commit.id(), last.get(), code.get()));
            }
            last = code.isPresent() ? code : last;
        }
        return changes;
    }

    /** {@code 0123456789ab -> ba9876543210 at commit 00000002-0000000007}. */
    @Override
    public String toString() {
        return ProblemCode.shown(before) + " -> " + ProblemCode.shown(after) + " at commit " + commit;
    }
}
