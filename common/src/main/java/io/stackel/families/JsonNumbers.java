package io.stackel.families;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.stackel.math.Tensor;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.DoubleStream;

/** Reads objects of numbers and of nested arrays of numbers from a JSON stream, without a tree in between. */
final class JsonNumbers {

    private final String file;
    private final JsonParser parser;
    private DoubleStream.Builder values = DoubleStream.builder();

    JsonNumbers(String file, JsonParser parser) {
        this.file = file;
        this.parser = parser;
    }

    /** Reads the object that starts at the current token. */
    JsonSection section() throws IOException {
        String pointer = pointer();
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            throw broken("must be an object, but was " + parser.getText());
        }
        TreeMap<String, Tensor.Real> entries = new TreeMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String key = parser.currentName();
            parser.nextToken();
            values = DoubleStream.builder();
            List<Integer> shape = new ArrayList<>();
            read(0, shape);
            int[] axes = shape.stream().mapToInt(Integer::intValue).toArray();
            entries.put(key, new Tensor.Real(values.build().toArray(), axes));
        }
        return new JsonSection(file, pointer, entries);
    }

    /** Reads a number, or an array whose parts agree in shape; the first part at a depth fixes its length. */
    private void read(int depth, List<Integer> shape) throws IOException {
        if (parser.currentToken() == JsonToken.START_ARRAY) {
            readArray(depth, shape);
        } else if (parser.currentToken().isNumeric()) {
            append(parser.getDoubleValue());
        } else {
            throw broken("must be a number or an array of numbers, but was " + parser.getText());
        }
    }

    private void readArray(int depth, List<Integer> shape) throws IOException {
        String pointer = pointer();
        boolean first = depth == shape.size();
        if (first) {
            shape.add(0);
        }
        int length = 0;
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            boolean leaf = parser.currentToken() != JsonToken.START_ARRAY;
            boolean known = !(first && length == 0);
            if (known && leaf != (depth == shape.size() - 1)) {
                throw broken("must have as many axes as its neighbours, but was " + parser.getText());
            }
            read(depth + 1, shape);
            length++;
        }
        if (first) {
            shape.set(depth, length);
        } else if (shape.get(depth) != length) {
            throw new ProblemFileException(
                    file, pointer, "must have " + shape.get(depth) + " entries as its neighbours, but has " + length);
        }
    }

    private void append(double value) throws IOException {
        if (!Double.isFinite(value)) {
            throw broken("must be a finite number, but was " + parser.getText());
        }
        values.add(value);
    }

    private String pointer() {
        return parser.getParsingContext().pathAsPointer().toString();
    }

    private ProblemFileException broken(String rule) {
        return new ProblemFileException(file, pointer(), rule);
    }
}
