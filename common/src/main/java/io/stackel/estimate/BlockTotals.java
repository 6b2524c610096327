package io.stackel.estimate;

import io.stackel.problem.DataBlock;
import io.stackel.problem.DataProblem;
import io.stackel.random.Purpose;

/**
 * What each of some consecutive blocks of a data problem adds to a total over all rows, at each follower of the request: the
 * validation loss summed over the rows of a block, or the test score of a block. A unit is a block; what it comes to is
 * recorded as it is, so that a sum over blocks may be formed in their order, whichever engine had them.
 *
 * @param test whether the blocks are of the test data and not of the validation data
 * @param first number of the first block
 * @param blocks how many, at least 1
 * @param followers how many of the request's, from the first on
 */
public record BlockTotals(boolean test, int first, int blocks, int followers) implements Estimand {

    @Override
    public Purpose purpose() {
        return Purpose.EVALUATION;
    }

    @Override
    public int stream() {
        return 0;
    }

    @Override
    public long units() {
        return blocks;
    }

    @Override
    public int upper() {
        return 0;
    }

    @Override
    public int trajectoriesPerUnit() {
        return 0;
    }

    @Override
    public int recordsLength() {
        return Math.multiplyExact(blocks, followers);
    }

    @Override
    public Estimation estimation(UnitSource source) {
        DataBlocks data = source.blocks();
        return (from, to, unit, counts) -> {
            for (int u = (int) from; u < to; u++) {
                DataBlock block = block(data.problem(), first + u);
                unit.begin();
                for (int follower = 0; follower < followers; follower++) {
                    unit.note(u * followers + follower, total(data, block, follower));
                }
                unit.end();
            }
        };
    }

    private DataBlock block(DataProblem problem, int number) {
        return test ? problem.testBlock(number) : problem.validationBlock(number);
    }

    private double total(DataBlocks data, DataBlock block, int follower) {
        DataProblem problem = data.problem();
        return test
                ? problem.testScore(block, data.uppers()[0], data.lowers()[follower])
                : problem.addUpperLoss(
                        block,
                        data.uppers()[0],
                        data.lowers()[follower],
                        LossEstimation.UNWANTED,
                        LossEstimation.UNWANTED);
    }
}
