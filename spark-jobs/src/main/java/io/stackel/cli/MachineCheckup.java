package io.stackel.cli;

import io.stackel.run.SparkVersion;
import io.stackel.run.Version;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.util.VersionInfo;

/** Looks at this process: Java, memory, Spark, Hadoop. */
final class MachineCheckup {

    private static final int JAVA = 17;
    private static final long MEBIBYTE = 1 << 20;
    private static final long LITTLE_HEAP = 256;
    private static final String S3A = "org.apache.hadoop.fs.s3a.S3AFileSystem";

    private MachineCheckup() {}

    static List<Diagnosis> findings() {
        List<Diagnosis> findings = new ArrayList<>();
        findings.add(Diagnosis.good("stackel", Version.line()));
        findings.add(java(Runtime.version().feature(), Runtime.version().toString()));
        findings.add(heap(Runtime.getRuntime().maxMemory() / MEBIBYTE));
        findings.add(
                SparkVersion.isTested()
                        ? Diagnosis.good("spark", SparkVersion.text())
                        : Diagnosis.bad(
                                "spark",
                                SparkVersion.text() + ", but tested is " + SparkVersion.needed(),
                                "point SPARK_HOME at another Spark, or leave it out to use that of the build"));
        findings.add(Diagnosis.good("hadoop", VersionInfo.getVersion()));
        findings.add(s3a());
        return findings;
    }

    /** Spark 4.1 works with Java 17 and 21; Hadoop 3.4 does not open a file system with 25. */
    static Diagnosis java(int feature, String version) {
        if (feature == JAVA) {
            return Diagnosis.good("java", version);
        }
        return feature < JAVA
                ? Diagnosis.bad("java", version, "set JAVA_HOME to a Java 17")
                : Diagnosis.fair(
                        "java",
                        version + "; Spark and Hadoop are tested with 17",
                        "set JAVA_HOME to a Java 17, or stay with --engine local and local directories");
    }

    static Diagnosis heap(long mebibytes) {
        String found = mebibytes + " MiB at most, " + Runtime.getRuntime().availableProcessors() + " cores";
        return mebibytes >= LITTLE_HEAP
                ? Diagnosis.good("memory", found)
                : Diagnosis.fair("memory", found, "give this process more with --conf spark.driver.memory=1g");
    }

    private static Diagnosis s3a() {
        try {
            Class.forName(S3A, false, MachineCheckup.class.getClassLoader());
            return Diagnosis.good("s3a", "hadoop-aws is on the class path");
        } catch (ClassNotFoundException | LinkageError missing) {
            return Diagnosis.fair(
                    "s3a",
                    "hadoop-aws is not on the class path, so s3a: places cannot be used (" + missing + ")",
                    "add hadoop-aws and the AWS SDK of this Hadoop with --jars");
        }
    }
}
