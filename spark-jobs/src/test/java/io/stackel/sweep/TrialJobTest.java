package io.stackel.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stackel.math.Sha256;
import io.stackel.run.CommandFailure;
import io.stackel.spark.StackelRegistrator;
import java.util.List;
import java.util.Map;
import org.apache.spark.SparkConf;
import org.junit.jupiter.api.Test;

class TrialJobTest {

    @Test
    void aConfigurationTooLargeForATaskIsTheUsersMistake() {
        String identity = Sha256.of("large");
        String name = "large-" + identity.substring(0, 12);
        Trial large = new Trial(name, identity, 0, Map.of(), " ".repeat(1 << 21));

        assertThatThrownBy(() -> TrialJob.requireSmall(List.of(large)))
                .isInstanceOf(CommandFailure.class)
                .hasMessageStartingWith("the configuration of trial " + name + " must have at most 1048576 characters");
    }

    @Test
    void aRegistratorOfTheUsersStaysBesideOurs() {
        String ours = TrialJob.Registrator.class.getName();
        SparkConf theirs = new SparkConf(false).set("spark.kryo.registrator", StackelRegistrator.class.getName());

        assertThat(TrialJob.settings(theirs).get("spark.kryo.registrator"))
                .isEqualTo(StackelRegistrator.class.getName() + "," + ours);
        assertThat(TrialJob.settings(new SparkConf(false)).get("spark.kryo.registrator"))
                .isEqualTo(ours);
        assertThat(theirs.get("spark.kryo.registrator")).isEqualTo(StackelRegistrator.class.getName());
    }
}
