package io.stackel.estimate;

import io.stackel.random.Purpose;
import java.util.List;

/**
 * Weighted gradients of a loss of a data problem over given blocks. A unit is a block:
 *
 * <pre>
 *   z_upper = sum_t weight_t grad_x L(x_t, w_t),    z_lower = sum_t weight_t grad_w L(x_t, w_t)
 *   L = (blocks of the data set / its rows) * the loss summed over the rows of the block
 * </pre>
 *
 * <p>so that the mean over blocks drawn evenly is without bias for the mean over rows, whatever the lengths of blocks.
 * All terms see the same rows: a difference of two points is a coupled one. The returns are minus {@code sum_t weight_t
 * L(x_t, w_t)}, of the leader for validation and of the follower for training. The terms count as {@code rows * terms}
 * gradient-oracle calls.
 *
 * @param stream of the draw of the blocks
 * @param validation whether the blocks are of the validation data and the loss is the upper one
 * @param blocks ascending, each at most once
 * @param terms at least one
 * @param wanted which of z_upper and z_lower
 */
public record LossGradient(
        Purpose purpose, int stream, boolean validation, int[] blocks, List<LossTerm> terms, Wanted wanted)
        implements Estimand {

    public LossGradient {
        terms = List.copyOf(terms);
    }

    @Override
    public long units() {
        return blocks.length;
    }

    @Override
    public int upper() {
        return terms.get(0).upper();
    }

    @Override
    public int trajectoriesPerUnit() {
        return 0;
    }

    @Override
    public Estimation estimation(UnitSource source) {
        return new LossEstimation(this, source.blocks());
    }
}
