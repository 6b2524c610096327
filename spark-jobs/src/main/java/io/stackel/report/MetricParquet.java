package io.stackel.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.stackel.run.CommitSummary;
import io.stackel.store.Head;
import io.stackel.store.RunReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroup;
import org.apache.parquet.hadoop.ParquetFileWriter;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.LocalOutputFile;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Types;

/**
 * The committed rows of metrics of some runs, with the figures at their ends, as one file of Parquet. Columns: {@code run},
 * {@code identity}, {@code problem}, {@code algorithm}, {@code seed}, {@code wallSeconds}, {@code last}; every key of the
 * configurations in which the runs differ, by its path; every figure that any row has. Null where a row has none.
 */
public final class MetricParquet {

    private static final String PROBLEM = "problem";
    private static final String ALGORITHM = "algorithm";
    private static final String SEED = "seed";
    private static final String NAME = "name";
    private static final String WALL = "wallSeconds";
    private static final String ITERATION = "iteration";

    private MetricParquet() {}

    /**
     * Writes a file, in place of one that is there; none if there are no rows.
     *
     * @param runs in the order of their rows
     * @return the number of rows
     */
    public static long write(Path file, List<RunReader> runs) throws IOException {
        List<RunRows> tables = new ArrayList<>();
        for (RunReader run : runs) {
            run.head().ifPresent(head -> tables.add(RunRows.of(run, head)));
        }
        Collection<String> varied = varied(tables);
        List<Map<String, JsonNode>> rows = new ArrayList<>();
        tables.forEach(table -> rows.addAll(table.flat(varied)));
        if (rows.isEmpty()) {
            return 0;
        }
        MessageType schema = schema(rows);
        try (ParquetWriter<Group> writer = ExampleParquetWriter.builder(new LocalOutputFile(file))
                .withWriteMode(ParquetFileWriter.Mode.OVERWRITE)
                .withType(schema)
                .withCompressionCodec(CompressionCodecName.GZIP)
                .build()) {
            for (Map<String, JsonNode> row : rows) {
                writer.write(group(row, schema));
            }
        }
        return rows.size();
    }

    /** The keys that do not have the same value in all runs, without those that have a column anyway. */
    private static Collection<String> varied(List<RunRows> tables) {
        TreeSet<String> keys = new TreeSet<>();
        tables.forEach(table -> keys.addAll(table.keys().keySet()));
        keys.removeAll(List.of("format", NAME, SEED, PROBLEM + "." + NAME, ALGORITHM + "." + NAME));
        keys.removeIf(key -> tables.stream()
                        .map(table -> String.valueOf(table.keys().get(key)))
                        .distinct()
                        .count()
                == 1);
        return keys;
    }

    private static MessageType schema(List<Map<String, JsonNode>> rows) {
        Map<String, PrimitiveTypeName> types = new LinkedHashMap<>();
        for (Map<String, JsonNode> row : rows) {
            row.forEach((key, value) ->
                    types.merge(key, type(value), (one, other) -> one == other ? one : wider(one, other)));
        }
        Types.MessageTypeBuilder schema = Types.buildMessage();
        types.forEach((key, type) -> {
            if (type == PrimitiveTypeName.BINARY) {
                schema.optional(type).as(LogicalTypeAnnotation.stringType()).named(key);
            } else {
                schema.optional(type).named(key);
            }
        });
        return schema.named("metrics");
    }

    private static PrimitiveTypeName wider(PrimitiveTypeName one, PrimitiveTypeName other) {
        List<PrimitiveTypeName> numbers = List.of(PrimitiveTypeName.INT64, PrimitiveTypeName.DOUBLE);
        return numbers.contains(one) && numbers.contains(other) ? PrimitiveTypeName.DOUBLE : PrimitiveTypeName.BINARY;
    }

    private static PrimitiveTypeName type(JsonNode value) {
        return value.isIntegralNumber()
                ? PrimitiveTypeName.INT64
                : value.isNumber()
                        ? PrimitiveTypeName.DOUBLE
                        : value.isBoolean() ? PrimitiveTypeName.BOOLEAN : PrimitiveTypeName.BINARY;
    }

    private static Group group(Map<String, JsonNode> row, MessageType schema) {
        Group group = new SimpleGroup(schema);
        row.forEach((key, value) -> {
            switch (schema.getType(key).asPrimitiveType().getPrimitiveTypeName()) {
                case INT64 -> group.append(key, value.longValue());
                case DOUBLE -> group.append(key, value.doubleValue());
                case BOOLEAN -> group.append(key, value.booleanValue());
                default -> group.append(key, value.isValueNode() ? value.asText() : value.toString());
            }
        });
        return group;
    }

    /**
     * The rows of one run.
     *
     * @param keys of its configuration by path
     * @param seconds of all drivers when a row was taken, by iteration
     */
    private record RunRows(
            CommitSummary summary,
            String identity,
            MetricTable rows,
            Map<String, JsonNode> keys,
            Map<Long, JsonNode> seconds) {

        static RunRows of(RunReader run, Head head) {
            CommitSummary summary = CommitSummary.of(head);
            Map<String, JsonNode> keys = MetricTable.leaves(
                    MetricTable.parse(summary.configurationText()).rows().get(0));
            Map<Long, JsonNode> seconds = new TreeMap<>();
            for (JsonNode row :
                    RunRecord.timings(run, head).where("event", "row").rows()) {
                seconds.put(row.path(ITERATION).asLong(), row.path(WALL));
            }
            return new RunRows(summary, run.header().sha256(), MetricTable.of(run, head), keys, seconds);
        }

        private JsonNode named(String section) {
            return keys.getOrDefault(section + "." + NAME, keys.getOrDefault(section + ".file", TextNode.valueOf("")));
        }

        /** A map of columns for each row; columns of configurations come first. */
        List<Map<String, JsonNode>> flat(Collection<String> varied) {
            List<Map<String, JsonNode>> flat = new ArrayList<>();
            int last = rows.rows().size() - 1;
            for (int i = 0; i <= last; i++) {
                JsonNode row = rows.rows().get(i);
                Map<String, JsonNode> columns = new LinkedHashMap<>();
                columns.put("run", TextNode.valueOf(summary.name()));
                columns.put("identity", TextNode.valueOf(identity));
                columns.put(PROBLEM, named(PROBLEM));
                columns.put(ALGORITHM, named(ALGORITHM));
                columns.put(SEED, keys.get(SEED));
                varied.stream()
                        .filter(key -> keys.containsKey(key) && !keys.get(key).isNull())
                        .forEach(key -> columns.put(key, keys.get(key)));
                JsonNode measured = seconds.get(row.path(ITERATION).asLong());
                if (measured != null) {
                    columns.put(WALL, measured);
                } else if (i == last) {
                    columns.put(WALL, DoubleNode.valueOf(summary.wallSeconds()));
                }
                columns.put("last", BooleanNode.valueOf(i == last));
                for (Map.Entry<String, JsonNode> figure : row.properties()) {
                    columns.putIfAbsent(figure.getKey(), number(figure.getValue()));
                }
                flat.add(columns);
            }
            return flat;
        }

        /** A figure, of which some are the name of a number that is not finite. */
        private static JsonNode number(JsonNode figure) {
            return figure.isTextual() ? DoubleNode.valueOf(Double.parseDouble(figure.textValue())) : figure;
        }
    }
}
