package io.stackel.report;

import java.util.List;
import java.util.Set;

/**
 * A table with a caption and headings that screen readers know.
 *
 * @param caption what the rows are
 * @param heads of the columns
 * @param numbers places of the columns that hold numbers
 * @param rows cells as text
 */
record Table(String caption, List<String> heads, Set<Integer> numbers, List<List<String>> rows) {

    /** The table in a box that scrolls where it is too large. */
    Html html() {
        Html html = new Html()
                .open("div", "class", "scroll", "tabindex", "0", "role", "region", "aria-label", caption)
                .open("table", "class", "data")
                .element("caption", caption)
                .open("thead")
                .open("tr");
        for (int column = 0; column < heads.size(); column++) {
            html.element("th", heads.get(column), "scope", "col", "class", style(column));
        }
        html.close().close().open("tbody");
        for (List<String> row : rows) {
            html.open("tr");
            for (int column = 0; column < row.size(); column++) {
                if (column == 0) {
                    html.element("th", row.get(column), "scope", "row", "class", style(column));
                } else {
                    html.element("td", row.get(column), "class", style(column));
                }
            }
            html.close();
        }
        return html.close().close().close();
    }

    /** The table behind a line that opens it. */
    Html folded() {
        return new Html()
                .open("details")
                .element("summary", "Data table: " + caption)
                .add(html())
                .close();
    }

    private String style(int column) {
        return numbers.contains(column) ? "number" : "text";
    }
}
