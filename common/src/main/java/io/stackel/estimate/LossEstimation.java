package io.stackel.estimate;

import io.stackel.problem.DataBlock;
import io.stackel.problem.DataProblem;
import org.apache.spark.ml.linalg.DenseVector;

/** The units of a {@link LossGradient}: one block, one unit. */
final class LossEstimation implements Estimation {

    static final double[] UNWANTED = {};

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
            double value = addTerms(block, unit);
            if (loss.validation()) {
                unit.upperReturn = -value;
            } else {
                unit.lowerReturn = -value;
            }
            unit.called((long) block.rows() * loss.terms().size());
            unit.end();
        }
    }

    /** The first term is formed in its place, the others beside it. */
    private double addTerms(DataBlock block, UnitSums unit) {
        double total = 0;
        for (int k = 0; k < loss.terms().size(); k++) {
            LossTerm term = loss.terms().get(k);
            double[] inUpper = !loss.wanted().upper() ? UNWANTED : k == 0 ? unit.upper.values : upperTerm;
            double[] inLower = !loss.wanted().lower() ? UNWANTED : k == 0 ? unit.lower.values : lowerTerm;
            double factor = term.weight() * scale;
            total += factor * gradients(term, block, inUpper, inLower);
            scale(factor, inUpper, unit.upper.values, k);
            scale(factor, inLower, unit.lower.values, k);
        }
        return total;
    }

    private static void scale(double factor, double[] term, double[] unit, int k) {
        for (int i = 0; i < term.length; i++) {
            if (k == 0) {
                unit[i] *= factor;
            } else {
                unit[i] += factor * term[i];
                term[i] = 0;
            }
        }
    }

    private double gradients(LossTerm term, DataBlock block, double[] inUpper, double[] inLower) {
        DenseVector x = data.uppers()[term.upper()];
        DenseVector w = data.lowers()[term.lower()];
        return loss.validation()
                ? problem.addUpperLoss(block, x, w, inUpper, inLower)
                : problem.addLowerLoss(block, x, w, inUpper, inLower);
    }
}
