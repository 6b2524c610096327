package io.stackel.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stackel.run.HadoopSettings;
import io.stackel.store.RunState;
import java.nio.file.Path;
import java.util.Map;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.example.FaultyWalk;
import org.example.InterruptingWalk;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a notebook gets, whose session is there before Stackel and after it. */
class StackelOnSparkIT {

    private static final String KRYO = "org.apache.spark.serializer.KryoSerializer";

    @TempDir
    Path folder;

    private SparkSession session;

    private SparkSession session(Map<String, String> settings) {
        SparkSession.Builder builder = SparkSession.builder()
                .master("local[2]")
                .appName("notebook")
                .config("spark.ui.enabled", "false")
                .config("spark.driver.bindAddress", "127.0.0.1")
                .config("spark.driver.host", "127.0.0.1")
                .config("spark.sql.shuffle.partitions", "1");
        settings.forEach(builder::config);
        session = builder.getOrCreate();
        return session;
    }

    @AfterEach
    void stop() {
        Thread.interrupted();
        if (session != null) {
            session.stop();
        }
    }

    private Stackel tiny(String place) {
        return Stackel.file(StackelTest.TINY).out(folder.resolve(place).toString());
    }

    @Test
    void aSessionWithoutAnySettingGivesTheSameBitsAndGoesOn() {
        Object expected = StackelTest.hash(tiny("local").run());
        SparkSession mine = session(Map.of());
        JavaSparkContext context = JavaSparkContext.fromSparkContext(mine.sparkContext());
        context.setJobGroup("cell 7", "my cell", false);

        Run run = tiny("spark").on(mine).partitions(3).run();

        assertThat(StackelTest.hash(run)).isEqualTo(expected);
        assertThat(context.getLocalProperty("spark.jobGroup.id")).isEqualTo("cell 7");
        assertThat(context.getLocalProperty("spark.job.description")).isEqualTo("my cell");
        Dataset<Row> metrics = run.metrics(mine);
        assertThat(metrics.count()).isEqualTo(5);
        assertThat(metrics.schema().apply("iteration").dataType()).isEqualTo(DataTypes.LongType);
        assertThat(metrics.schema().apply("upperObjective").dataType()).isEqualTo(DataTypes.DoubleType);
        Row last = metrics.orderBy(metrics.col("iteration").desc()).first();
        assertThat(last.<Double>getAs("upperObjectiveAtBestResponse"))
                .isEqualTo(run.status().get("upperObjectiveAtBestResponse"));
    }

    @Test
    void storesAreReachedWithTheSettingsOfTheSession() {
        session(Map.of("spark.hadoop.fs.s3a.endpoint", "http://127.0.0.1:9"));

        assertThat(new HadoopSettings().get().get("fs.s3a.endpoint")).isEqualTo("http://127.0.0.1:9");
    }

    @Test
    void kryoWithoutOurRegistratorGivesTheSameBits() {
        Object expected = StackelTest.hash(tiny("local").run());

        Run run = tiny("spark").on(session(Map.of("spark.serializer", KRYO))).run();

        assertThat(StackelTest.hash(run)).isEqualTo(expected);
    }

    @Test
    void kryoThatDemandsRegistrationNeedsOurRegistrator() {
        SparkSession strict = session(Map.of(
                "spark.serializer", KRYO,
                "spark.kryo.registrationRequired", "true",
                "spark.kryo.registrator", "io.stackel.ingest.ImportRegistrator"));

        assertThatThrownBy(() -> tiny("spark").on(strict).run())
                .isInstanceOf(StackelException.Usage.class)
                .hasMessage("spark.kryo.registrator must name io.stackel.spark.StackelRegistrator, because"
                        + " spark.kryo.registrationRequired is true, but was 'io.stackel.ingest.ImportRegistrator';"
                        + " start the session with spark.kryo.registrator=io.stackel.ingest.ImportRegistrator,"
                        + "io.stackel.spark.StackelRegistrator, or without spark.kryo.registrationRequired");
    }

    @Test
    void anInterruptGivesTheBatchInFlightUpAndTheSessionGoesOn() {
        Stackel walk = Stackel.text(StackelTest.WALK)
                .problem(new InterruptingWalk.Factory())
                .set("stop.iterations", 12);
        Object expected =
                StackelTest.hash(walk.out(folder.resolve("whole").toString()).run());
        SparkSession mine = session(Map.of());
        walk.on(mine).out(folder.resolve("run").toString());
        InterruptingWalk.interrupt(Thread.currentThread(), 150);

        Run stopped = walk.run();

        assertThat(Thread.interrupted()).isTrue();
        assertThat(stopped.state()).isEqualTo(RunState.STOPPED);
        assertThat((Long) stopped.status().get("step")).isBetween(1L, 23L);
        assertThat(mine.range(5).count()).isEqualTo(5);
        assertThat(StackelTest.hash(walk.run())).isEqualTo(expected);
    }

    @Test
    void aProblemComesByItsFactoryAndNotAsAnObject() {
        SparkSession mine = session(Map.of());
        Stackel walk = Stackel.text(StackelTest.WALK)
                .problem(new FaultyWalk.Factory())
                .set("problem.mistake", "none")
                .on(mine);

        Object expected =
                StackelTest.hash(walk.out(folder.resolve("spark").toString()).run());

        assertThat(StackelTest.hash(
                        walk.local(1).out(folder.resolve("local").toString()).run()))
                .isEqualTo(expected);
        assertThatThrownBy(() -> Stackel.text(StackelTest.NO_PROBLEM)
                        .problem("mine", StackelTest.design())
                        .on(mine)
                        .out(folder.resolve("object").toString())
                        .run())
                .isInstanceOf(StackelException.Usage.class)
                .hasMessageStartingWith(
                        "problem mine is an object of this program, which executors of Spark do not have;");
        mine.stop();
        assertThatThrownBy(() -> walk.on(mine).run())
                .isInstanceOf(StackelException.Usage.class)
                .hasMessage("the Spark context must be running, but was stopped; make a new session and give that one");
    }
}
