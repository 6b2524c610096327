package io.stackel.estimate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stackel.random.Purpose;
import io.stackel.random.RandomStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SumTreeTest {

    private final RandomStream random = RandomStream.at(1, Purpose.CHECK, 0, 0, 0, 0);

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 5, 7, 8, 13, 31, 64, 100, 127, 129})
    void everyCutGivesTheBitsOfTheDefinition(int chunks) {
        double[] leaves = leaves(chunks);
        double wanted = definition(leaves, depth(chunks), 0);
        for (int trial = 0; trial < 2000; trial++) {
            List<SumTree.Node> nodes = tasks(leaves, randomBoundaries(chunks));
            shuffle(nodes);
            assertThat(SumTree.total(chunks, nodes)).containsExactly(wanted);
        }
    }

    @Test
    void theOrderOfAdditionShowsInTheBits() {
        double[] leaves = leaves(100);
        double leftToRight = 0;
        for (double leaf : leaves) {
            leftToRight += leaf;
        }
        assertThat(definition(leaves, depth(100), 0)).isNotEqualTo(leftToRight);
    }

    @Test
    void missingRightChildrenAddNothingNotEvenZeros() {
        List<SumTree.Node> nodes = tasks(new double[] {-0.0, -0.0, -0.0, -0.0, -0.0}, new int[] {0, 2, 5});
        double total = SumTree.total(5, nodes)[0];
        assertThat(Double.doubleToRawLongBits(total)).isEqualTo(Double.doubleToRawLongBits(-0.0));
    }

    @Test
    void siblingsMergeAsSoonAsBothAreThere() {
        SumTree tree = new SumTree(6);
        assertThat(tree.nodes()).isEmpty();
        for (int chunk = 0; chunk < 4; chunk++) {
            tree.push(chunk, new double[] {1 << chunk});
        }
        assertThat(tree.nodes()).hasSize(1);
        assertThat(tree.nodes().get(0).level()).isEqualTo(2);
        tree.push(4, new double[] {16});
        tree.push(5, new double[] {32});
        assertThat(tree.nodes()).hasSize(1);
        assertThat(tree.nodes().get(0).sum()).containsExactly(63);
    }

    @ParameterizedTest(name = "{0} chunks, the first {1} and the last {2} missing, hole {3}")
    @CsvSource({
        "4, 0, 2, -1",
        "4, 2, 0, -1",
        "2, 1, 0, -1",
        "3, 2, 0, -1",
        "5, 0, 1, -1",
        "8, 4, 0, -1",
        "7, 0, 0, 3",
        "8, 0, 0, 0",
        "1, 0, 1, -1"
    })
    void gapsAreRefused(int chunks, int first, int last, int hole) {
        List<SumTree.Node> nodes = new ArrayList<>();
        for (int chunk = first; chunk < chunks - last; chunk++) {
            if (chunk != hole) {
                nodes.add(new SumTree.Node(0, chunk, new double[1]));
            }
        }
        assertThatThrownBy(() -> SumTree.total(chunks, nodes))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageMatching("the nodes must cover " + chunks + " chunks without gaps, but left \\d+ pieces");
    }

    @Test
    void nodesThatComeTwiceAreRefused() {
        List<SumTree.Node> nodes = tasks(leaves(8), new int[] {0, 3, 8});
        nodes.add(nodes.get(0));
        assertThatThrownBy(() -> SumTree.total(8, nodes)).hasMessageStartingWith("the nodes must cover 8 chunks");
    }

    @Test
    void anEmptyTreeIsRefused() {
        assertThatThrownBy(() -> new SumTree(0)).hasMessage("chunks must be at least 1, but was 0");
    }

    @Test
    void cutsAreBalancedAndReturnFewNodes() {
        for (int chunks = 1; chunks <= 260; chunks++) {
            for (int tasks : new int[] {1, 2, 3, 5, 7, 16, 33, 100}) {
                requireGoodCut(chunks, tasks);
            }
        }
        requireGoodCut(100_003, 100);
    }

    private static void requireGoodCut(int chunks, int tasks) {
        long[] boundaries = SumTree.cut(chunks, tasks);
        String name = chunks + " chunks, " + tasks + " tasks";
        assertThat(boundaries).as(name).startsWith(0).endsWith(chunks).hasSize(1 + Math.min(chunks, tasks));
        long smallest = chunks;
        long largest = 0;
        int most = 0;
        for (int j = 0; j + 1 < boundaries.length; j++) {
            smallest = Math.min(smallest, boundaries[j + 1] - boundaries[j]);
            largest = Math.max(largest, boundaries[j + 1] - boundaries[j]);
            most = Math.max(most, pieces(boundaries[j], boundaries[j + 1], chunks));
        }
        double average = (double) chunks / Math.min(chunks, tasks);
        assertThat(smallest).as(name).isPositive();
        assertThat(most).as(name).isLessThanOrEqualTo(4);
        assertThat((double) largest)
                .as(name)
                .isLessThanOrEqualTo(chunks >= 4 * tasks ? 1.25 * average : StrictMath.ceil(average));
    }

    private static int pieces(long from, long to, long chunks) {
        SumTree tree = new SumTree(chunks);
        for (long chunk = from; chunk < to; chunk++) {
            tree.push(chunk, new double[0]);
        }
        return tree.nodes().size();
    }

    /** v(l, i) as defined. */
    private static double definition(double[] leaves, int level, int index) {
        if (level == 0) {
            return leaves[index];
        }
        double left = definition(leaves, level - 1, 2 * index);
        boolean rightExists = (2 * index + 1) << (level - 1) < leaves.length;
        return rightExists ? left + definition(leaves, level - 1, 2 * index + 1) : left;
    }

    private static int depth(int chunks) {
        return chunks == 1 ? 0 : 32 - Integer.numberOfLeadingZeros(chunks - 1);
    }

    private static List<SumTree.Node> tasks(double[] leaves, int[] boundaries) {
        List<SumTree.Node> nodes = new ArrayList<>();
        for (int j = 0; j + 1 < boundaries.length; j++) {
            SumTree tree = new SumTree(leaves.length);
            for (int chunk = boundaries[j]; chunk < boundaries[j + 1]; chunk++) {
                tree.push(chunk, new double[] {leaves[chunk]});
            }
            nodes.addAll(tree.nodes());
        }
        return nodes;
    }

    /** Numbers of many magnitudes, whose sum depends on the order. */
    private double[] leaves(int count) {
        double[] leaves = new double[count];
        for (int i = 0; i < count; i++) {
            leaves[i] = random.nextGaussian() * StrictMath.pow(10, random.nextInt(12));
        }
        return leaves;
    }

    private int[] randomBoundaries(int chunks) {
        int tasks = 1 + random.nextInt(Math.min(chunks, 12));
        int[] boundaries = new int[tasks + 1];
        for (int j = 1; j < tasks; j++) {
            boundaries[j] = random.nextInt(chunks + 1);
        }
        boundaries[tasks] = chunks;
        Arrays.sort(boundaries);
        return boundaries;
    }

    private void shuffle(List<SumTree.Node> nodes) {
        for (int i = nodes.size() - 1; i > 0; i--) {
            Collections.swap(nodes, i, random.nextInt(i + 1));
        }
    }
}
