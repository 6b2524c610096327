package io.stackel.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/**
 * How long tests strike at random: briefly in every build, many times with {@code -Pcampaign}. Both keep a seed, another one
 * by {@code -Dstackel.campaign.seed=N}, and both write their result to {@code target/campaign.txt}: the promise, k of n, the seed,
 * where n counts the rounds in which the fault was reached and k those of them after which the promise held.
 */
final class Campaign {

    private static final boolean WHOLE = Boolean.getBoolean("stackel.campaign");
    private static final long SEED = Long.getLong("stackel.campaign.seed", 1);

    private Campaign() {}

    /** How often to strike. */
    static int rounds(int brief, int whole) {
        return WHOLE ? whole : brief;
    }

    /** Decides where to strike. */
    static Random random() {
        return new Random(SEED);
    }

    /** A part of a test that strikes once: it says when the fault was reached, and fails where the promise does not hold. */
    @FunctionalInterface
    interface Strike {
        void strike(int round, Tally tally) throws IOException, InterruptedException;
    }

    /** Strikes so often; the result is written whatever happens, and the first failure is thrown only after the last round. */
    static void strike(String promise, int rounds, Strike strike) throws IOException, InterruptedException {
        Tally tally = new Tally(promise);
        try {
            tally.strike(rounds, strike);
        } finally {
            note(tally.toString());
        }
    }

    /** Counts how often the fault was reached, and how often the promise then held. */
    static final class Tally {

        private final String promise;
        private final List<AssertionError> failures = new ArrayList<>();
        private final List<String> details = new ArrayList<>();
        private int reached;
        private int held;
        private boolean reachedInRound;

        Tally(String promise) {
            this.promise = promise;
        }

        /** The fault of this round was reached. */
        void reached() {
            reached += reachedInRound ? 0 : 1;
            reachedInRound = true;
        }

        /** Adds what a reader of the results may want to know of this round. */
        void detail(String detail) {
            details.add(detail);
        }

        void strike(int rounds, Strike strike) throws IOException, InterruptedException {
            for (int round = 0; round < rounds; round++) {
                round(round, strike);
            }
            throwFailures();
        }

        private void round(int round, Strike strike) throws IOException, InterruptedException {
            reachedInRound = false;
            try {
                strike.strike(round, this);
                if (!reachedInRound) {
                    throw new AssertionError("the fault was not reached in round " + round + " of: " + promise);
                }
                held++;
            } catch (AssertionError broken) {
                failures.add(broken);
            }
        }

        private void throwFailures() {
            if (!failures.isEmpty()) {
                AssertionError first = failures.get(0);
                failures.subList(1, failures.size()).forEach(first::addSuppressed);
                throw first;
            }
        }

        @Override
        public String toString() {
            String more = details.isEmpty() ? "" : " (" + String.join(", ", details) + ")";
            return String.format(Locale.ROOT, "%s%s: %d of %d, seed %d", promise, more, held, reached, SEED);
        }
    }

    /** Writes a line to the results. */
    static void note(String line) {
        Path results = StandaloneServers.PROJECT.resolve("spark-jobs/target/campaign.txt");
        try {
            Files.writeString(
                    results, line + System.lineSeparator(), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
