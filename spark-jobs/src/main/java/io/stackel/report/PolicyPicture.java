package io.stackel.report;

import io.stackel.run.Quantities;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A policy of few states as a table of shades: a row for each state, a column for each action. */
final class PolicyPicture {

    /** The most states and actions that are drawn. */
    static final int STATES = 64;

    static final int ACTIONS = 16;

    private static final double CELL = 30;
    private static final double LEFT = 70;
    private static final double TOP = 26;

    private PolicyPicture() {}

    /**
     * The figure with its table.
     *
     * @param probabilities S x B
     */
    static Html figure(String title, double[] probabilities, int actions) {
        int states = probabilities.length / actions;
        Html html = new Html().open("figure", "class", "card").open("figcaption");
        html.element("h3", title)
                .element(
                        "p",
                        "Probability of each action (column) in each state (row): the darker, the more likely.",
                        "class",
                        "explains")
                .close();
        Html drawing = Drawing.begin(
                Math.max(640, LEFT + CELL * actions),
                TOP + CELL * states + 4,
                title + ": " + states + " states, " + actions + " actions; the table below has the numbers.");
        for (int action = 0; action < actions; action++) {
            label("a" + action, LEFT + CELL * (action + 0.5), TOP - 8, "middle", drawing);
        }
        for (int state = 0; state < states; state++) {
            label("state " + state, LEFT - 8, TOP + CELL * (state + 0.5) + 4, "end", drawing);
            for (int action = 0; action < actions; action++) {
                shade(state, action, probabilities[state * actions + action], drawing);
            }
        }
        return html.add(drawing.close())
                .add(table(title, probabilities, actions).folded())
                .close();
    }

    private static void label(String text, double x, double y, String anchor, Html into) {
        into.element(
                "text",
                text,
                "class",
                "soft-text",
                "x",
                Drawing.length(x),
                "y",
                Drawing.length(y),
                "font-size",
                "12",
                "text-anchor",
                anchor);
    }

    private static void shade(int state, int action, double probability, Html into) {
        into.open("g")
                .element("title", "state " + state + ", action " + action + ": " + Quantities.significant(probability));
        for (String style : List.of("cell", "heat")) {
            into.shape(
                    "rect",
                    "class",
                    style,
                    "x",
                    Drawing.length(LEFT + CELL * action),
                    "y",
                    Drawing.length(TOP + CELL * state),
                    "width",
                    Drawing.length(CELL - 2),
                    "height",
                    Drawing.length(CELL - 2),
                    "opacity",
                    style.equals("cell") ? "1" : String.format(java.util.Locale.ROOT, "%.3f", probability));
        }
        into.close();
    }

    private static Table table(String title, double[] probabilities, int actions) {
        List<String> heads = new ArrayList<>(List.of("state"));
        IntStream.range(0, actions).forEach(action -> heads.add("action " + action));
        List<List<String>> rows = new ArrayList<>();
        for (int state = 0; state < probabilities.length / actions; state++) {
            List<String> row = new ArrayList<>(List.of(Integer.toString(state)));
            for (int action = 0; action < actions; action++) {
                row.add(Quantities.significant(probabilities[state * actions + action]));
            }
            rows.add(row);
        }
        Set<Integer> numbers = IntStream.rangeClosed(1, actions).boxed().collect(Collectors.toSet());
        return new Table(title, heads, numbers, rows);
    }
}
