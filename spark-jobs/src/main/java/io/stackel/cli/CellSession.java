package io.stackel.cli;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import io.stackel.lab.Cell;
import io.stackel.lab.CellRun;
import io.stackel.lab.Count;
import io.stackel.lab.Laboratory;
import io.stackel.run.EngineChoice;
import io.stackel.run.ExitCode;
import io.stackel.run.Quantities;
import io.stackel.run.ShutdownGuard;
import io.stackel.run.SideBySide;
import io.stackel.run.Stopwatch;
import io.stackel.spark.SparkEngine;
import io.stackel.spark.TaskForEach;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;
import org.apache.spark.SparkConf;
import org.apache.spark.serializer.KryoRegistrator;

/** Runs cells of a study, on threads of this process or, with a master, inside tasks of Spark, and shows how it goes. */
final class CellSession implements Laboratory.Engine {

    private static final double SECONDS = 10;
    private static final String GROUP = "laboratory";

    private final CellRun run;
    private final EngineChoice engine;
    private final CommandEnvironment environment;

    CellSession(CellRun run, EngineChoice engine, CommandEnvironment environment) {
        this.run = run;
        this.engine = engine;
        this.environment = environment;
    }

    /** Registers what Kryo carries when cells run inside tasks. */
    public static final class Registrator implements KryoRegistrator {

        @Override
        public void registerClasses(Kryo kryo) {
            kryo.register(Cell.class, new JavaSerializer());
            kryo.register(Count.class, new JavaSerializer());
        }
    }

    /** Tells people now and then how many cells have ended. */
    private final class Progress implements BiConsumer<Cell, Count> {

        private final Stopwatch watch = new Stopwatch(environment.nanoTime());
        private final int all;
        private final BiConsumer<Cell, Count> ended;
        private double next = SECONDS;
        private int done;

        Progress(int all, BiConsumer<Cell, Count> ended) {
            this.all = all;
            this.ended = ended;
        }

        @Override
        public void accept(Cell cell, Count count) {
            ended.accept(cell, count);
            done++;
            double now = watch.seconds();
            if (now >= next || done == all) {
                next = now + SECONDS;
                environment.tell(done + "/" + all + " cells ended after " + Quantities.duration(now));
            }
        }
    }

    @Override
    public void run(List<Cell> cells, BiConsumer<Cell, Count> ended) {
        Progress progress = new Progress(cells.size(), ended);
        if (engine.hasMaster()) {
            insideTasks(cells, progress);
            return;
        }
        try (ShutdownGuard guard = guard(() -> {})) {
            BooleanSupplier stop =
                    () -> guard.requested() || environment.stopRequested().getAsBoolean();
            SideBySide.run(cells, engine.width(), stop, cell -> run.on(cell, stop), progress);
            guard.finished(ExitCode.TRY_AGAIN);
        }
    }

    private void insideTasks(List<Cell> cells, Progress progress) {
        SparkConf settings = SparkEngine.withRegistrator(TaskForEach.settings(new SparkConf()), Registrator.class);
        CellRun work = run;
        try (SparkEngine spark = engine.startSpark(GROUP, settings)) {
            TaskForEach tasks = new TaskForEach(spark.context(), GROUP);
            try (ShutdownGuard guard = guard(tasks::cancel)) {
                tasks.run(cells, "laboratory, " + cells.size() + " cells", work::on, Count.class, progress)
                        .filter(reason -> !guard.requested())
                        .ifPresent(reason -> environment.tell("Spark gave up before all cells had ended: " + reason));
                guard.finished(ExitCode.TRY_AGAIN);
            }
        }
    }

    private ShutdownGuard guard(Runnable askToStop) {
        return environment.process().guard(true, caller -> {
            askToStop.run();
            return ExitCode.TRY_AGAIN;
        });
    }
}
