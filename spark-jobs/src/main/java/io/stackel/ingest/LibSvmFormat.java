package io.stackel.ingest;

import java.util.Optional;
import java.util.StringTokenizer;

/**
 * {@code label index:value index:value ... # comment}, indices from 1 and ascending.
 *
 * @param largest the largest index that is allowed
 */
record LibSvmFormat(int largest) implements LineFormat {

    private static final long serialVersionUID = 1L;

    @Override
    public Optional<SourceRow> row(int file, long offset, String line) {
        return Optional.of(parse(file, offset, line));
    }

    private SourceRow parse(int file, long offset, String line) {
        int comment = line.indexOf('#');
        StringTokenizer words = new StringTokenizer(comment < 0 ? line : line.substring(0, comment));
        String first = words.hasMoreTokens() ? words.nextToken() : "";
        Optional<Double> label = Numbers.parse(first);
        if (label.isEmpty()) {
            return SourceRow.broken(file, offset, Numbers.refusal("label", first));
        }
        int[] indices = new int[words.countTokens()];
        double[] values = new double[indices.length];
        for (int i = 0; i < indices.length; i++) {
            String word = words.nextToken();
            int colon = word.indexOf(':');
            int index = colon < 0 ? 0 : index(word.substring(0, colon));
            if (index < 1 || (i > 0 && index <= indices[i - 1] + 1) || index > largest) {
                String most = largest < Integer.MAX_VALUE ? " to " + largest : "";
                return SourceRow.broken(
                        file,
                        offset,
                        "entry " + (i + 1) + ": must be index:value with an index from 1" + most
                                + " that is above the one before, but was \"" + word + "\"");
            }
            Optional<Double> value = Numbers.parse(word.substring(colon + 1));
            if (value.isEmpty()) {
                return SourceRow.broken(
                        file, offset, Numbers.refusal(Integer.toString(index), word.substring(colon + 1)));
            }
            indices[i] = index - 1;
            values[i] = value.get();
        }
        return SourceRow.sparse(file, offset, label.get(), indices, values);
    }

    private static int index(String text) {
        boolean digits = !text.isEmpty() && text.length() <= 9 && text.chars().allMatch(c -> c >= '0' && c <= '9');
        return digits ? Integer.parseInt(text) : 0;
    }
}
