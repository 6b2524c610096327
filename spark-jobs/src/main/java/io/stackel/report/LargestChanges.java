package io.stackel.report;

import io.stackel.run.Quantities;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/** Which coordinates of the upper variable moved most between the start of a run and its last commit. */
final class LargestChanges {

    private static final int SHOWN = 12;
    private static final double WIDTH = 640;
    private static final double ROW = 24;
    private static final double LEFT = 150;

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
        Html html = new Html().open("figure", "class", "card").open("figcaption");
        html.element("h3", "What the leader changed most")
                .element(
                        "p",
                        "The " + order.size() + " of " + now.length
                                + " coordinates of the upper variable x that moved furthest, from the start (ring) to the"
                                + " last commit (dot).",
                        "class",
                        "explains")
                .close();
        List<List<String>> rows = new ArrayList<>();
        for (int i : order) {
            rows.add(List.of(
                    names.apply(i),
                    Quantities.significant(start[i]),
                    Quantities.significant(now[i]),
                    Quantities.significant(now[i] - start[i])));
        }
        return html.add(drawing(start, now, order, names))
                .add(new Table(
                                "Coordinates that moved most",
                                List.of("coordinate", "start", "now", "change"),
                                Set.of(1, 2, 3),
                                rows)
                        .folded())
                .close();
    }

    private static Html drawing(double[] start, double[] now, List<Integer> order, IntFunction<String> names) {
        double bottom = 10 + ROW * order.size();
        Html html = Drawing.begin(
                WIDTH, bottom + 42, "Coordinates of x at the start and now; the table below has the numbers.");
        double[] ends = order.stream()
                .flatMapToDouble(i -> java.util.stream.DoubleStream.of(start[i], now[i]))
                .toArray();
        AxisScale across = AxisScale.over(ends, false, LEFT, WIDTH - 16);
        Drawing.horizontal(across, "value of the coordinate", bottom, 4, html);
        for (int row = 0; row < order.size(); row++) {
            int i = order.get(row);
            String y = Drawing.length(10 + ROW * (row + 0.5));
            html.element(
                    "text",
                    names.apply(i),
                    "x",
                    Drawing.length(LEFT - 10),
                    "y",
                    Drawing.length(14 + ROW * (row + 0.5)),
                    "font-size",
                    "12",
                    "text-anchor",
                    "end");
            String from = Drawing.length(across.at(start[i]));
            String to = Drawing.length(across.at(now[i]));
            html.shape("line", "class", "interval", "x1", from, "x2", to, "y1", y, "y2", y);
            html.shape("circle", "class", "begin", "cx", from, "cy", y, "r", "5");
            html.shape("circle", "class", "dot", "cx", to, "cy", y, "r", "6");
        }
        return html.close();
    }
}
