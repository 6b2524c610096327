package io.stackel.check;

import io.stackel.check.Directions.Use;
import io.stackel.exact.FullLoss;
import io.stackel.math.VectorMath;
import io.stackel.problem.DataBlock;
import io.stackel.problem.DataProblem;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
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
    }

    /**
     * Makes all checks.
     *
     * @throws IllegalArgumentException if the point does not fit the problem
     */
    public static CheckReport run(DataProblem problem, CheckPoint at, CheckRule rule) {
        GradientCheck.requireLength("upper", at.upper().size(), problem.upperSize());
        GradientCheck.requireLength("lower", at.lower().length, problem.lowerSize());
        DataCheck check = new DataCheck(problem, at, rule);
        List<String> leftOut = new ArrayList<>();
        check.findings.add(TermGradient.check(problem, at.upper(), check.random));
        check.rows("training", problem.trainingRows(), problem.trainingBlocks(), problem::trainingBlock);
        check.rows("validation", problem.validationRows(), problem.validationBlocks(), problem::validationBlock);
        check.losses();
        List<Evidence> evidence = new MinibatchMeans(problem, at, rule).check(check.findings, leftOut);
        problem.quadratic()
                .ifPresentOrElse(
                        quadratic -> check.findings.addAll(new FitGradients(quadratic, at, check.random).check()),
                        () -> leftOut.add(
                                "best response and hypergradient, which are known for quadratic lower levels alone"));
        check.findings.addAll(Evidence.judge(evidence));
        return new CheckReport(check.findings, leftOut);
    }

    private interface Blocks {
        DataBlock block(int index);
    }

    private void rows(String name, long rows, int count, Blocks blocks) {
        long next = 0;
        long gaps = 0;
        for (int i = 0; i < count; i++) {
            DataBlock block = blocks.block(i);
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
        double[] noise = {256 * CentralDifference.ROUNDING * (1 + terms + Math.abs(value))};
        if (dependsOnUpper) {
            add(name + ", in x", Use.UPPER, inUpper, upper, noise, x -> value(loss, x, at.lower()));
        } else {
            double[] elsewhere = upper.clone();
            VectorMath.addScaled(1, random.normal(Use.UPPER, MOST_DIRECTIONS, upper.length), elsewhere);
            findings.add(new Finding(
                    name + ", without x",
                    Math.abs(value(loss, elsewhere, at.lower()) - value) + VectorMath.maxAbs(inUpper),
                    0,
                    "the problem says that this loss does not depend on x: its change with x and its gradient"));
        }
        add(name + ", in w", Use.LOWER, inLower, at.lower(), noise, w -> value(loss, upper, w));
    }

    private static double value(Loss loss, double[] x, double[] w) {
        return loss.add(new DenseVector(x), new DenseVector(w), new double[0], new double[0]);
    }

    private void add(
            String name, Use use, double[] gradient, double[] point, double[] noise, FitGradients.Function function) {
        WorstError errors = new WorstError(name);
        for (int k = 0; k < Math.min(MOST_DIRECTIONS, point.length); k++) {
            double[] direction = random.direction(use, k, point.length, MOST_DIRECTIONS);
            CentralDifference difference =
                    CentralDifference.along(y -> new double[] {function.at(y)}, point, direction, noise);
            errors.add(
                    VectorMath.dot(gradient, direction),
                    difference.value()[0],
                    difference.bound()[0]);
        }
        findings.add(errors.finding());
    }

    /** The full gradients that minibatches are compared with. */
    static double[] fullLowerGradient(DataProblem problem, DenseVector upper, DenseVector lower) {
        double[] gradient = new double[problem.lowerSize()];
        FullLoss.lower(problem, upper, lower, new double[0], gradient);
        return gradient;
    }
}
