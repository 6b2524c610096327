package io.stackel.cli;

import io.stackel.algorithm.Evaluation;
import io.stackel.algorithm.RunLoop;
import io.stackel.algorithm.State;
import io.stackel.run.Quantities;
import io.stackel.run.RunProgress;
import io.stackel.run.Stopwatch;
import java.io.PrintStream;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.DoubleFunction;
import java.util.function.IntSupplier;

/**
 * Shows how far a run is: on a terminal one line that is written over, at most five times a second, and never wider than the
 * terminal; elsewhere plain lines, at most one in ten seconds.
 *
 * <pre>
 *   step 1200  iteration 60/1000  upper objective -0.435046  at best response -0.440012  lower gap 1.2345e-04
 *   gradient 0.021000 +- 0.003000  1.2M samples/s  2m10s left
 *   status quo: 40 of 100                                                 before the first row
 * </pre>
 */
final class ProgressLine implements RunProgress {

    private static final double TERMINAL_SECONDS = 0.2;
    private static final double PLAIN_SECONDS = 10;
    /** What is measured over a shorter time is no speed. */
    private static final double SPEED_SECONDS = 1;

    private static final String GAP = "  ";
    private static final String LEFT = " left";

    /** Bytes, for text of ours to a terminal is filtered, too. */
    private static final byte[] CLEAR = {'\r', 0x1b, '[', 'K'};

    private final PrintStream err;
    private final boolean terminal;
    private final IntSupplier columns;
    private final RunLoop.Plan plan;
    private final Stopwatch watch;
    private final SortedMap<String, Double> figures = new TreeMap<>();
    private Optional<Mark> first = Optional.empty();
    private double next;
    private boolean drawn;

    /** The first state that was shown and when, from which speed is measured: the engine had started by then. */
    private record Mark(State state, double seconds) {}

    /**
     * Shows the progress of one driver.
     *
     * @param terminal whether {@code err} is one
     * @param columns of the terminal now, which may be resized
     * @param watch started when the driver did
     */
    ProgressLine(PrintStream err, boolean terminal, IntSupplier columns, RunLoop.Plan plan, Stopwatch watch) {
        this.err = err;
        this.terminal = terminal;
        this.columns = columns;
        this.plan = plan;
        this.watch = watch;
    }

    @Override
    public void learn(SortedMap<String, Double> latest) {
        figures.putAll(latest);
    }

    /** Writes, if it is time. */
    @Override
    public void show(State state) {
        show(now -> text(state, now));
    }

    /** Writes how far the work before the first row is, if it is time. */
    @Override
    public void prepare(String work, long done, long total) {
        show(now -> work + ": " + done + " of " + total);
    }

    private void show(DoubleFunction<String> text) {
        double now = watch.seconds();
        if (now < next) {
            return;
        }
        next = now + (terminal ? TERMINAL_SECONDS : PLAIN_SECONDS);
        if (terminal) {
            String line = fitting(text.apply(now), columns.getAsInt() - 1);
            err.writeBytes(CLEAR);
            err.print(line);
            err.flush();
            drawn = true;
        } else {
            err.println(text.apply(now));
        }
    }

    /** A line without its last figures where all of them are too wide, so that the terminal does not wrap it. */
    static String fitting(String line, int width) {
        String fit = line;
        while (fit.length() > width && fit.contains(GAP)) {
            // The time that is left stays for longer than figures do.
            int end = fit.endsWith(LEFT) ? fit.lastIndexOf(GAP) : fit.length();
            int cut = fit.lastIndexOf(GAP, end - 1);
            fit = cut > 0 ? fit.substring(0, cut) + fit.substring(end) : fit.substring(0, fit.lastIndexOf(GAP));
        }
        return fit.length() <= width ? fit : fit.substring(0, Math.max(0, width));
    }

    /** Leaves the terminal's line, so that other text may follow. */
    @Override
    public void end() {
        if (drawn) {
            err.writeBytes(CLEAR);
            err.flush();
            drawn = false;
        }
    }

    private String text(State state, double now) {
        Mark mark = first.orElseGet(() -> new Mark(state, now));
        first = Optional.of(mark);
        StringBuilder line = new StringBuilder("step ")
                .append(state.step())
                .append("  iteration ")
                .append(state.iteration())
                .append('/')
                .append(plan.iterations());
        add(line, "upper objective", Evaluation.UPPER_OBJECTIVE);
        add(line, "at best response", Evaluation.UPPER_OBJECTIVE_AT_BEST_RESPONSE);
        add(line, "lower gap", Evaluation.LOWER_GAP);
        add(line, "gradient", "gradientNorm");
        if (figures.containsKey("gradientStandardError")) {
            line.append(" +- ").append(Quantities.number(figures.get("gradientStandardError")));
        }
        double seconds = now - mark.seconds();
        if (seconds >= SPEED_SECONDS) {
            double samples = state.samples() - mark.state().samples();
            line.append("  ").append(Quantities.count(samples / seconds)).append(" samples/s");
            double left = secondsLeft(state, mark.state(), seconds);
            if (Double.isFinite(left)) {
                line.append("  ").append(Quantities.duration(left)).append(LEFT);
            }
        }
        return line.toString();
    }

    private void add(StringBuilder line, String label, String key) {
        if (figures.containsKey(key)) {
            line.append("  ").append(label).append(' ').append(Quantities.number(figures.get(key)));
        }
    }

    /** By the limit that comes first at the speed so far. */
    private double secondsLeft(State state, State from, double seconds) {
        double left = rest(state.iteration() - from.iteration(), plan.iterations() - state.iteration(), seconds);
        if (plan.samples().isPresent()) {
            long rest = plan.samples().getAsLong() - state.samples();
            left = Math.min(left, rest(state.samples() - from.samples(), rest, seconds));
        }
        return left;
    }

    private static double rest(long done, long rest, double seconds) {
        return done > 0 ? Math.max(0, rest) * seconds / done : Double.POSITIVE_INFINITY;
    }
}
