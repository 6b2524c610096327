package io.stackel.report;

import com.fasterxml.jackson.databind.JsonNode;
import io.stackel.run.CommitSummary;
import io.stackel.store.Head;
import io.stackel.store.RunReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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
 * The committed rows of metrics of some runs, with the figures at their ends, as one file of Parquet: text {@code run} and {@code identity}, then a column
 * for each key that any row has, 64-bit whole numbers or doubles, null where a row has none.
 */
public final class MetricParquet {

    private static final String RUN = "run";
    private static final String IDENTITY = "identity";

    private MetricParquet() {}

    /**
     * Writes a file, in place of one that is there.
     *
     * @param runs in the order of their rows
     * @return the number of rows
     */
    public static long write(Path file, List<RunReader> runs) throws IOException {
        List<RunRows> tables = new ArrayList<>();
        for (RunReader run : runs) {
            run.head().ifPresent(head -> tables.add(RunRows.of(run, head)));
        }
        MessageType schema = schema(tables);
        long rows = 0;
        try (ParquetWriter<Group> writer = ExampleParquetWriter.builder(new LocalOutputFile(file))
                .withWriteMode(ParquetFileWriter.Mode.OVERWRITE)
                .withType(schema)
                .withCompressionCodec(CompressionCodecName.GZIP)
                .build()) {
            for (RunRows table : tables) {
                for (JsonNode row : table.rows().rows()) {
                    writer.write(group(table, row, schema));
                    rows++;
                }
            }
        }
        return rows;
    }

    private static MessageType schema(List<RunRows> tables) {
        Types.MessageTypeBuilder schema = Types.buildMessage();
        for (String text : List.of(RUN, IDENTITY)) {
            schema.required(PrimitiveTypeName.BINARY)
                    .as(LogicalTypeAnnotation.stringType())
                    .named(text);
        }
        TreeSet<String> keys = new TreeSet<>();
        tables.forEach(table -> keys.addAll(table.rows().keys()));
        keys.removeAll(List.of(RUN, IDENTITY));
        for (String key : keys) {
            boolean whole = tables.stream()
                    .flatMap(table -> table.rows().rows().stream())
                    .map(row -> row.path(key))
                    .allMatch(value -> value.isMissingNode() || value.isIntegralNumber());
            schema.optional(whole ? PrimitiveTypeName.INT64 : PrimitiveTypeName.DOUBLE)
                    .named(key);
        }
        return schema.named("metrics");
    }

    private static Group group(RunRows table, JsonNode row, MessageType schema) {
        Group group = new SimpleGroup(schema);
        group.append(RUN, table.name()).append(IDENTITY, table.identity());
        for (Map.Entry<String, JsonNode> field : row.properties()) {
            String key = field.getKey();
            if (key.equals(RUN) || key.equals(IDENTITY)) {
                continue;
            }
            JsonNode value = field.getValue();
            if (schema.getType(key).asPrimitiveType().getPrimitiveTypeName() == PrimitiveTypeName.INT64) {
                group.append(key, value.longValue());
            } else {
                group.append(key, value.isTextual() ? Double.parseDouble(value.textValue()) : value.doubleValue());
            }
        }
        return group;
    }

    /** The rows of one run. */
    private record RunRows(String name, String identity, MetricTable rows) {

        static RunRows of(RunReader run, Head head) {
            return new RunRows(
                    CommitSummary.decode(head.commit().summary()).name(),
                    run.header().sha256(),
                    MetricTable.of(run, head));
        }
    }
}
