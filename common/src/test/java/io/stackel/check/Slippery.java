package io.stackel.check;

import io.stackel.mdp.MarkovGame;
import io.stackel.problem.FiniteProblem;
import java.util.List;
import java.util.stream.IntStream;

/** Four rooms in which the chosen move has another probability than the tables say. */
final class Slippery {

    private static final int MOVES = 4;
    private static final double CHOSEN = 0.56;

    private Slippery() {}

    /** The problem with the chosen move at probability {@code chosen} and the others sharing the rest evenly. */
    static FiniteProblem of(FiniteProblem fourRooms, double chosen) {
        List<MarkovGame> games = IntStream.range(0, fourRooms.contexts())
                .mapToObj(context -> slippery(fourRooms.game(context), chosen))
                .toList();
        return new DelegatingProblem(fourRooms) {
            @Override
            public MarkovGame game(int context) {
                return games.get(context);
            }
        };
    }

    /**
     * Rows mix the four pure moves e: {@code P_b = CHOSEN e_b + (1 - CHOSEN)/3 (the others)}, so with the sum T of the
     * rows of a state, {@code e_b = ( P_b - (1 - CHOSEN)/3 T ) / ( CHOSEN - (1 - CHOSEN)/3 )}.
     */
    private static MarkovGame slippery(MarkovGame game, double chosen) {
        double other = (1 - CHOSEN) / (MOVES - 1);
        double newOther = (1 - chosen) / (MOVES - 1);
        double[] changed = new double[game.transition().length];
        int states = game.states();
        for (int s = 0; s < states; s++) {
            for (int t = 0; t < states; t++) {
                double total = 0;
                for (int b = 0; b < MOVES; b++) {
                    total += game.transition()[(s * MOVES + b) * states + t];
                }
                for (int b = 0; b < MOVES; b++) {
                    int cell = (s * MOVES + b) * states + t;
                    double pure = (game.transition()[cell] - other * total) / (CHOSEN - other);
                    changed[cell] = Math.max(0, (chosen - newOther) * pure + newOther * total);
                }
            }
        }
        return new MarkovGame(states, 1, MOVES, changed, game.start(), game.discount());
    }
}
