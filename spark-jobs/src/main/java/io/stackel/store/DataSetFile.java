package io.stackel.store;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.stackel.experiment.JsonText;
import io.stackel.math.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * What {@code dataset.json} holds: the one proof that a data set is complete, and what it is.
 *
 * @param rows number of rows
 * @param rowsPerBlock rows of every block but the last, which may be shorter
 * @param label name of the label's column
 * @param columns names of the features, in order
 * @param blocks in order; block k lies at {@link #path}
 * @param origin where the rows came from, for people; no part of the identity
 */
public record DataSetFile(
        long rows,
        int rowsPerBlock,
        String label,
        List<String> columns,
        List<Block> blocks,
        Map<String, Object> origin) {

    static final String NAME = "dataset.json";
    static final String FOLDER = "blocks";

    /** More blocks make the file unwieldy. */
    public static final int MOST_BLOCKS = 1_000_000;

    /**
     * A block as it was written.
     *
     * @param length in bytes
     * @param sha256 of its bytes, 64 hexadecimal digits
     */
    public record Block(int length, String sha256) {}

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

    /** SHA-256 of everything but the origin: the identity of the data. */
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
        tree.put("origin", origin);
        tree.put("sha256", sha256());
        return (JsonText.compact(tree) + "\n").getBytes(StandardCharsets.UTF_8);
    }

    /** The content of {@link #encode}, its own hash compared; the origin is left out. */
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
                Map.of());
        if (!file.sha256().equals(Json.text(node, "sha256"))) {
            throw new IllegalArgumentException(
                    "must have the SHA-256 " + Json.text(node, "sha256") + " that it names, but has " + file.sha256());
        }
        return file;
    }
}
