package io.stackel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeployModeTest {

    private static final String MODE = "spark.submit.deployMode";

    @TempDir
    Path folder;

    @AfterEach
    void forgetMode() {
        System.clearProperty(MODE);
    }

    @Test
    void aDirectoryOfOneMachineIsRefusedInClusterMode() {
        System.setProperty(MODE, "cluster");

        Invocation refused =
                Invocation.of("run", Invocation.configuration("tiny.yaml", folder), "--out", folder.resolve("run"));

        assertThat(refused.code()).isEqualTo(2);
        assertThat(refused.err()).contains("is a directory of one machine").contains("give --out hdfs: or s3a:");
        assertThat(folder.resolve("run")).doesNotExist();
    }

    /** Found before Spark starts: no master listens at that port. */
    @Test
    void aSweepOnAClusterIsNotWrittenToOneMachine() throws IOException {
        Invocation.configuration("tiny.yaml", folder);
        Path sweep =
                Files.writeString(folder.resolve("sweep.yaml"), "format: 1\nname: one\nconfiguration: tiny.yaml\n");

        Invocation refused = Invocation.of(
                "sweep", "run", sweep, "--master", "spark://127.0.0.1:1", "--out", folder.resolve("sweep"));

        assertThat(refused.code()).as(refused.err()).isEqualTo(2);
        assertThat(refused.err())
                .contains("the trials of a sweep on a cluster are written by its executors")
                .contains("give --out on hdfs: or s3a:");
        assertThat(folder.resolve("sweep/trials")).doesNotExist();
    }
}
