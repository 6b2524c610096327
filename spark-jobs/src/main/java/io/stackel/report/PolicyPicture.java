package io.stackel.report;

import io.stackel.run.Quantities;
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
        Drawing drawing = new Drawing(
                Math.max(640, LEFT + CELL * actions),
                TOP + CELL * states + 4,
                title + ": " + states + " states, " + actions + " actions; the table below has the numbers.");
        Table<Integer> table =
                new Table<>(title, IntStream.range(0, states).boxed().toList());
        table.text("state", state -> Integer.toString(state));
        for (int column = 0; column < actions; column++) {
            int action = column;
            drawing.text("text.soft-text", "a" + action, LEFT + CELL * (action + 0.5), TOP - 8, "middle", 12);
            table.real("action " + action, state -> probabilities[state * actions + action]);
        }
        for (int state = 0; state < states; state++) {
            double y = TOP + CELL * state;
            drawing.text("text.soft-text", "state " + state, LEFT - 8, y + CELL / 2 + 4, "end", 12);
            for (int action = 0; action < actions; action++) {
                double probability = probabilities[state * actions + action];
                double x = LEFT + CELL * action;
                drawing.group("state " + state + ", action " + action + ": " + Quantities.significant(probability))
                        .square("cell", x, y, CELL - 2, 1)
                        .square("heat", x, y, CELL - 2, probability)
                        .end();
            }
        }
        return Html.figure(
                title,
                "Probability of each action (column) in each state (row): the darker, the more likely.",
                drawing.html(),
                table.folded());
    }
}
