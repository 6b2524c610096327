package io.stackel.check;

import io.stackel.check.Directions.Use;
import io.stackel.check.GradientComparison.Claim;
import io.stackel.math.VectorMath;
import io.stackel.problem.DataBlock;
import io.stackel.problem.DataProblem;
import io.stackel.problem.QuadraticLower;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.IntFunction;
import org.apache.spark.ml.linalg.DenseVector;

/**
 * Checks a problem with data at a point: its blocks hold every row once; central differences against every gradient of
 * blocks and terms; minibatches of the engine against the sums over all rows; and with a quadratic lower level curvature,
 * best response and hypergradient.
 */
public final class DataCheck {

    private static final int MOST_BLOCKS = 3;
    private static final int MOST_DIRECTIONS = 8;

    private final List<Finding> findings = new ArrayList<>();
    private final DataProblem problem;
    private final CheckPoint at;
    private final Directions random;

    private DataCheck(DataProblem problem, CheckPoint at, CheckRule rule) {
        this.problem = problem;
        this.at = at;
        random = new Directions(rule.seed());
    }

    /** A loss of (x, w) that adds its gradients. */
    private interface Loss {
        double add(DenseVector upper, DenseVector lower, double[] upperInto, double[] lowerInto);

        default double value(double[] x, double[] w) {
            return add(new DenseVector(x), new DenseVector(w), new double[0], new double[0]);
        }
    }

    /**
     * Makes all checks.
     *
     * @throws IllegalArgumentException if the point does not fit the problem
     */
    public static CheckReport run(DataProblem problem, CheckPoint at, CheckRule rule) {
        at.requireLengths(problem.upperSize(), problem.lowerSize());
        DataCheck check = new DataCheck(problem, at, rule);
        List<String> leftOut = new ArrayList<>();
        check.findings.add(GradientComparison.ofUpperTerm(problem, at.upper(), check.random));
        check.rows("training", problem.trainingRows(), problem.trainingBlocks(), problem::trainingBlock);
        check.rows("validation", problem.validationRows(), problem.validationBlocks(), problem::validationBlock);
        check.losses();
        List<Evidence> evidence = new MinibatchMeans(problem, at, rule).check(check.findings, leftOut);
        problem.as(QuadraticLower.class)
                .ifPresentOrElse(
                        quadratic -> check.findings.addAll(new FitGradients(quadratic, at, check.random).check()),
                        () -> leftOut.add(
                                "best response and hypergradient, which are known for quadratic lower levels alone"));
        check.findings.addAll(Evidence.judge(evidence));
        return new CheckReport(check.findings, leftOut);
    }

    private void rows(String name, long rows, int count, IntFunction<DataBlock> blocks) {
        long next = 0;
        long gaps = 0;
        for (int i = 0; i < count; i++) {
            DataBlock block = blocks.apply(i);
            gaps += block.firstRow() == next && block.rows() > 0 ? 0 : 1;
            next += block.rows();
        }
        findings.add(new Finding(
                name + " rows in blocks",
                gaps + Math.abs(next - rows),
                0,
                "blocks that do not begin where the last one ended, and rows too many or too few; there are " + rows));
    }

    private void losses() {
        DataProblem.Dependence dependence = problem.dependence();
        for (int i : some(problem.trainingBlocks())) {
            DataBlock block = problem.trainingBlock(i);
            Loss loss = (x, w, intoX, intoW) -> problem.addLowerLoss(block, x, w, intoX, intoW);
            gradients("training loss, block " + i, loss, block.rows(), dependence.lowerLoss());
        }
        for (int i : some(problem.validationBlocks())) {
            DataBlock block = problem.validationBlock(i);
            Loss loss = (x, w, intoX, intoW) -> problem.addUpperLoss(block, x, w, intoX, intoW);
            gradients("validation loss, block " + i, loss, block.rows(), dependence.upperLoss());
        }
        gradients("lowerTerm", problem::addLowerTerm, problem.lowerSize(), true);
    }

    /** The first, the last and one between. */
    private static SortedSet<Integer> some(int blocks) {
        SortedSet<Integer> some = new TreeSet<>();
        for (int k = 0; k < MOST_BLOCKS; k++) {
            some.add((int) ((long) k * (blocks - 1) / (MOST_BLOCKS - 1)));
        }
        return some;
    }

    private void gradients(String name, Loss loss, int terms, boolean dependsOnUpper) {
        double[] inUpper = new double[problem.upperSize()];
        double[] inLower = new double[problem.lowerSize()];
        double[] upper = at.upper().values();
        double value = loss.add(at.upper(), new DenseVector(at.lower()), inUpper, inLower);
        double noise = 256 * CentralDifference.ROUNDING * (1 + terms + Math.abs(value));
        GradientComparison comparison = new GradientComparison(random, MOST_DIRECTIONS);
        if (dependsOnUpper) {
            Claim claim = new Claim(name + ", in x", inUpper, noise);
            findings.add(comparison.of(Use.UPPER, upper, claim, x -> loss.value(x, at.lower())));
        } else {
            double[] elsewhere = upper.clone();
            VectorMath.addScaled(1, random.normal(Use.UPPER, MOST_DIRECTIONS, upper.length), elsewhere);
            findings.add(new Finding(
                    name + ", without x",
                    Math.abs(loss.value(elsewhere, at.lower()) - value) + VectorMath.maxAbs(inUpper),
                    0,
                    "the problem says that this loss does not depend on x: its change with x and its gradient"));
        }
        Claim claim = new Claim(name + ", in w", inLower, noise);
        findings.add(comparison.of(Use.LOWER, at.lower(), claim, w -> loss.value(upper, w)));
    }
}
