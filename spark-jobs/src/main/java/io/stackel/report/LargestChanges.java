package io.stackel.report;

import io.stackel.run.Quantities;
import java.util.Comparator;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/** Which coordinates of the upper variable moved most between the start of a run and its last commit. */
final class LargestChanges {

    private static final int SHOWN = 12;

    private LargestChanges() {}

    /**
     * Draws the coordinates that moved furthest, with a table of their values.
     *
     * @param start x before the first step
     * @param now x at the last commit
     * @param names of the coordinates
     */
    static Html figure(double[] start, double[] now, IntFunction<String> names) {
        List<Integer> order = IntStream.range(0, now.length)
                .boxed()
                .sorted(Comparator.comparingDouble((Integer i) -> -Math.abs(now[i] - start[i]))
                        .thenComparing(Comparator.naturalOrder()))
                .limit(SHOWN)
                .toList();
        List<RowPlot.Row> lines = order.stream()
                .map(i -> new RowPlot.Row(
                        names.apply(i),
                        names.apply(i) + ": from " + Quantities.significant(start[i]) + " to "
                                + Quantities.significant(now[i]),
                        start[i],
                        now[i],
                        List.of(new RowPlot.Mark("begin", start[i], 5), new RowPlot.Mark("dot", now[i], 6))))
                .toList();
        return Html.figure(
                "What the leader changed most",
                "The " + order.size() + " of " + now.length
                        + " coordinates of the upper variable x that moved furthest, from the start (ring) to the"
                        + " last commit (dot).",
                RowPlot.drawing(
                        lines,
                        "value of the coordinate",
                        "Coordinates of x at the start and now; the table below has the numbers.",
                        150,
                        640),
                new Table<>("Coordinates that moved most", order)
                        .text("coordinate", names::apply)
                        .real("start", i -> start[i])
                        .real("now", i -> now[i])
                        .real("change", i -> now[i] - start[i])
                        .folded());
    }
}
