package io.stackel.families;

import io.stackel.problem.BlockSet;
import io.stackel.problem.BlockSource;
import io.stackel.problem.Settings;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Reads a log and its offers from data sets, with the columns of {@link TableFormat#LOG} and {@link TableFormat#OFFERS}. */
final class LogTable {

    private static final List<String> NAMES = TableFormat.LOG.names();
    private static final int OFFER = 3;
    private static final int REWARD = 4;
    private static final int UPPER_REWARD = 5;
    private static final int ACTION = 6;
    private static final String LOG_KEY = "problem.log";
    private static final String OFFERS_KEY = "problem.offers";

    private final StepTable table;
    private final Map<Double, Integer> numbers;
    private final String offersUri;
    private final FollowerLog.Builder log;
    private final int actions;

    private LogTable(
            StepTable table, Map<Double, Integer> numbers, String offersUri, FollowerLog.Builder log, int actions) {
        this.table = table;
        this.numbers = numbers;
        this.offersUri = offersUri;
        this.log = log;
        this.actions = actions;
    }

    /**
     * The log that the settings name.
     *
     * @param features what x has a number for
     * @throws IllegalArgumentException if a table breaks a rule, with the row
     */
    static FollowerLog read(Settings settings, BlockSource data, int states, int actions, RewardFeatures features) {
        String logUri = settings.text("log");
        String offersUri = settings.text("offers");
        if (logUri.isEmpty() || offersUri.isEmpty()) {
            throw new IllegalArgumentException("problem.log and problem.offers must be given together, but "
                    + (logUri.isEmpty() ? "log" : "offers") + " is missing");
        }
        BlockSet steps = data.open(logUri);
        requireColumns(
                steps,
                NAMES.size() - 1,
                LOG_KEY,
                "features trajectory, step, state, offer, reward, upper_reward" + " in this order and the label action",
                logUri);
        BlockSet offers = data.open(offersUri);
        requireColumns(
                offers,
                features.size(),
                OFFERS_KEY,
                features.size() + " features, the components of x for" + " problem.featuresOf: "
                        + settings.text("featuresOf") + ", and the label offer",
                offersUri);
        Map<Double, Integer> numbers = new TreeMap<>();
        double[][] x = offers(offers, offersUri, numbers);
        StepTable table = StepTable.of(steps, NAMES, LOG_KEY, logUri);
        table.requireNumbers(states, actions);
        FollowerLog.Builder log = new FollowerLog.Builder(states, actions, x, table.rows().length);
        return new LogTable(table, numbers, offersUri, log, actions).read(states);
    }

    private static void requireColumns(BlockSet set, int columns, String key, String what, String uri) {
        if (set.columns() != columns) {
            throw new IllegalArgumentException(key + " must have the " + what + ", but " + uri + " has " + set.columns()
                    + " features; import it again with --features and --label");
        }
    }

    /** The offers in the order of their numbers, and where in it each number is. */
    private static double[][] offers(BlockSet set, String uri, Map<Double, Integer> numbers) {
        double[][] rows = StepTable.of(set, List.of(), OFFERS_KEY, uri).rows();
        int label = set.columns();
        Arrays.sort(rows, (one, other) -> Double.compare(one[label], other[label]));
        double[][] x = new double[rows.length][];
        for (double[] row : rows) {
            double number = row[label];
            if (!(number >= 0 && number <= StepTable.LARGEST && number == StrictMath.rint(number))) {
                throw new IllegalArgumentException(
                        OFFERS_KEY + ": " + uri + ": offer must be a whole number of at least 0, but was " + number);
            }
            if (numbers.containsKey(number)) {
                throw new IllegalArgumentException(OFFERS_KEY + ": " + uri + ": offer " + (long) number
                        + " must stand in one row, but has several");
            }
            x[numbers.size()] = Arrays.copyOf(row, label);
            numbers.put(number, numbers.size());
        }
        return x;
    }

    private FollowerLog read(int states) {
        double[][] ordered = table.ordered();
        boolean acted = false;
        for (int i = 0; i < ordered.length; i++) {
            double[] row = ordered[i];
            table.requireFinite(row, REWARD);
            table.requireFinite(row, UPPER_REWARD);
            boolean begins = table.step(ordered, i) == 0;
            table.requireAction(ordered, i);
            int offer = offer(row);
            if (begins) {
                log.begin(offer, (int) row[StepTable.STATE]);
            } else if (row[OFFER] != ordered[i - 1][OFFER]) {
                throw table.broken(
                        row,
                        OFFER,
                        "offer must be the same in all steps of a trajectory, " + (long) ordered[i - 1][OFFER]
                                + ", but was " + (long) row[OFFER]
                                + "; begin a new trajectory where the leader changes the offer");
            }
            if (row[ACTION] >= 0) {
                int next = StepTable.isLast(ordered, i) ? states : (int) ordered[i + 1][StepTable.STATE];
                int state = (int) row[StepTable.STATE];
                int cell = state * actions + (int) row[ACTION];
                log.add(cell, next, row[REWARD], row[UPPER_REWARD]);
                acted = true;
            }
        }
        if (!acted) {
            throw new IllegalArgumentException(
                    LOG_KEY + ": " + table.file() + ": must have at least one row with an action, but has none");
        }
        return log.log();
    }

    private int offer(double[] row) {
        Integer offer = numbers.get(row[OFFER]);
        if (offer == null) {
            throw table.broken(
                    row, OFFER, "offer must be one of problem.offers, " + offersUri + ", but was " + row[OFFER]);
        }
        return offer;
    }
}
