package io.stackel.estimate;

import io.stackel.math.VectorMath;
import io.stackel.problem.DataBlock;
import io.stackel.problem.DataProblem;
import java.util.Arrays;
import org.apache.spark.ml.linalg.DenseVector;

/** The units of a {@link LossGradient}: one block, one unit. */
final class LossEstimation implements Estimation {

    private static final double[] UNWANTED = {};

    private final LossGradient loss;
    private final DataBlocks data;
    private final DataProblem problem;
    private final double scale;
    private final double[] upperTerm;
    private final double[] lowerTerm;

    LossEstimation(LossGradient loss, DataBlocks data) {
        this.loss = loss;
        this.data = data;
        problem = data.problem();
        scale = loss.validation()
                ? problem.validationBlocks() / (double) problem.validationRows()
                : problem.trainingBlocks() / (double) problem.trainingRows();
        boolean differences = loss.terms().size() > 1;
        upperTerm = differences && loss.wanted().upper() ? new double[problem.upperSize()] : UNWANTED;
        lowerTerm = differences && loss.wanted().lower() ? new double[problem.lowerSize()] : UNWANTED;
    }

    @Override
    public void add(long from, long to, UnitSums unit, TransitionCounts counts) {
        for (long u = from; u < to; u++) {
            int number = loss.blocks()[(int) u];
            DataBlock block = loss.validation() ? problem.validationBlock(number) : problem.trainingBlock(number);
            unit.begin();
            double value = loss.terms().size() == 1 ? addTerm(block, unit) : addTerms(block, unit);
            if (loss.validation()) {
                unit.upperReturn = -value;
            } else {
                unit.lowerReturn = -value;
            }
            unit.called((long) block.rows() * loss.terms().size());
            unit.end();
        }
    }

    private double addTerm(DataBlock block, UnitSums unit) {
        LossTerm term = loss.terms().get(0);
        double[] inUpper = loss.wanted().upper() ? unit.upper.values : UNWANTED;
        double[] inLower = loss.wanted().lower() ? unit.lower.values : UNWANTED;
        double factor = term.weight() * scale;
        double value = factor * gradients(term, block, inUpper, inLower);
        scaleInPlace(factor, inUpper);
        scaleInPlace(factor, inLower);
        return value;
    }

    private double addTerms(DataBlock block, UnitSums unit) {
        double total = 0;
        for (LossTerm term : loss.terms()) {
            Arrays.fill(upperTerm, 0);
            Arrays.fill(lowerTerm, 0);
            double factor = term.weight() * scale;
            total += factor * gradients(term, block, upperTerm, lowerTerm);
            if (loss.wanted().upper()) {
                VectorMath.addScaled(factor, upperTerm, unit.upper.values);
            }
            if (loss.wanted().lower()) {
                VectorMath.addScaled(factor, lowerTerm, unit.lower.values);
            }
        }
        return total;
    }

    private double gradients(LossTerm term, DataBlock block, double[] inUpper, double[] inLower) {
        DenseVector x = data.uppers()[term.upper()];
        DenseVector w = data.lowers()[term.lower()];
        return loss.validation()
                ? problem.addUpperLoss(block, x, w, inUpper, inLower)
                : problem.addLowerLoss(block, x, w, inUpper, inLower);
    }

    private static void scaleInPlace(double factor, double[] values) {
        for (int i = 0; i < values.length; i++) {
            values[i] *= factor;
        }
    }
}
