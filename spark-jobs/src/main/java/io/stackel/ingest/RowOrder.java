package io.stackel.ingest;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The number of every row in the order of (file, place in the file).
 *
 * @param firstRanks by task and run, the number of the run's first row
 * @param runLengths by task and run, the rows of the run
 * @param rows in all
 */
record RowOrder(long[][] firstRanks, long[][] runLengths, long rows) implements Serializable {

    private static final long serialVersionUID = 1L;

    private record Placed(PartitionSummary.Run run, int partition, int number) {}

    /** Puts the runs of all tasks in order. */
    static RowOrder of(List<PartitionSummary> tasks) {
        int partitions =
                tasks.stream().mapToInt(task -> task.partition() + 1).max().orElse(0);
        long[][] firstRanks = new long[partitions][];
        long[][] runLengths = new long[partitions][];
        List<Placed> placed = new ArrayList<>();
        for (PartitionSummary task : tasks) {
            firstRanks[task.partition()] = new long[task.runs().size()];
            runLengths[task.partition()] =
                    task.runs().stream().mapToLong(PartitionSummary.Run::rows).toArray();
            for (int i = 0; i < task.runs().size(); i++) {
                placed.add(new Placed(task.runs().get(i), task.partition(), i));
            }
        }
        placed.sort(Comparator.comparingInt((Placed one) -> one.run().file())
                .thenComparingLong(one -> one.run().firstKey()));
        long rank = 0;
        for (int i = 0; i < placed.size(); i++) {
            Placed one = placed.get(i);
            if (i > 0
                    && placed.get(i - 1).run().file() == one.run().file()
                    && placed.get(i - 1).run().lastKey() >= one.run().firstKey()) {
                throw new IllegalStateException("splits of a file must not overlap, but " + one + " begins before "
                        + placed.get(i - 1) + " ends");
            }
            firstRanks[one.partition()][one.number()] = rank;
            rank += one.run().rows();
        }
        return new RowOrder(firstRanks, runLengths, rank);
    }
}
