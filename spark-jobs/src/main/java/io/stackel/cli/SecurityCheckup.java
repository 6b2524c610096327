package io.stackel.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.regex.Pattern;

/** Grades what protects a cluster's processes and the secrets among the settings. */
final class SecurityCheckup {

    private static final String HARDENED = "take the settings of conf/spark/hardened.conf";
    private static final Pattern SECRET = Pattern.compile(
            "spark\\..*(secret[.-]?key|password|session\\.token|account\\.key)", Pattern.CASE_INSENSITIVE);

    private SecurityCheckup() {}

    /**
     * Grades the settings of Spark that protect a cluster.
     *
     * @param settings of Spark among the system's properties
     * @param master of Spark; a local one opens no port to others
     */
    static List<Diagnosis> findings(Properties settings, String master) {
        List<Diagnosis> findings = new ArrayList<>();
        if (master.startsWith("local")) {
            findings.add(Diagnosis.good("network", "a local master listens on the loopback address alone"));
        } else {
            findings.add(protection(settings, "spark.authenticate", "who may connect to driver and executors"));
            findings.add(protection(settings, "spark.network.crypto.enabled", "encryption between the processes"));
            findings.add(protection(settings, "spark.io.encryption.enabled", "encryption of what tasks spill"));
            findings.add(protection(settings, "spark.acls.enable", "who may see the pages of the application"));
        }
        findings.add(secrets(settings));
        return findings;
    }

    private static Diagnosis protection(Properties settings, String key, String what) {
        return "true".equals(settings.getProperty(key))
                ? Diagnosis.good(key, what + ": on")
                : Diagnosis.fair(key, what + ": off", HARDENED);
    }

    private static Diagnosis secrets(Properties settings) {
        List<String> plain = settings.stringPropertyNames().stream()
                .filter(key -> SECRET.matcher(key).matches())
                .sorted()
                .toList();
        return plain.isEmpty()
                ? Diagnosis.good("secrets", "none among the settings")
                : Diagnosis.bad(
                        "secrets",
                        "in plain sight in " + String.join(", ", plain),
                        "keep them in a file of Hadoop's credential provider (spark.hadoop.hadoop.security.credential"
                                + ".provider.path), in the environment or in a role");
    }
}
