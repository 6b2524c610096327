package io.stackel.store;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.stackel.experiment.JsonText;
import io.stackel.math.Sha256;
import io.stackel.problem.LabelSummary;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What {@code dataset.json} holds: the one proof that a data set is complete, and what it is.
 *
 * @param rows number of rows
 * @param rowsPerBlock rows of every block but the last, which may be shorter
 * @param label name of the label's column
 * @param columns names of the features, in order
 * @param blocks in order; block k lies at {@link #path}
 * @param labels what the labels are; derived from the blocks and no part of the identity; absent if the data set was
 *     imported by a version that did not note it
 * @param origin where the rows came from, for people; no part of the identity
 */
public record DataSetFile(
        long rows,
        int rowsPerBlock,
        String label,
        List<String> columns,
        List<Block> blocks,
        Optional<LabelSummary> labels,
        Map<String, Object> origin) {

    static final String NAME = "dataset.json";
    static final String FOLDER = "blocks";

    private static final String LABELS = "labels";
    private static final String LABELS_SHA256 = "labelsSha256";

    /** More blocks make the file unwieldy. */
    public static final int MOST_BLOCKS = 1_000_000;

    /**
     * A block as it was written.
     *
     * @param length in bytes
     * @param sha256 of its bytes, 64 hexadecimal digits
     */
    public record Block(int length, String sha256) implements Serializable {
        private static final long serialVersionUID = 1L;
    }

    public DataSetFile {
        columns = List.copyOf(columns);
        blocks = List.copyOf(blocks);
        if (rows < 1 || rowsPerBlock < 1 || blocks.size() != blocks(rows, rowsPerBlock)) {
            throw new IllegalArgumentException("blocks must hold " + rows + " rows, at least 1, by " + rowsPerBlock
                    + ", but there are " + blocks.size() + " blocks");
        }
    }

    /** The number of blocks of so many rows. */
    public static long blocks(long rows, int rowsPerBlock) {
        return (rows - 1) / rowsPerBlock + 1;
    }

    /** Where block number {@code index} lies below the root. */
    static String path(int index) {
        return String.format(Locale.ROOT, "%s/%08d.safetensors", FOLDER, index);
    }

    /** The rows of block number {@code index}. */
    int rowsOf(int index) {
        return (int) Math.min(rowsPerBlock, rows - (long) index * rowsPerBlock);
    }

    /** SHA-256 of everything but labels and origin: the identity of the data. */
    public String sha256() {
        return Sha256.of(JsonText.compact(content()));
    }

    private Map<String, Object> content() {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("format", Json.FORMAT);
        tree.put("rows", rows);
        tree.put("rowsPerBlock", rowsPerBlock);
        tree.put("label", label);
        tree.put("columns", columns);
        tree.put(
                "blocks",
                blocks.stream()
                        .map(block -> new TreeMap<>(Map.of("length", block.length(), "sha256", block.sha256())))
                        .toList());
        return tree;
    }

    /** The content of {@code dataset.json}. */
    byte[] encode() {
        Map<String, Object> tree = content();
        labels.map(DataSetFile::tree).ifPresent(known -> {
            tree.put(LABELS, known);
            tree.put(LABELS_SHA256, Sha256.of(JsonText.compact(known)));
        });
        tree.put("origin", origin);
        tree.put("sha256", sha256());
        return (JsonText.compact(tree) + "\n").getBytes(StandardCharsets.UTF_8);
    }

    private static Map<String, Object> tree(LabelSummary labels) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("least", labels.least());
        tree.put("greatest", labels.greatest());
        tree.put("whole", labels.whole());
        tree.put(
                "counts",
                labels.counts().entrySet().stream()
                        .map(count -> List.of(count.getKey(), count.getValue()))
                        .toList());
        return tree;
    }

    private static Optional<LabelSummary> labels(ObjectNode node) {
        if (!node.has(LABELS)) {
            return Optional.empty();
        }
        ObjectNode tree = Json.objectAt(node, LABELS);
        SortedMap<Double, Long> counts = new TreeMap<>();
        tree.path("counts")
                .forEach(count ->
                        counts.put(count.path(0).doubleValue(), count.path(1).longValue()));
        LabelSummary labels = new LabelSummary(
                tree.path("least").doubleValue(),
                tree.path("greatest").doubleValue(),
                Json.truth(tree, "whole"),
                counts);
        requireHash(LABELS, Json.text(node, LABELS_SHA256), Sha256.of(JsonText.compact(tree(labels))));
        return Optional.of(labels);
    }

    private static void requireHash(String what, String named, String found) {
        if (!found.equals(named)) {
            throw new IllegalArgumentException(
                    what + " must have the SHA-256 " + named + " that it names, but has " + found);
        }
    }

    /** The content of {@link #encode}, its own hashes compared; the origin is left out. */
    static DataSetFile decode(ObjectNode node) {
        List<String> columns = new ArrayList<>();
        node.path("columns").forEach(column -> columns.add(column.asText()));
        List<Block> blocks = new ArrayList<>();
        for (JsonNode block : node.path("blocks")) {
            blocks.add(new Block(Json.natural(block, "length"), Json.text(block, "sha256")));
        }
        DataSetFile file = new DataSetFile(
                Json.whole(node, "rows"),
                Json.natural(node, "rowsPerBlock"),
                Json.text(node, "label"),
                columns,
                blocks,
                labels(node),
                Map.of());
        requireHash("its content", Json.text(node, "sha256"), file.sha256());
        return file;
    }
}
