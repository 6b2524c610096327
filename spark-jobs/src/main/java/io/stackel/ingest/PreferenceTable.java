package io.stackel.ingest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.stackel.families.TableFormat;
import io.stackel.problem.PreferencePairs;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/** Labels that people gave to pairs of segments, as {@link TableFormat#LABELS} declares them. */
public final class PreferenceTable {

    /** How many mistakes one message names. */
    private static final int MOST_MISTAKES = 20;

    private static final List<String> SEGMENT_KEYS = List.of("observations", "actions");

    private record Key(String pair, String annotator) {}

    private record Row(int line, double label, int[] first, int[] second) {
        boolean sameSegments(Row other) {
            return Arrays.equals(first, other.first) && Arrays.equals(second, other.second);
        }
    }

    private final int states;
    private final int actions;
    private final NavigableMap<Key, Row> rows =
            new TreeMap<>(Comparator.comparing(Key::pair).thenComparing(Key::annotator));

    private PreferenceTable(int states, int actions) {
        this.states = states;
        this.actions = actions;
    }

    /**
     * Reads a table.
     *
     * @param name of the file, for messages
     * @param text its content
     * @throws ImportException that names every line that breaks a rule
     */
    public static PreferenceTable read(String name, String text, int states, int actions) {
        PreferenceTable table = new PreferenceTable(states, actions);
        List<String> mistakes = new ArrayList<>();
        String[] lines = text.split("\n", -1);
        for (int i = 0; i < lines.length; i++) {
            if (!lines[i].isBlank()) {
                try {
                    table.add(i + 1, lines[i]);
                } catch (BrokenRowException broken) {
                    mistakes.add(name + ": line " + (i + 1) + ": " + broken.getMessage());
                }
            }
        }
        if (mistakes.isEmpty() && table.rows.isEmpty()) {
            mistakes.add(name + ": must have a labelled pair, but has none");
        }
        if (!mistakes.isEmpty()) {
            int told = Math.min(mistakes.size(), MOST_MISTAKES);
            String more = mistakes.size() > told ? "\n(and " + (mistakes.size() - told) + " more)" : "";
            throw new ImportException(ImportException.Kind.BROKEN, String.join("\n", mistakes.subList(0, told)) + more);
        }
        return table;
    }

    /** The number of labels. */
    public int labels() {
        return rows.size();
    }

    /** The number of pairs that were labelled, by one or by several people. */
    public long pairCount() {
        return rows.keySet().stream().map(Key::pair).distinct().count();
    }

    /** The number of people, of whom those without a name count as one. */
    public long annotators() {
        return rows.keySet().stream().map(Key::annotator).distinct().count();
    }

    /**
     * Every label with its pair, in the order of pair and annotator, so that the order of lines makes no difference. A pair
     * that several people labelled counts as often.
     */
    public PreferencePairs pairs() {
        int length = rows.values().stream()
                .mapToInt(row -> Math.max(row.first.length, row.second.length))
                .max()
                .orElse(1);
        int[] cells = new int[2 * length * rows.size()];
        double[] labels = new double[rows.size()];
        Arrays.fill(cells, PreferencePairs.NO_STEP);
        int at = 0;
        for (Row row : rows.values()) {
            System.arraycopy(row.first, 0, cells, 2 * at * length, row.first.length);
            System.arraycopy(row.second, 0, cells, (2 * at + 1) * length, row.second.length);
            labels[at++] = row.label;
        }
        return PreferencePairs.ofCells(length, cells, labels);
    }

    private void add(int line, String text) throws BrokenRowException {
        JsonNode node = parsed(text);
        requireOnly("", node, TableFormat.LABELS.names());
        JsonNode label = node.path("label");
        if (!label.isNumber() || !(label.doubleValue() >= 0 && label.doubleValue() <= 1)) {
            throw new BrokenRowException("label must be in [0, 1], but " + was(label));
        }
        Key key = new Key(
                word("pair", node.path("pair")),
                node.has("annotator") ? word("annotator", node.path("annotator")) : "");
        Row row = new Row(
                line, label.doubleValue(), cells("first", node.path("first")), cells("second", node.path("second")));
        Optional<Row> same = Optional.ofNullable(rows.ceilingEntry(new Key(key.pair, "")))
                .filter(entry -> entry.getKey().pair.equals(key.pair))
                .map(Map.Entry::getValue);
        if (rows.containsKey(key)) {
            throw new BrokenRowException("pair " + key.pair + " must have one label of each annotator, but line "
                    + rows.get(key).line + " has one too");
        }
        if (same.isPresent() && !same.get().sameSegments(row)) {
            throw new BrokenRowException("pair " + key.pair + " must have the segments of line " + same.get().line
                    + ", but has others; another pair needs another name");
        }
        rows.put(key, row);
    }

    private static JsonNode parsed(String text) throws BrokenRowException {
        try {
            JsonNode node = JsonLinesFormat.JSON.readTree(text);
            if (!node.isObject()) {
                throw new BrokenRowException("must be a JSON object, but " + was(node));
            }
            return node;
        } catch (JsonProcessingException invalid) {
            throw new BrokenRowException("must be a JSON object: " + invalid.getOriginalMessage());
        }
    }

    private static void requireOnly(String place, JsonNode node, List<String> known) throws BrokenRowException {
        for (Iterator<String> names = node.fieldNames(); names.hasNext(); ) {
            String key = names.next();
            if (!known.contains(key)) {
                throw new BrokenRowException(place + key + " must be one of " + String.join(", ", known));
            }
        }
    }

    private static String word(String key, JsonNode node) throws BrokenRowException {
        if (!node.isTextual() && !node.isIntegralNumber()) {
            throw new BrokenRowException(key + " must be a text or a whole number, but " + was(node));
        }
        return node.asText();
    }

    private int[] cells(String segment, JsonNode node) throws BrokenRowException {
        requireOnly(segment + ".", node, SEGMENT_KEYS);
        int[] seen = numbers(segment + ".observations", node.path("observations"), states);
        int[] done = numbers(segment + ".actions", node.path("actions"), actions);
        if (seen.length != done.length) {
            throw new BrokenRowException(segment + " must have as many observations as actions, but has " + seen.length
                    + " and " + done.length);
        }
        int[] cells = new int[seen.length];
        Arrays.setAll(cells, t -> seen[t] * actions + done[t]);
        return cells;
    }

    private static int[] numbers(String place, JsonNode node, int end) throws BrokenRowException {
        if (!node.isArray() || node.isEmpty()) {
            throw new BrokenRowException(place + " must be a list of at least one number, but " + was(node));
        }
        int[] numbers = new int[node.size()];
        for (int i = 0; i < numbers.length; i++) {
            JsonNode entry = node.get(i);
            if (!entry.canConvertToInt()
                    || !entry.canConvertToExactIntegral()
                    || entry.intValue() < 0
                    || entry.intValue() >= end) {
                throw new BrokenRowException(
                        place + "[" + i + "] must be a whole number in [0, " + end + "), but " + was(entry));
            }
            numbers[i] = entry.intValue();
        }
        return numbers;
    }

    private static String was(JsonNode node) {
        return node.isMissingNode() ? "is missing" : "was " + node;
    }
}
