package io.stackel.store;

import java.util.Comparator;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The place of a commit in the order of all commits of a run: by epoch, then by number.
 *
 * @param epoch the claim of the driver that wrote it, from 1
 * @param sequence one more than its parent's, from 1
 */
public record CommitId(int epoch, long sequence) implements Comparable<CommitId> {

    private static final Pattern TEXT = Pattern.compile("([0-9]{8})-([0-9]{10})");

    public CommitId {
        if (epoch < 0 || epoch > 99_999_999) {
            throw new IllegalArgumentException("epoch must be in [0, 99999999], but was " + epoch);
        }
        if (sequence < 0 || sequence > 9_999_999_999L) {
            throw new IllegalArgumentException("sequence must be in [0, 9999999999], but was " + sequence);
        }
    }

    /** The id that {@link #toString} wrote. */
    public static CommitId parse(String text) {
        Matcher matcher = TEXT.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("commit must match " + TEXT.pattern() + ", but was '" + text + "'");
        }
        return new CommitId(Integer.parseInt(matcher.group(1)), Long.parseLong(matcher.group(2)));
    }

    @Override
    public int compareTo(CommitId other) {
        return Comparator.comparingInt(CommitId::epoch)
                .thenComparingLong(CommitId::sequence)
                .compare(this, other);
    }

    /** Epoch and number, padded so that text sorts as the ids do. */
    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%08d-%010d", epoch, sequence);
    }
}
