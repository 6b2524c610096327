package io.stackel.spark;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.spark.SparkConf;
import org.junit.jupiter.api.Test;

class SparkEngineTest {

    @Test
    void aLocalMasterOpensNothingToTheNetwork() {
        SparkConf settings = SparkEngine.settings("local[2]", "run", new SparkConf(false));
        assertThat(settings.get("spark.ui.enabled")).isEqualTo("false");
        assertThat(settings.get("spark.driver.bindAddress")).isEqualTo("127.0.0.1");
        assertThat(settings.get("spark.driver.host")).isEqualTo("127.0.0.1");
    }

    @Test
    void aClusterKeepsItsAddressesAndItsPages() {
        SparkConf settings = SparkEngine.settings("spark://host:7077", "run", new SparkConf(false));
        assertThat(settings.contains("spark.ui.enabled")).isFalse();
        assertThat(settings.contains("spark.driver.host")).isFalse();
    }

    @Test
    void whatTheUserSetStands() {
        SparkConf given = new SparkConf(false)
                .setMaster("spark://host:7077")
                .setAppName("mine")
                .set("spark.serializer", "org.apache.spark.serializer.JavaSerializer")
                .set("spark.kryo.registrationRequired", "false")
                .set("spark.ui.enabled", "true")
                .set("spark.ui.retainedJobs", "7");
        SparkConf settings = SparkEngine.settings("local", "ours", given);
        for (scala.Tuple2<String, String> entry : given.getAll()) {
            assertThat(settings.get(entry._1())).as(entry._1()).isEqualTo(entry._2());
        }
        assertThat(given.contains("spark.kryo.registrator")).isFalse();
    }

    @Test
    void ourRegistratorJoinsTheUsers() {
        SparkConf given = new SparkConf(false).set("spark.kryo.registrator", "org.example.Mine");
        assertThat(SparkEngine.settings("local", "run", given).get("spark.kryo.registrator"))
                .isEqualTo("org.example.Mine,io.stackel.spark.StackelRegistrator");
        SparkConf both = given.clone().set("spark.kryo.registrator", "io.stackel.spark.StackelRegistrator");
        assertThat(SparkEngine.settings("local", "run", both).get("spark.kryo.registrator"))
                .isEqualTo("io.stackel.spark.StackelRegistrator");
    }

    /** Without a name spark-submit names the application after the class that it starts. */
    @Test
    void applicationIsNamedAfterTheRunUnlessTheUserNamedIt() {
        SparkConf ofSubmit = new SparkConf(false).setAppName("io.stackel.cli.Main");
        assertThat(SparkEngine.settings("local", "stackel four-rooms-1", ofSubmit)
                        .get("spark.app.name"))
                .isEqualTo("stackel four-rooms-1");
        SparkConf ofUser = new SparkConf(false).setAppName("mine");
        assertThat(SparkEngine.settings("local", "stackel four-rooms-1", ofUser).get("spark.app.name"))
                .isEqualTo("mine");
    }
}
