package io.stackel.run;

import java.util.List;
import scala.util.Properties;

/** The Spark that is on the class path, which spark-submit chose, against those that Stackel is tested with. */
public final class SparkVersion {

    private static final List<String> TESTED = List.of("4.1.", "4.2.");
    private static final String SCALA = "2.13.";

    private SparkVersion() {}

    /** Spark's own number. */
    public static String text() {
        return org.apache.spark.package$.MODULE$.SPARK_VERSION();
    }

    /** Whether this Spark is one that Stackel is tested with. */
    public static boolean isTested() {
        return TESTED.stream().anyMatch(text()::startsWith)
                && Properties.versionNumberString().startsWith(SCALA);
    }

    /** What is needed, for people. */
    public static String needed() {
        return "Spark 4.1 or 4.2 for Scala 2.13";
    }

    /** Returns if this Spark will do. */
    static void require() {
        if (!isTested()) {
            throw CommandFailure.usage("Spark must be " + needed() + ", but is " + text() + " for Scala "
                    + Properties.versionNumberString()
                    + "; point SPARK_HOME at another one, or leave it out to use the Spark of the build");
        }
    }
}
