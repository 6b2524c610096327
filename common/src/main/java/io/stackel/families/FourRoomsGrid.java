package io.stackel.families;

import java.util.Arrays;
import java.util.List;

/**
 * The grid of the four rooms: its free cells in row order are the states, and moves are north, east, south, west.
 *
 * <p>The chosen move happens with probability .56 and each other move with .44/3; a move into a wall stays.
 */
final class FourRoomsGrid {

    static final int MOVES = 4;

    static final List<String> MAP = List.of(
            "#############",
            "#     #     #",
            "#     #     #",
            "#           #",
            "#     #     #",
            "#     #     #",
            "## ####     #",
            "#     ### ###",
            "#     #     #",
            "#     #     #",
            "#           #",
            "#     #     #",
            "#############");
    private static final int WIDTH = 13;
    private static final int[] STEP = {-WIDTH, 1, WIDTH, -1};
    private static final double CHOSEN = 0.56;

    private final int[] numberOf = new int[WIDTH * WIDTH];
    private final int[] placeOf;

    FourRoomsGrid() {
        Arrays.fill(numberOf, -1);
        int[] places = new int[WIDTH * WIDTH];
        int count = 0;
        for (int place = 0; place < places.length; place++) {
            if (MAP.get(place / WIDTH).charAt(place % WIDTH) == ' ') {
                numberOf[place] = count;
                places[count++] = place;
            }
        }
        placeOf = Arrays.copyOf(places, count);
    }

    /** The number of free cells: 104. */
    int states() {
        return placeOf.length;
    }

    /** The number of the free cell at (row, column), both from 0. */
    int state(int row, int column) {
        int state = numberOf[row * WIDTH + column];
        if (state < 0) {
            throw new IllegalArgumentException("cell (" + row + ", " + column + ") must be free, but is a wall");
        }
        return state;
    }

    /** Row and column of a free cell, both from 0, as {@code (8,4)}. */
    String cell(int state) {
        return "(" + placeOf[state] / WIDTH + "," + placeOf[state] % WIDTH + ")";
    }

    /** Transitions S x 4 x S of the episode that ends after one action in {@code goal}: its rows are empty. */
    double[] transitions(int goal) {
        int states = states();
        double[] transition = new double[states * MOVES * states];
        for (int s = 0; s < states; s++) {
            for (int chosen = 0; s != goal && chosen < MOVES; chosen++) {
                for (int move = 0; move < MOVES; move++) {
                    int target = numberOf[placeOf[s] + STEP[move]];
                    int next = target < 0 ? s : target;
                    transition[(s * MOVES + chosen) * states + next] +=
                            move == chosen ? CHOSEN : (1 - CHOSEN) / (MOVES - 1);
                }
            }
        }
        return transition;
    }
}
