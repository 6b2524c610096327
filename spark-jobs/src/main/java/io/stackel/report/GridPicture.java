package io.stackel.report;

import io.stackel.problem.GridWorld;
import io.stackel.problem.GridWorld.Landmark;
import io.stackel.run.Quantities;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A grid seen from above: how often the follower is in each cell, and what the leader put there. */
final class GridPicture {

    private static final double CELL = 36;

    private final GridWorld world;
    private final int context;
    private final double[] visits;
    private final double[] incentives;

    /**
     * Draws the grid world in one context.
     *
     * @param visits discounted visits of each state under the follower's policy
     * @param incentives what the leader adds to the follower's reward in each state
     */
    GridPicture(GridWorld world, int context, double[] visits, double[] incentives) {
        this.world = world;
        this.context = context;
        this.visits = visits;
        this.incentives = incentives;
    }

    /** The figure with its table. */
    Html figure(String title) {
        Html html = new Html().open("figure", "class", "card").open("figcaption");
        html.element("h3", title).close().add(drawing(title));
        html.open("ul", "class", "key")
                .open("li")
                .element("span", "", "class", "swatch")
                .text("stronger: the follower is in this cell more often")
                .close()
                .open("li")
                .element("span", "", "class", "swatch cost")
                .text("larger: the leader changes the follower's reward more; strongest "
                        + Quantities.significant(strongest()) + " a step")
                .close();
        for (Landmark mark : world.landmarks(context)) {
            html.open("li")
                    .element("strong", mark.letter())
                    .text(" " + mark.meaning())
                    .close();
        }
        return html.close().add(table(title).folded()).close();
    }

    private double strongest() {
        double strongest = 0;
        for (double incentive : incentives) {
            strongest = Math.abs(incentive) > Math.abs(strongest) ? incentive : strongest;
        }
        return strongest;
    }

    private Html drawing(String title) {
        List<String> map = world.map();
        Html html = Drawing.begin(
                CELL * map.get(0).length(),
                CELL * map.size(),
                title + ": map of " + map.size() + " rows; the table below has visits and incentives by cell.");
        Map<Integer, String> letters = new HashMap<>();
        world.landmarks(context).forEach(mark -> letters.put(mark.state(), mark.letter()));
        double most = 0;
        for (double visit : visits) {
            most = Math.max(most, visit);
        }
        double strongest = Math.abs(strongest());
        int state = 0;
        for (int row = 0; row < map.size(); row++) {
            for (int column = 0; column < map.get(row).length(); column++) {
                if (map.get(row).charAt(column) == '#') {
                    square("wall", column, row, 1, html);
                    continue;
                }
                html.open("g").element("title", words(row, column, state));
                square("cell", column, row, 1, html);
                square("heat", column, row, most > 0 ? 0.9 * Math.sqrt(visits[state] / most) : 0, html);
                double size = strongest > 0 ? Math.sqrt(Math.abs(incentives[state]) / strongest) : 0;
                if (size > 0.05) {
                    circle("cost", column, row, 0.4 * CELL * size, html);
                }
                letter(letters.getOrDefault(state, ""), column, row, html);
                html.close();
                state++;
            }
        }
        return html.close();
    }

    private String words(int row, int column, int state) {
        return "row " + row + ", column " + column + ": visits " + Quantities.significant(visits[state])
                + ", incentive " + Quantities.significant(incentives[state]);
    }

    private static void square(String style, int column, int row, double opacity, Html into) {
        if (opacity > 0.005) {
            into.shape(
                    "rect",
                    "class",
                    style,
                    "x",
                    Drawing.length(CELL * column),
                    "y",
                    Drawing.length(CELL * row),
                    "width",
                    Drawing.length(CELL),
                    "height",
                    Drawing.length(CELL),
                    "opacity",
                    String.format(java.util.Locale.ROOT, "%.3f", opacity));
        }
    }

    private static void circle(String style, int column, int row, double radius, Html into) {
        into.shape(
                "circle",
                "class",
                style,
                "cx",
                Drawing.length(CELL * (column + 0.5)),
                "cy",
                Drawing.length(CELL * (row + 0.5)),
                "r",
                Drawing.length(radius));
    }

    private static void letter(String letter, int column, int row, Html into) {
        if (!letter.isEmpty()) {
            circle("mark1", column, row, 11, into);
            into.element(
                    "text",
                    letter,
                    "x",
                    Drawing.length(CELL * (column + 0.5)),
                    "y",
                    Drawing.length(CELL * (row + 0.5) + 5),
                    "font-size",
                    "14",
                    "font-weight",
                    "700",
                    "text-anchor",
                    "middle");
        }
    }

    private Table table(String title) {
        List<List<String>> rows = new ArrayList<>();
        int state = 0;
        for (int row = 0; row < world.map().size(); row++) {
            for (int column = 0; column < world.map().get(row).length(); column++) {
                if (world.map().get(row).charAt(column) != '#') {
                    rows.add(List.of(
                            "(" + row + ", " + column + ")",
                            Quantities.significant(visits[state]),
                            Quantities.significant(incentives[state])));
                    state++;
                }
            }
        }
        return new Table(title, List.of("cell (row, column)", "discounted visits", "incentive"), Set.of(1, 2), rows);
    }
}
