package io.stackel.report;

import io.stackel.run.Quantities;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/**
 * A table with a caption and headings that screen readers know. The first column names the row.
 *
 * @param <R> what a row shows
 */
final class Table<R> {

    private record Column<R>(String head, String style, BiFunction<Integer, R, String> cell) {}

    private final String caption;
    private final List<R> rows;
    private final List<Column<R>> columns = new ArrayList<>();

    /** A table without columns. */
    Table(String caption, List<R> rows) {
        this.caption = caption;
        this.rows = rows;
    }

    /** Adds a column of text. */
    Table<R> text(String head, Function<R, String> cell) {
        return text(head, (number, row) -> cell.apply(row));
    }

    /** Adds a column of text that depends on the number of the row, from 1, too. */
    Table<R> text(String head, BiFunction<Integer, R, String> cell) {
        columns.add(new Column<>(head, "text", cell));
        return this;
    }

    /** Adds a column of numbers that are text already, or whole. */
    Table<R> number(String head, Function<R, Object> cell) {
        columns.add(new Column<>(head, "number", (number, row) -> String.valueOf(cell.apply(row))));
        return this;
    }

    /** Adds a column of reals with four significant digits, empty where there is none. */
    Table<R> real(String head, ToDoubleFunction<R> cell) {
        return number(head, row -> {
            double value = cell.applyAsDouble(row);
            return Double.isNaN(value) ? "" : Quantities.significant(value);
        });
    }

    /** The table in a box that scrolls where it is too large. */
    Html html() {
        Html html = new Html()
                .open("div.scroll", "tabindex", 0, "role", "region", "aria-label", caption)
                .open("table.data")
                .element("caption", caption)
                .open("thead")
                .open("tr");
        columns.forEach(column -> html.element("th." + column.style, column.head, "scope", "col"));
        html.close().close().open("tbody");
        for (int i = 0; i < rows.size(); i++) {
            html.open("tr");
            for (int place = 0; place < columns.size(); place++) {
                Column<R> column = columns.get(place);
                String cell = column.cell.apply(i + 1, rows.get(i));
                if (place == 0) {
                    html.element("th." + column.style, cell, "scope", "row");
                } else {
                    html.element("td." + column.style, cell);
                }
            }
            html.close();
        }
        return html.close().close().close();
    }
}
