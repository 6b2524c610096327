package io.stackel.report;

import java.util.List;
import java.util.stream.DoubleStream;

/** Figures on one axis, one row below the other: in each a line between two ends, and marks on it. */
final class RowPlot {

    private static final double LETTER = 6.6;
    private static final double ROW = 24;
    private static final int LETTERS = 42;

    private RowPlot() {}

    /**
     * A row of the plot.
     *
     * @param label at the left
     * @param title shown where the pointer rests
     * @param marks in the order in which they are drawn
     */
    record Row(String label, String title, double from, double to, List<Mark> marks) {}

    /**
     * A circle on a row.
     *
     * @param style its CSS class: {@code dot} is full, {@code begin} a ring
     */
    record Mark(String style, double value, double radius) {}

    /** How much the labels of rows need at the left. */
    static double left(List<Row> rows) {
        return 40
                + LETTER
                        * rows.stream()
                                .mapToInt(row -> Math.min(LETTERS, row.label().length()))
                                .max()
                                .orElse(0);
    }

    /** The drawing of at least one row. */
    static Html drawing(List<Row> rows, String axis, String name, double left, double width) {
        double bottom = 10 + ROW * rows.size();
        double[] ends = rows.stream()
                .flatMapToDouble(row -> DoubleStream.of(row.from(), row.to()))
                .toArray();
        AxisScale across = AxisScale.over(ends, false, left, width - 20);
        Drawing drawing = new Drawing(width, bottom + 44, name).horizontal(across, axis, bottom, 4);
        for (int i = 0; i < rows.size(); i++) {
            Row row = rows.get(i);
            double y = 10 + ROW * (i + 0.5);
            String label =
                    row.label().length() > LETTERS ? row.label().substring(0, LETTERS - 1) + "\u2026" : row.label();
            drawing.group(row.title())
                    .text("text", label, left - 14, y + 4, "end", 12)
                    .line("interval", across.at(row.from()), across.at(row.to()), y, y);
            row.marks().forEach(mark -> drawing.circle(mark.style(), across.at(mark.value()), y, mark.radius()));
            drawing.end();
        }
        return drawing.html();
    }
}
