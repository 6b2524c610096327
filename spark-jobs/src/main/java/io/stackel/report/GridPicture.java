package io.stackel.report;

import io.stackel.problem.GridWorld;
import io.stackel.problem.GridWorld.Landmark;
import io.stackel.run.Quantities;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** A grid seen from above: how often the follower is in each cell, and what the leader put there. */
final class GridPicture {

    private static final double CELL = 36;

    private GridPicture() {}

    /** A cell that is no wall. */
    private record Cell(int row, int column, double visits, double incentive) {}

    /**
     * Draws the grid world in one context, with a table of its cells.
     *
     * @param visits discounted visits of each state under the follower's policy
     * @param incentives what the leader adds to the follower's reward in each state
     */
    static Html figure(String title, GridWorld world, int context, double[] visits, double[] incentives) {
        List<String> map = world.map();
        Map<Integer, String> letters = world.landmarks(context).stream()
                .collect(Collectors.toMap(Landmark::state, Landmark::letter, (first, last) -> last));
        double most = Arrays.stream(visits).reduce(0, Math::max);
        double strongest = 0;
        for (double incentive : incentives) {
            strongest = Math.abs(incentive) > Math.abs(strongest) ? incentive : strongest;
        }
        Drawing drawing = new Drawing(
                CELL * map.get(0).length(),
                CELL * map.size(),
                title + ": map of " + map.size() + " rows; the table below has visits and incentives by cell.");
        List<Cell> cells = new ArrayList<>();
        for (int row = 0; row < map.size(); row++) {
            for (int column = 0; column < map.get(row).length(); column++) {
                if (map.get(row).charAt(column) == '#') {
                    drawing.square("wall", CELL * column, CELL * row, CELL, 1);
                } else {
                    int state = cells.size();
                    Cell cell = new Cell(row, column, visits[state], incentives[state]);
                    draw(cell, letters.getOrDefault(state, ""), most, Math.abs(strongest), drawing);
                    cells.add(cell);
                }
            }
        }
        return Html.figure(
                title,
                "",
                drawing.html(),
                key(strongest, world.landmarks(context)),
                new Table<>(title, cells)
                        .text("cell (row, column)", cell -> "(" + cell.row + ", " + cell.column + ")")
                        .real("discounted visits", Cell::visits)
                        .real("incentive", Cell::incentive)
                        .folded());
    }

    private static Html key(double strongest, List<Landmark> marks) {
        Html html = new Html()
                .open("ul.key")
                .open("li")
                .element("span.swatch", "")
                .text("stronger: the follower is in this cell more often")
                .close()
                .open("li")
                .element("span.swatch.cost", "")
                .text("larger: the leader changes the follower's reward more; strongest "
                        + Quantities.significant(strongest) + " a step")
                .close();
        for (Landmark mark : marks) {
            html.open("li")
                    .element("strong", mark.letter())
                    .text(" " + mark.meaning())
                    .close();
        }
        return html.close();
    }

    private static void draw(Cell cell, String letter, double most, double strongest, Drawing into) {
        double x = CELL * cell.column;
        double y = CELL * cell.row;
        into.group("row " + cell.row + ", column " + cell.column + ": visits " + Quantities.significant(cell.visits)
                        + ", incentive " + Quantities.significant(cell.incentive))
                .square("cell", x, y, CELL, 1)
                .square("heat", x, y, CELL, most > 0 ? 0.9 * Math.sqrt(cell.visits / most) : 0);
        double size = strongest > 0 ? Math.sqrt(Math.abs(cell.incentive) / strongest) : 0;
        if (size > 0.05) {
            into.circle("cost", x + CELL / 2, y + CELL / 2, 0.4 * CELL * size);
        }
        if (!letter.isEmpty()) {
            into.circle("mark1", x + CELL / 2, y + CELL / 2, 11)
                    .text("text", letter, x + CELL / 2, y + CELL / 2 + 5, "middle", 14, "font-weight", 700);
        }
        into.end();
    }
}
