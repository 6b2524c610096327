package io.stackel.ingest;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A row on each line; fields may stand in double quotes, a quote within them is doubled, and none spans lines (RFC 4180
 * but for the last).
 *
 * @param columns names of all columns
 * @param label number of the label's column
 * @param features numbers of the feature columns
 * @param header whether the first line must repeat the names
 */
record CsvFormat(List<String> columns, int label, List<Integer> features, boolean header, char delimiter)
        implements LineFormat {

    private static final long serialVersionUID = 1L;

    @Override
    public Optional<SourceRow> read(int file, long offset, String line) throws BrokenRowException {
        List<String> fields = split(line, delimiter);
        if (header && offset == 0) {
            if (!fields.equals(columns)) {
                throw new BrokenRowException(
                        "header: must be that of the first file, " + columns + ", but was " + fields);
            }
            return Optional.empty();
        }
        if (fields.size() != columns.size()) {
            throw new BrokenRowException("must have " + columns.size() + " columns, but has " + fields.size());
        }
        double[] values = new double[features.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = number(features.get(i), fields);
        }
        return Optional.of(SourceRow.dense(file, offset, number(label, fields), values));
    }

    private double number(int column, List<String> fields) throws BrokenRowException {
        return Numbers.parse(columns.get(column), fields.get(column));
    }

    /** The fields of a line, without blanks around them. */
    static List<String> split(String line, char delimiter) {
        List<String> fields = new ArrayList<>();
        StringBuilder field = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < line.length(); i++) {
            char letter = line.charAt(i);
            if (letter == '"' && quoted && i + 1 < line.length() && line.charAt(i + 1) == '"') {
                field.append(letter);
                i++;
            } else if (letter == '"') {
                quoted = !quoted;
            } else if (letter == delimiter && !quoted) {
                fields.add(field.toString().trim());
                field.setLength(0);
            } else {
                field.append(letter);
            }
        }
        fields.add(field.toString().trim());
        return fields;
    }
}
