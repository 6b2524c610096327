package io.stackel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DoctorCommandTest {

    @TempDir
    Path folder;

    private static Map<String, String> grades(Invocation doctor) {
        JsonNode json = doctor.json();
        assertThat(json.path("format").intValue()).isEqualTo(1);
        Map<String, String> grades = new HashMap<>();
        json.path("findings")
                .forEach(finding -> grades.put(
                        finding.path("subject").textValue(),
                        finding.path("grade").textValue()));
        return grades;
    }

    @Test
    void aSoundMachineAndALocalStoreAreGood() {
        Invocation doctor = Invocation.of("doctor", "--out", folder.resolve("runs/a"), "--json");

        assertThat(doctor.code()).as(doctor.err()).isZero();
        assertThat(grades(doctor))
                .containsEntry("java", "good")
                .containsEntry("spark", "good")
                .containsEntry("s3a", "good")
                .containsEntry("network", "good")
                .containsEntry("secrets", "good")
                .containsEntry("create once", "good")
                .containsEntry("create twice", "good")
                .containsEntry("read", "good")
                .containsEntry("write", "good")
                .containsEntry("replace", "good")
                .containsEntry("list", "good")
                .containsEntry("delete", "good");
        assertThat(folder.resolve("runs/a")).isEmptyDirectory();
    }

    @Test
    void aPlaceThatCannotBeWrittenIsBadAndSaysWhatToDo() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "no folder");

        Invocation doctor = Invocation.of("doctor", "--out", file.resolve("run"));

        assertThat(doctor.code()).isEqualTo(2);
        assertThat(doctor.out()).contains("bad   store").contains(file + " is a file; give a directory");
    }

    @Test
    void anOpenClusterIsFairAndNamesTheSettings() {
        assertThat(grades(Invocation.of("doctor", "--master", "spark://host:7077", "--json")))
                .containsEntry("spark.authenticate", "fair")
                .containsEntry("spark.network.crypto.enabled", "fair")
                .containsEntry("spark.io.encryption.enabled", "fair")
                .containsEntry("spark.acls.enable", "fair");
    }

    @Test
    void aSecretAmongTheSettingsIsBadAndItsValueIsNotTold() {
        Properties settings = new Properties();
        settings.setProperty("spark.hadoop.fs.s3a.secret.key", "canary");
        settings.setProperty("spark.authenticate", "true");

        Diagnosis secrets = SecurityCheckup.findings(settings, "spark://host:7077").stream()
                .filter(each -> each.subject().equals("secrets"))
                .findFirst()
                .orElseThrow();

        assertThat(secrets.grade()).isEqualTo(Diagnosis.Grade.BAD);
        assertThat(secrets.text()).contains("spark.hadoop.fs.s3a.secret.key").doesNotContain("canary");
    }

    @Test
    void anotherJavaIsNamedWithItsFix() {
        assertThat(MachineCheckup.java(11, "11.0.2").text())
                .startsWith("bad   java")
                .contains("-> set JAVA_HOME");
        assertThat(MachineCheckup.java(25, "25").grade()).isEqualTo(Diagnosis.Grade.FAIR);
        assertThat(MachineCheckup.heap(100).grade()).isEqualTo(Diagnosis.Grade.FAIR);
    }
}
