package io.stackel.estimate;

import static io.stackel.math.Requirements.require;

import io.stackel.random.RandomStream;
import java.util.Arrays;
import java.util.BitSet;

/** Draws blocks of a data set without replacement, every set of that size with the same probability. */
public final class Minibatch {

    private Minibatch() {}

    /**
     * The numbers of the blocks, ascending; all of them if {@code wanted} is at least {@code blocks}, without a draw.
     *
     * <p>Source: R. Floyd's algorithm, Bentley and Floyd, "A sample of brilliance", CACM 30(9), 1987.
     *
     * @param random at the address of the minibatch
     * @param wanted at least 1
     * @param blocks of the data set, at least 1
     */
    public static int[] draw(RandomStream random, int wanted, int blocks) {
        require(
                wanted >= 1 && blocks >= 1,
                "wanted and blocks must be at least 1, but were " + wanted + " and " + blocks);
        if (wanted >= blocks) {
            int[] all = new int[blocks];
            Arrays.setAll(all, i -> i);
            return all;
        }
        BitSet drawn = new BitSet(blocks);
        for (int last = blocks - wanted; last < blocks; last++) {
            int candidate = random.nextInt(last + 1);
            drawn.set(drawn.get(candidate) ? last : candidate);
        }
        return drawn.stream().toArray();
    }
}
