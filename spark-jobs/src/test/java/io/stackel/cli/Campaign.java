package io.stackel.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Locale;
import java.util.Random;

/**
 * How long tests strike at random: briefly in every build, many times with {@code -Pcampaign}. Both keep a seed, another one
 * by {@code -Dstackel.campaign.seed=N}, and both write their result to {@code target/campaign.txt}.
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

    /** Writes down how often the fault was reached, and how often the promise then held. */
    static void report(String promise, int held, int reached) {
        note(String.format(Locale.ROOT, "%s: %d of %d, seed %d", promise, held, reached, SEED));
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
