package io.stackel.estimate;

import java.util.Arrays;

/** Scores of any tabulated policy: weights are added up by action cell, then pulled back state by state. */
final class FullScores implements ScoreSums {

    /** The scores of one state's actions. */
    interface StateScores {

        /** Adds the scores of the state's actions with these weights, [S][actions], to {@code into}. */
        void add(int state, double[] weights, double[] into);
    }

    private final StateScores scores;
    private final double[] weights;

    /** The states of the unit, each once, in the order of the first visit. */
    private final int[] visited;

    private final boolean[] isVisited;
    private int count;

    FullScores(StateScores scores, int states, int cells) {
        this.scores = scores;
        weights = new double[cells];
        visited = new int[states];
        isVisited = new boolean[states];
    }

    @Override
    public boolean full() {
        return true;
    }

    @Override
    public void add(int[] states, int[] cells, double[] added, int length) {
        for (int t = 0; t < length; t++) {
            weights[cells[t]] += added[t];
            if (!isVisited[states[t]]) {
                isVisited[states[t]] = true;
                visited[count++] = states[t];
            }
        }
    }

    @Override
    public void endUnit(UnitVector into) {
        int actions = weights.length / visited.length;
        for (int k = 0; k < count; k++) {
            int state = visited[k];
            scores.add(state, weights, into.values);
            Arrays.fill(weights, state * actions, (state + 1) * actions, 0);
            isVisited[state] = false;
        }
        count = 0;
    }

    @Override
    public void drain(double[] into, int offset) {}
}
