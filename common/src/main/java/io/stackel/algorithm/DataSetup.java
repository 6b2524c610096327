package io.stackel.algorithm;

import io.stackel.estimate.ChunkEvaluator;
import io.stackel.problem.DataProblem;
import io.stackel.random.Purpose;
import io.stackel.random.RandomStream;
import java.util.Optional;

/**
 * What an algorithm is given for a problem that fits a model to data. Units are blocks of rows, samples are
 * gradient-oracle calls: the gradient of one row's loss at one point.
 *
 * @param seed of the run
 * @param diagonalMoments whether squares are summed by coordinate
 */
public record DataSetup(
        DataProblem problem, long seed, Setup.UpperRule upper, Setup.LowerRule lower, boolean diagonalMoments)
        implements ProblemSetup {

    @Override
    public Optional<DataSetup> data() {
        return Optional.of(this);
    }

    @Override
    public DataSetup withUpperUnits(long units) {
        return new DataSetup(problem, seed, upper.withUnits(units), lower, diagonalMoments);
    }

    /** A unit is a block, and a block is a chunk. */
    @Override
    public Setup.SamplingRule sampling() {
        return new Setup.SamplingRule(1, 1, false, diagonalMoments);
    }

    @Override
    public ChunkEvaluator.Source source() {
        return new ChunkEvaluator.Source(problem);
    }

    /** Where the lower variable starts. */
    public double[] lowerStart() {
        return problem.lowerStart(RandomStream.at(seed, Purpose.START, 1, 0, 0, 0))
                .values()
                .clone();
    }
}
