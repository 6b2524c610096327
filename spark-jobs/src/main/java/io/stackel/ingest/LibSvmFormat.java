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
    public Optional<SourceRow> read(int file, long offset, String line) throws BrokenRowException {
        int comment = line.indexOf('#');
        StringTokenizer words = new StringTokenizer(comment < 0 ? line : line.substring(0, comment));
        double label = Numbers.parse("label", words.hasMoreTokens() ? words.nextToken() : "");
        int[] indices = new int[words.countTokens()];
        double[] values = new double[indices.length];
        for (int i = 0; i < indices.length; i++) {
            String word = words.nextToken();
            int colon = word.indexOf(':');
            int index = colon < 0 ? 0 : index(word.substring(0, colon));
            if (index < 1 || (i > 0 && index <= indices[i - 1] + 1) || index > largest) {
                String most = largest < Integer.MAX_VALUE ? " to " + largest : "";
                throw new BrokenRowException("entry " + (i + 1) + ": must be index:value with an index from 1" + most
                        + " that is above the one before, but was \"" + word + "\"");
            }
            values[i] = Numbers.parse(Integer.toString(index), word.substring(colon + 1));
            indices[i] = index - 1;
        }
        return Optional.of(SourceRow.sparse(file, offset, label, indices, values));
    }

    private static int index(String text) {
        return text.length() <= 9 && Numbers.isDigits(text) ? Integer.parseInt(text) : 0;
    }
}
