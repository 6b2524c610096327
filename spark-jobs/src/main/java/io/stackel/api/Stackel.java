package io.stackel.api;

import io.stackel.experiment.Catalogue;
import io.stackel.experiment.GivenProblem;
import io.stackel.problem.Problem;
import io.stackel.problem.ProblemFactory;
import io.stackel.run.BatchEngine;
import io.stackel.run.CommandFailure;
import io.stackel.run.EngineChoice;
import io.stackel.run.GivenSpark;
import io.stackel.run.InputFile;
import io.stackel.run.LoadedExperiment;
import io.stackel.run.RunEnvironment;
import io.stackel.run.RunRequest;
import io.stackel.run.RunSession;
import io.stackel.store.Stores;
import io.stackel.store.Takeover;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;

/**
 * A run, from its configuration to its answer, in the process of the caller.
 *
 * <pre>{@code
 * Run run = Stackel.file("conf/experiments/four-rooms.yaml")
 *         .set("stop.iterations", 400)
 *         .on(spark)                               // leave it out to use a thread of this process, without Spark
 *         .out("runs/mine")
 *         .run();
 * double[] x = run.x();                            // [m], the upper variable
 * double[][] policy = run.policy();                // [S][B], the follower's probabilities
 * Dataset<Row> metrics = run.metrics(spark);       // a row every evaluation.every iterations
 * }</pre>
 *
 * <p>The same configuration gives the same bits on every engine, and as {@code stackel run} gives them. A run that was stopped
 * goes on from its last commit when {@link #run} is called again with the same configuration and place; one that is complete is
 * read and not computed again. {@code stackel status}, {@code report} and {@code export} read its directory, too.
 *
 * <p>Every failure is a {@link StackelException}. Its message may name an option of the command line; the method of that name is
 * meant: {@code --accept-code} is {@link #acceptCode}.
 *
 * <p>A builder: each method changes it and returns it. It is for one thread, {@link #stop} for any.
 */
public final class Stackel {

    private static final long BATCH_SECONDS = 3600;

    private final String source;
    private final byte[] text;
    private final List<String> overrides = new ArrayList<>();
    private Optional<ProblemFactory> problem = Optional.empty();
    private Optional<String> problemKey = Optional.empty();
    private Optional<JavaSparkContext> spark = Optional.empty();
    private int threads = 1;
    private OptionalInt partitions = OptionalInt.empty();
    private long batchSeconds = BATCH_SECONDS;
    private Optional<String> out = Optional.empty();
    private RunRequest.Resume resume = RunRequest.Resume.AUTO;
    private Takeover takeover = Takeover.ALWAYS;
    private boolean acceptCode;
    private boolean singleWriter;
    private RunListener listener = new RunListener() {};
    private volatile boolean stopping;

    private Stackel(String source, byte[] text) {
        this.source = source;
        this.text = text;
    }

    /**
     * A run of the configuration in a file.
     *
     * @param location a path, or a URI such as {@code hdfs://host/mine.yaml}
     */
    public static Stackel file(String location) {
        return StackelException.typed(() -> new Stackel(location, InputFile.read(location, "configuration")));
    }

