package io.stackel.estimate;

import io.stackel.math.VectorMath;
import io.stackel.problem.DataBlock;
import io.stackel.problem.DataProblem;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.ml.linalg.DenseVector;

/** Forms units from blocks of data: one block, one unit. */
final class BlockUnits implements RoleUnits {

    private static final double[] UNWANTED = {};

    private final DataProblem problem;
    private final DenseVector[] uppers;
    private final DenseVector[] lowers;
    private final double[] upperTerm;
    private final double[] lowerTerm;

    BlockUnits(DataProblem problem, BatchRequest request) {
        this.problem = problem;
        uppers = request.uppers().stream().map(DenseVector::new).toArray(DenseVector[]::new);
        lowers = request.followers().stream()
                .map(follower -> new DenseVector(follower.parameters()))
                .toArray(DenseVector[]::new);
        boolean differences = request.roles().stream()
                .anyMatch(role -> ((Role.Loss) role).terms().size() > 1);
        upperTerm = differences ? new double[problem.upperSize()] : UNWANTED;
        lowerTerm = differences ? new double[problem.lowerSize()] : UNWANTED;
    }

    @Override
    public void add(Role role, long from, long to, UnitSums unit, TransitionCounts counts) {
        Role.Loss loss = (Role.Loss) role;
        double scale = loss.validation()
                ? problem.validationBlocks() / (double) problem.validationRows()
                : problem.trainingBlocks() / (double) problem.trainingRows();
        for (long u = from; u < to; u++) {
            int number = loss.blocks()[(int) u];
            DataBlock block = loss.validation() ? problem.validationBlock(number) : problem.trainingBlock(number);
            unit.begin();
            double value = loss.terms().size() == 1
                    ? addTerm(loss, loss.terms().get(0), block, scale, unit)
                    : addTerms(loss, block, scale, unit);
            if (loss.validation()) {
                unit.upperReturn = -value;
            } else {
                unit.lowerReturn = -value;
            }
            unit.called((long) block.rows() * loss.terms().size());
            unit.end();
        }
    }

    private double addTerm(Role.Loss loss, Role.Term term, DataBlock block, double scale, UnitSums unit) {
        double[] inUpper = loss.wanted().upper() ? unit.upper.values : UNWANTED;
        double[] inLower = loss.wanted().lower() ? unit.lower.values : UNWANTED;
        double factor = term.weight() * scale;
        double value = factor * gradients(loss, term, block, inUpper, inLower);
        scaleInPlace(factor, inUpper);
        scaleInPlace(factor, inLower);
        return value;
    }

    private double addTerms(Role.Loss loss, DataBlock block, double scale, UnitSums unit) {
        double[] inUpper = loss.wanted().upper() ? upperTerm : UNWANTED;
        double[] inLower = loss.wanted().lower() ? lowerTerm : UNWANTED;
        List<Role.Term> terms = loss.terms();
        double total = 0;
        for (int t = 0; t < terms.size(); t++) {
            Role.Term term = terms.get(t);
            Arrays.fill(inUpper, 0);
            Arrays.fill(inLower, 0);
            double factor = term.weight() * scale;
            total += factor * gradients(loss, term, block, inUpper, inLower);
            if (loss.wanted().upper()) {
                VectorMath.addScaled(factor, inUpper, unit.upper.values);
            }
            if (loss.wanted().lower()) {
                VectorMath.addScaled(factor, inLower, unit.lower.values);
            }
        }
        return total;
    }

    private double gradients(Role.Loss loss, Role.Term term, DataBlock block, double[] inUpper, double[] inLower) {
        DenseVector x = uppers[term.upper()];
        DenseVector w = lowers[term.lower()];
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
