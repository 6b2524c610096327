package io.stackel.ingest;

import java.util.function.Supplier;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;

/** Makes Spark cut files into small splits for a while. */
final class Splits {

    private Splits() {}

    static <T> T small(JavaSparkContext context, String textKey, String parquetKey, long bytes, Supplier<T> action) {
        SparkSession session = SparkSession.builder().config(context.getConf()).getOrCreate();
        context.hadoopConfiguration().setLong(textKey, bytes);
        session.conf().set(parquetKey, bytes);
        session.conf().set("spark.sql.files.openCostInBytes", 0);
        try {
            return action.get();
        } finally {
            context.hadoopConfiguration().unset(textKey);
            session.conf().unset(parquetKey);
            session.conf().unset("spark.sql.files.openCostInBytes");
        }
    }
}