    /**
     * A run of a configuration whose YAML or JSON is at hand; files that it names are looked for in the working directory. What is
     * wrong with it is found by {@link #run}.
     */
    public static Stackel text(String yaml) {
        return new Stackel("configuration", yaml.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * A run of a configuration whose keys are at hand, sections as maps: {@code Map.of("format", 1, "name", "mine", "problem",
     * Map.of("name", "four-rooms"), ...)}.
     */
    public static Stackel map(Map<String, ?> configuration) {
        return StackelException.typed(() -> text(ValueText.indented(configuration)));
    }

    /**
     * Reads a run that exists.
     *
     * @param location its directory: a path or a URI
     * @throws StackelException.Usage if there is no run
     */
    public static Run open(String location) {
        return StackelException.typed(
                () -> Run.existing(Stores.uri(location), Catalogue.load(RunEnvironment.loader())));
    }

    /**
     * A value in place of the configuration's, as {@code --set} gives it; of two for one key the later counts.
     *
     * @param key {@code key} or {@code section.key}, as {@code upper.stepSize}; a section alone takes a map
     * @param value a number, a boolean, text, or a list or map of these
     * @throws StackelException.Usage if it is anything else; whether the key exists is found by {@link #run}
     */
    public Stackel set(String key, Object value) {
        overrides.add(StackelException.typed(() -> key + "=" + ValueText.override(value)));
        return this;
    }

    /**
     * A problem that is an object of this program; for the local engine. The configuration needs no section {@code problem}.
     *
     * <p>Two runs are the same if their configurations are, and the configuration has the name alone: give a problem with other
     * numbers in it another name. A {@link #problem(ProblemFactory) factory} puts its keys into the configuration instead.
     *
     * @param name lower-case words joined by hyphens
     */
    public Stackel problem(String name, Problem object) {
        problem = Optional.of(new GivenProblem(name, object));
        problemKey = Optional.of("problem={name: " + name + "}");
        return this;
    }

    /**
     * A family of problems that no service entry lists. The section {@code problem} of the configuration holds its keys. For a
     * run on Spark its class is public, has a public constructor without arguments and lies in a jar of {@code spark.jars}.
     */
    public Stackel problem(ProblemFactory factory) {
        problem = Optional.of(factory);
        problemKey = Optional.of("problem.name=" + factory.name());
        return this;
    }

    /**
     * Evaluates batches on a session that is there, which goes on after the run. It may have any master. Executors need
     * Stackel's classes: put {@code stackel.jar} into {@code spark.jars}. No setting is needed, with one exception, which is
     * checked: if {@code spark.kryo.registrationRequired} is true, {@code spark.kryo.registrator} must name {@code
     * io.stackel.spark.StackelRegistrator}.
     */
    public Stackel on(SparkSession session) {
        return on(JavaSparkContext.fromSparkContext(session.sparkContext()));
    }

    /** Evaluates batches on a context that is there, which goes on after the run; as {@link #on(SparkSession)}. */
    public Stackel on(JavaSparkContext context) {
        spark = Optional.of(context);
        return this;
    }

    /**
     * Evaluates batches on threads of this process, without Spark; one thread if nothing else is said.
     *
     * @param workers threads, at least 1
     */
    public Stackel local(int workers) {
        spark = Optional.empty();
        threads = workers;
        return this;
    }

    /**
     * Into how many tasks a batch is cut. The bits are the same.
     *
     * @param tasks at least 1; by default the threads of {@link #local}, or on Spark as many as the work of a batch is worth
     */
    public Stackel partitions(int tasks) {
        partitions = OptionalInt.of(tasks);
        return this;
    }

    /**
     * When a batch on Spark is given up.
     *
     * @param seconds at least 1; 3600 if nothing else is said
     */
    public Stackel batchSeconds(long seconds) {
        batchSeconds = seconds;
        return this;
    }

    /**
     * The run's directory.
     *
     * @param location a path, or a URI of {@code file:}, {@code hdfs:} or {@code s3a:}; by default {@code runs/NAME-HASH}
     */
    public Stackel out(String location) {
        out = Optional.of(location);
        return this;
    }

    /** Whether the run must exist, or must not; by default it goes on if there is one. */
    public Stackel resume(RunRequest.Resume when) {
        resume = when;
        return this;
    }

    /** Whether a run may be taken from a driver that has not released it; by default always. */
    public Stackel takeover(Takeover when) {
        takeover = when;
        return this;
    }

    /** Goes on although your own code has changed since the last commit. */
    public Stackel acceptCode() {
        acceptCode = true;
        return this;
    }

    /** You make sure that no two drivers ever work on this run; lets any file system be used. */
    public Stackel singleWriter() {
        singleWriter = true;
        return this;
    }

    /** Follows the run; {@link RunListener#printing} prints lines. */
    public Stackel listener(RunListener following) {
        listener = following;
        return this;
    }

    /** The whole configuration as YAML, every default filled in; nothing is computed and nothing is written. */
    public String resolved() {
        return StackelException.typed(() -> load().configuration().resolvedYaml());
    }

    /**
     * Runs, or goes on, until a limit of the configuration is met or a stop is requested; does nothing where the run is complete.
     *
     * <p>{@link #stop} ends it early. So does an interrupt of the calling thread: the batch in flight is given up, the state before
     * it is committed, and the thread is interrupted when this returns. A run that was stopped is not {@link Run#isComplete}.
     *
     * @throws StackelException.Usage if the configuration or an argument cannot be used, with every mistake
     * @throws StackelException.Data if your problem, or stored data, is at fault
     * @throws StackelException.Diverged if a number was not finite
     * @throws StackelException.TakenOver if another driver has taken the run over
     * @throws StackelException.TryAgain if the same call may succeed later
     */
    public Run run() {
        FollowedRun following = new FollowedRun(listener, () -> stopping);
        try {
            return StackelException.typed(() -> {
                LoadedExperiment loaded = load();
                RunRequest request = new RunRequest(resume, takeover, engine(), acceptCode, singleWriter);
                URI place = place(loaded);
                new RunSession(loaded, request, following).run(place);
                return Run.existing(place, loaded.experiment().catalogue());
            });
        } finally {
            stopping = false;
            following.restoreInterrupt();
        }
    }

    /**
     * Asks {@link #run} to stop, from any thread or from a listener: the batch in flight is finished, the state is committed, and
     * {@code run} returns.
     */
    public void stop() {
        stopping = true;
    }

    /**
     * The run as it stands at its place, which another process may be working on; nothing is computed.
     *
     * @throws StackelException.Usage if there is none
     */
    public Run read() {
        return StackelException.typed(() -> {
            LoadedExperiment loaded = load();
            return Run.existing(place(loaded), loaded.experiment().catalogue());
        });
    }

    private LoadedExperiment load() {
        Catalogue found = Catalogue.load(RunEnvironment.loader());
        List<String> all = new ArrayList<>(problemKey.stream().toList());
        all.addAll(overrides);
        return LoadedExperiment.decode(
                new LoadedExperiment.Text(source, text, all),
                problem.map(found::with).orElse(found));
    }

    private URI place(LoadedExperiment loaded) {
        return Stores.uri(
                out.orElseGet(() -> Path.of("runs").resolve(loaded.runName()).toString()));
    }

    private BatchEngine engine() {
        if (spark.isEmpty()) {
            return new EngineChoice(EngineChoice.Kind.LOCAL, partitions, OptionalInt.of(threads), Optional.empty());
        }
        problem.filter(GivenProblem.class::isInstance).ifPresent(object -> {
            throw CommandFailure.usage(
                    "problem " + object.name()
                            + " is an object of this program, which executors of Spark do not have; give its factory, "
                            + "problem(new MyFactory()), whose jar is in spark.jars, or leave out on(...) to use the local engine");
        });
        return new GivenSpark(
                spark.get(),
                partitions,
                OptionalLong.of(batchSeconds),
                problem.map(factory -> factory.getClass().getName()));
    }
}
