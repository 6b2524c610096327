package io.stackel.ml;

import static org.apache.spark.sql.functions.col;

import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import org.apache.spark.ml.functions;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StructType;

/**
 * Which columns of a table a fit reads, and the one that its model adds.
 *
 * @param id whole numbers or text
 * @param trusted whether the label is
 * @param label a number
 * @param features vectors, or arrays of numbers
 * @param weight the column that is added
 */
record InputColumns(String id, String trusted, String label, String features, String weight) {

    private static final List<DataType> IDS = List.of(
            DataTypes.ByteType, DataTypes.ShortType, DataTypes.IntegerType, DataTypes.LongType, DataTypes.StringType);

    /**
     * The schema with the column of weights.
     *
     * @throws IllegalArgumentException if a column is missing or has a type that does not fit
     */
    StructType checked(StructType schema) {
        requireId(schema, id);
        require(schema, "validationIndicatorCol", trusted, DataTypes.BooleanType::equals, "true or false");
        require(schema, "labelCol", label, NumericType.class::isInstance, "numbers");
        require(
                schema,
                "featuresCol",
                features,
                type -> isVector(type) || (type instanceof ArrayType list && list.elementType() instanceof NumericType),
                "vectors, or arrays of numbers");
        return withWeight(schema, weight);
    }

    static void requireId(StructType schema, String id) {
        require(schema, "idCol", id, IDS::contains, "whole numbers or text, which tell rows apart");
    }

    /** The schema with one more column, of real numbers. */
    static StructType withWeight(StructType schema, String weight) {
        if (Arrays.asList(schema.fieldNames()).contains(weight)) {
            throw new IllegalArgumentException(
                    "weightCol: there is a column '" + weight + "' already; give the weights another name");
        }
        return schema.add(weight, DataTypes.DoubleType, true);
    }

    private static void require(StructType schema, String param, String name, Predicate<DataType> fits, String what) {
        List<String> names = Arrays.asList(schema.fieldNames());
        if (!names.contains(name)) {
            throw new IllegalArgumentException(
                    param + ": there is no column '" + name + "'; the columns are " + String.join(", ", names));
        }
        DataType type = schema.apply(name).dataType();
        if (!fits.test(type)) {
            throw new IllegalArgumentException(
                    param + ": column '" + name + "' must hold " + what + ", but is " + type.simpleString());
        }
    }

    /** The rows as {@code id}, {@code trusted}, {@code label} and {@code features}, an array of doubles. */
    Dataset<Row> of(Dataset<?> dataset) {
        Column vectors = column(features);
        return dataset.select(
                column(id).as("id"),
                column(trusted).as("trusted"),
                column(label).cast(DataTypes.DoubleType).as("label"),
                (isVector(dataset.schema().apply(features).dataType())
                                ? functions.vector_to_array(vectors, "float64")
                                : vectors.cast(DataTypes.createArrayType(DataTypes.DoubleType)))
                        .as("features"));
    }

    private static boolean isVector(DataType type) {
        return SQLDataTypes.VectorType().equals(type);
    }

    /** A column by its name, whatever characters that has. */
    static Column column(String name) {
        return col("`" + name.replace("`", "``") + "`");
    }
}
