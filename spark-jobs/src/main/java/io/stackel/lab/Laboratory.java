package io.stackel.lab;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * A study of sample complexity: constants of each scheme are tuned at the largest eps alone, on seeds of their own: those that
 * come to half of it with the fewest samples, so that what noise and bias leave lies below it. Then each scheme is measured at
 * every eps, on other seeds, with its settings scaled by its powers.
 */
public final class Laboratory {

    private final Design design;
    private final LabDirectory directory;
    private final Engine engine;
    private final Consumer<String> tell;

    /**
     * What is studied.
     *
     * @param run of a cell
     * @param schemes in order
     * @param epsilons falling, at least two
     * @param tuningSeeds on which constants are chosen
     * @param seeds on which is measured, none of them a tuning seed
     * @param stepSize of the upper variable in the configuration
     * @param entropyWeight of the problem
     * @param cap environment steps after which a cell is given up; a tenth of it while constants are tuned
     */
    public record Design(
            CellRun run,
            List<Scheme> schemes,
            List<Double> epsilons,
            List<Long> tuningSeeds,
            List<Long> seeds,
            double stepSize,
            double entropyWeight,
            long cap) {

        private static final long TUNING_SHARE = 10;
        private static final long FIRST_CAP = 50_000;
        private static final long GROWTH = 4;

        /** Noise and bias that just let a lucky run come to eps would keep the others from it for ever. */
        private static final double MARGIN = 0.5;

        public Design {
            schemes = List.copyOf(schemes);
            epsilons = List.copyOf(epsilons);
            tuningSeeds = List.copyOf(tuningSeeds);
            seeds = List.copyOf(seeds);
        }

        double largest() {
            return epsilons.get(0);
        }

        /** Caps of the rounds of tuning: each four times the one before. */
        List<Long> tuningCaps() {
            List<Long> caps = new ArrayList<>();
            for (long one = FIRST_CAP; one < cap / TUNING_SHARE; one *= GROWTH) {
                caps.add(one);
            }
            caps.add(Math.max(1, cap / TUNING_SHARE));
            return caps;
        }

        List<Constants> grid(Scheme scheme) {
            return Constants.grid(scheme, stepSize, entropyWeight);
        }

        List<Cell> tuning(Scheme scheme, Constants constants, long roundCap) {
            return tuningSeeds.stream()
                    .map(seed -> Cell.of(scheme, MARGIN * largest(), 1, constants, seed, roundCap))
                    .toList();
        }

        List<Cell> measured(Scheme scheme, Constants constants, double epsilon) {
            return seeds.stream()
                    .map(seed -> Cell.of(scheme, epsilon, epsilon / largest(), constants, seed, cap))
                    .toList();
        }
    }

    /** Runs cells, many at a time. */
    @FunctionalInterface
    public interface Engine {

        /**
         * Runs cells; returns when all that were begun have ended.
         *
         * @param ended receives each cell and what it took, one at a time
         */
        void run(List<Cell> cells, BiConsumer<Cell, Count> ended);
    }

    /** Thrown where the study was stopped before all cells had ended; what ended is kept. */
    public static final class StoppedException extends RuntimeException {

        private static final long serialVersionUID = 1L;
    }

    /**
     * Prepares a study.
     *
     * @param tell receives a line for people now and then
     */
    public Laboratory(Design design, LabDirectory directory, Engine engine, Consumer<String> tell) {
        this.design = design;
        this.directory = directory;
        this.engine = engine;
        this.tell = tell;
    }

    /**
     * Runs what has not been run, and reads the rest.
     *
     * @throws StoppedException if it was stopped
     */
    public List<Measured> run() {
        Map<Scheme, Constants> chosen = tune();
        List<Cell> cells = new ArrayList<>();
        chosen.forEach((scheme, constants) ->
                design.epsilons().forEach(epsilon -> cells.addAll(design.measured(scheme, constants, epsilon))));
        Map<Cell, Count> measured = counts("measuring", cells);
        List<Measured> results = new ArrayList<>();
        for (Scheme scheme : design.schemes()) {
            Optional<Constants> constants = Optional.ofNullable(chosen.get(scheme));
            List<Measured.Point> points = constants
                    .map(one -> design.epsilons().stream()
                            .map(epsilon -> new Measured.Point(
                                    epsilon,
                                    design.measured(scheme, one, epsilon).stream()
                                            .map(measured::get)
                                            .toList()))
                            .toList())
                    .orElse(List.of());
            results.add(new Measured(scheme, constants, points, results.size()));
        }
        return results;
    }

    /**
     * The constants of each scheme: those with the fewest steps among the ones with which every tuning seed came to its accuracy
     * within the first cap that any came within. What takes longer is given up early, since it would not be chosen.
     */
    private Map<Scheme, Constants> tune() {
        Map<Scheme, Constants> chosen = new LinkedHashMap<>();
        for (long cap : design.tuningCaps()) {
            List<Scheme> open = design.schemes().stream()
                    .filter(scheme -> !chosen.containsKey(scheme))
                    .toList();
            Map<Cell, Count> counts = counts(
                    "tuning within " + cap + " steps",
                    open.stream()
                            .flatMap(scheme -> design.grid(scheme).stream()
                                    .flatMap(constants -> design.tuning(scheme, constants, cap).stream()))
                            .toList());
            for (Scheme scheme : open) {
                best(scheme, cap, counts).ifPresent(constants -> chosen.put(scheme, constants));
            }
        }
        return chosen;
    }

    /** The constants with the fewest steps, as a geometric mean over the tuning seeds, of those with which every seed ended. */
    private Optional<Constants> best(Scheme scheme, long cap, Map<Cell, Count> counts) {
        return design.grid(scheme).stream()
                .filter(constants -> design.tuning(scheme, constants, cap).stream()
                        .allMatch(cell -> counts.get(cell).reached()))
                .min(Comparator.comparingDouble(constants -> design.tuning(scheme, constants, cap).stream()
                        .mapToDouble(cell -> Math.log((double) counts.get(cell).wholeRun()))
                        .sum()));
    }

    private Map<Cell, Count> counts(String stage, List<Cell> cells) {
        Map<Cell, Count> counts = new LinkedHashMap<>();
        List<Cell> missing = new ArrayList<>();
        for (Cell cell : cells) {
            Optional<Count> kept = directory.count(cell);
            kept.ifPresent(count -> counts.put(cell, count));
            if (kept.isEmpty()) {
                missing.add(cell);
            }
        }
        if (cells.isEmpty()) {
            return counts;
        }
        tell.accept(stage + ": " + cells.size() + " cells, " + missing.size() + " to run");
        engine.run(missing, (cell, count) -> {
            if (!count.end().equals(CellRun.INTERRUPTED)) {
                directory.keep(cell, count);
                counts.put(cell, count);
            }
        });
        if (counts.size() < cells.stream().distinct().count()) {
            throw new StoppedException();
        }
        return counts;
    }
}
