package io.stackel.estimate;

/** Weighted scores of a policy that is tabulated over states, unit by unit. */
interface ScoreSums {

    /** No scores at all; what else makes up the vector is formed in full. */
    ScoreSums NONE = new ScoreSums() {

        @Override
        public boolean full() {
            return true;
        }

        @Override
        public void add(int[] states, int[] cells, double[] weights, int length) {
            throw new IllegalStateException("scores were added that nobody asked for");
        }

        @Override
        public void endUnit(UnitVector into) {}

        @Override
        public void drain(double[] into, int offset) {}
    };

    /** Whether a unit's vector is formed in full; else its norm is, and {@link #drain} gives the sum over units. */
    boolean full();

    /** Adds the scores of a trajectory of the unit: action cell {@code cells[t]} in state {@code states[t]}. */
    void add(int[] states, int[] cells, double[] weights, int length);

    /** Ends a unit: adds its vector, or sets its squared norm. */
    void endUnit(UnitVector into);

    /** Adds the sum of the units' vectors since the last call, unless they were formed in full. */
    void drain(double[] into, int offset);
}
