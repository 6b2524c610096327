package io.stackel.problem;

import java.util.List;
import org.apache.spark.ml.linalg.DenseVector;

/** A finite problem whose states are the free cells of a grid, row by row, so that it can be drawn. */
public interface GridWorld extends FiniteProblem {

    /** Rows of the map from north to south, all of one length; {@code #} is a wall, every other character a cell. */
    List<String> map();

    /** What the leader's choice adds to the follower's reward in each cell, length S. */
    double[] incentives(DenseVector upper, int context);

    /** Cells that mean something in a context, in the order in which a legend names them. */
    List<Landmark> landmarks(int context);

    /**
     * A cell with a meaning.
     *
     * @param state number of the cell
     * @param letter that marks it
     * @param meaning in a few words
     */
    record Landmark(int state, String letter, String meaning) {}
}
