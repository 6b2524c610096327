package io.stackel.problem;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** What the methods of a problem answered, held against their rules; mistakes are collected. */
final class Answers {

    private static final long MEBIBYTE = 1 << 20;
    private static final int LONGEST_ARRAY = Integer.MAX_VALUE - 8;

    private final String problem;
    private final long memory;
    private final List<String> mistakes = new ArrayList<>();

    /**
     * Begins to check what a problem answers.
     *
     * @param problem the class, for messages
     * @param memory bytes that this process may use
     */
    Answers(String problem, long memory) {
        this.problem = problem;
        this.memory = memory;
    }

    /** Asks a method for something that must be there; {@code method} is its call, {@code game(0)}. */
    <T> T given(String method, Supplier<T> call) {
        T answer = asked(method, call);
        if (answer == null) {
            add(method + " must return something, but returned null");
            throw refused();
        }
        return answer;
    }

    /** Asks a method; what it throws is the problem's mistake. */
    <T> T asked(String method, Supplier<T> call) {
        try {
            return call.get();
        } catch (ProblemException known) {
            throw known;
        } catch (RuntimeException failure) {
            throw new ProblemException(problem + ": " + method + " failed: " + failure.getMessage(), failure);
        }
    }

    /** A rule that an answer keeps or breaks. */
    void require(boolean kept, String method, String rule, Object answer) {
        if (!kept) {
            add(method + " must be " + rule + ", but was " + answer);
        }
    }

    /** Asks for a number in an interval. */
    void within(Range range, String method, Supplier<Double> call) {
        double answer = asked(method, call);
        require(range.contains(answer), method, rule(range), answer);
    }

    private static String rule(Range range) {
        return range.equals(Range.NON_NEGATIVE) ? "finite and at least 0" : "in " + range;
    }

    /** Asks for a size of at least {@code least} of which one array can be made. */
    int size(String method, int least, Supplier<Integer> call) {
        int answer = asked(method, call);
        require(answer >= least, method, "at least " + least, answer);
        if (answer > LONGEST_ARRAY) {
            add(method + " must be at most " + LONGEST_ARRAY + ", the longest array, but was " + answer);
        } else if (answer > memory / Double.BYTES) {
            add(method + " must be so small that as many numbers fit the memory, but " + answer + " of 8 bytes take "
                    + (long) Double.BYTES * answer / MEBIBYTE + " MiB, of " + memory / MEBIBYTE
                    + " MiB that this process may use (spark.driver.memory)");
        }
        return answer;
    }

    /** Numbers of a table, all of them finite. */
    void finite(String method, double[] answer) {
        for (int i = 0; i < answer.length; i++) {
            if (!Double.isFinite(answer[i])) {
                add(method + " must give finite numbers, but number " + i + " was " + answer[i]);
                return;
            }
        }
    }

    /** A vector of a length, all of it finite. */
    void vector(String method, int length, String lengthName, double[] answer) {
        require(
                answer.length == length,
                method,
                "of length " + lengthName + " = " + length,
                "of length " + answer.length);
        finite(method, answer);
    }

    void add(String mistake) {
        mistakes.add(mistake);
    }

    /**
     * Goes on if no mistake was found.
     *
     * @throws ProblemException with all of them
     */
    void settle() {
        if (!mistakes.isEmpty()) {
            throw refused();
        }
    }

    private ProblemException refused() {
        String all = mistakes.size() == 1
                ? ": " + mistakes.get(0)
                : " has " + mistakes.size() + " mistakes:\n  " + String.join("\n  ", mistakes);
        return new ProblemException(problem + all + "; fix the problem's code");
    }
}
