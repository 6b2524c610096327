package io.stackel.cli;

import static org.assertj.core.api.Assertions.assertThat;

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
}
