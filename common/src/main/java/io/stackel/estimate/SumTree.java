package io.stackel.estimate;

import static io.stackel.math.Requirements.require;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;

/**
 * Adds the sums of N chunks in an order that depends on N alone, so that the total is the same to the bit however the
 * chunks are cut into tasks.
 *
 * <p>Node (l, i) covers chunks [i 2^l, min((i+1) 2^l, N)) and exists iff i 2^l &lt; N. {@code v(0, i)} is chunk i's sum and
 * {@code v(l, i) = v(l-1, 2i) + v(l-1, 2i+1)}, left operand first; where the right child does not exist {@code v(l, i)} is
 * {@code v(l-1, 2i)} itself. The total is the root. An accumulator for one thread: push neighbouring nodes from left to
 * right; siblings merge as soon as both are there.
 */
public final class SumTree {

    /**
     * A node that is left after merging.
     *
     * @param level l
     * @param index i
     * @param sum v(l, i)
     */
    public record Node(int level, long index, double[] sum) implements Serializable {}

    private final long chunks;
    private final List<Node> stack = new ArrayList<>();

    /**
     * A tree that expects N chunks.
     *
     * @param chunks N, at least 1
     */
    public SumTree(long chunks) {
        require(chunks >= 1, "chunks must be at least 1, but was " + chunks);
        this.chunks = chunks;
    }

    /** Adds the next chunk's sum; the tree owns the array from now on. */
    public void push(long chunk, double[] sum) {
        push(new Node(0, chunk, sum));
    }

    /** Adds the node right of all that was pushed. */
    public void push(Node node) {
        Node top = node;
        while (true) {
            boolean rightEdge = top.index() + 1 > (chunks - 1) >>> top.level();
            if ((top.index() & 1) == 0 && rightEdge && top.index() > 0) {
                top = new Node(top.level() + 1, top.index() >> 1, top.sum());
            } else if (!stack.isEmpty() && areSiblings(stack.get(stack.size() - 1), top)) {
                Node left = stack.remove(stack.size() - 1);
                addInPlace(left.sum(), top.sum());
                top = new Node(left.level() + 1, left.index() >> 1, left.sum());
            } else {
                break;
            }
        }
        stack.add(top);
    }

    /** What is left, from left to right: few nodes for a range that was cut by {@link #cut}. */
    public List<Node> nodes() {
        return Collections.unmodifiableList(stack);
    }

    /** The total of all N chunks from the nodes of all tasks, in any order. */
    public static double[] total(long chunks, List<Node> nodes) {
        List<Node> ordered = new ArrayList<>(nodes);
        ordered.sort(Comparator.comparingLong(node -> node.index() << node.level()));
        SumTree tree = new SumTree(chunks);
        ordered.forEach(tree::push);
        require(
                tree.stack.size() == 1 && isRoot(tree.stack.get(0), chunks),
                "the nodes must cover " + chunks + " chunks without gaps, but left " + tree.stack.size() + " pieces");
        return tree.stack.get(0).sum();
    }

    private static boolean isRoot(Node node, long chunks) {
        return node.index() == 0 && (chunks - 1) >>> node.level() == 0;
    }

    /**
     * Cuts N chunks into at most {@code tasks} contiguous ranges at multiples of the largest power of two that is at most
     * max(1, N / (4 tasks)), so that a task returns at most four nodes and, from four chunks a task on, none has more than
     * 1.25 times the average.
     *
     * @return the boundaries: range j is [boundary j, boundary j+1)
     */
    public static long[] cut(long chunks, int tasks) {
        long block = Long.highestOneBit(Math.max(1, chunks / (4L * tasks)));
        long blocks = (chunks + block - 1) / block;
        int ranges = (int) Math.min(tasks, blocks);
        long[] boundaries = new long[ranges + 1];
        for (int j = 1; j <= ranges; j++) {
            boundaries[j] = Math.min(chunks, block * (blocks * j / ranges));
        }
        return boundaries;
    }

    private static boolean areSiblings(Node left, Node right) {
        return left.level() == right.level() && (left.index() & 1) == 0 && left.index() + 1 == right.index();
    }

    private static void addInPlace(double[] left, double[] right) {
        for (int i = 0; i < left.length; i++) {
            left[i] += right[i];
        }
    }
}
