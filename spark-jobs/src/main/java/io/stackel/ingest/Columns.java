package io.stackel.ingest;

import io.stackel.ingest.ImportException.Kind;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Which columns of a table are taken.
 *
 * @param label number of the label's column
 * @param features numbers of the features' columns, in their order
 */
record Columns(int label, List<Integer> features) {

    /**
     * Finds the columns that a request names.
     *
     * @param where a file with these columns, for messages
     */
    static Columns choose(String where, List<String> names, ImportRequest.Table table) {
        if (names.stream().distinct().count() < names.size()) {
            throw new ImportException(Kind.BROKEN, where + ": the names of the columns must differ, but are " + names);
        }
        int label = find(where, names, table.label(), "label");
        List<Integer> features = table.features().isEmpty()
                ? IntStream.range(0, names.size())
                        .filter(column -> column != label)
                        .boxed()
                        .toList()
                : table.features().stream()
                        .map(name -> find(where, names, name, "features"))
                        .toList();
        if (features.isEmpty() || features.contains(label)) {
            throw new ImportException(
                    Kind.REFUSED,
                    where + ": the features must be at least one column and not the label " + table.label()
                            + ", but the columns are " + names);
        }
        return new Columns(label, features);
    }

    private static int find(String where, List<String> names, String name, String option) {
        int column = names.indexOf(name);
        if (column < 0) {
            throw new ImportException(
                    Kind.REFUSED, where + ": --" + option + " must name columns of " + names + ", but one is " + name);
        }
        return column;
    }
}
