package io.stackel.exact;

import io.stackel.math.VectorMath;
import java.util.Arrays;
import org.apache.spark.ml.linalg.DenseVector;

/**
 * Two policies p and q in a zero-sum game at one upper variable x: values, best responses and the Nikaido-Isoda penalty
 *
 * <pre>
 *     psi(x, p, q) = max over p' of V^{p',q}  -  min over q' of V^{p,q'}         at least 0, and 0 exactly at the equilibrium
 * </pre>
 *
 * <p>Each player, the other's policy held fixed, solves a decision process; everything here is read from these two. The
 * gradients hold each best response fixed (Danskin): with b1, b2 the best responses,
 *
 * <pre>
 *     theta_1: -grad V^{p,b2}        theta_2: grad V^{b1,q}        x: grad_x V^{b1,q} - grad_x V^{p,b2}
 * </pre>
 *
 * <p>Source: Shen, Yang and Chen, Principled penalty-based methods for bilevel reinforcement learning and RLHF, JMLR 26
 * (114), 2025, section 5. Gradients in policies are in softmax logits, S x A followed by S x B.
 */
public final class ZeroSumProfile {

    private final int upperSize;
    private final double[] firstLogs;
    private final double[] secondLogs;
    private final ExactPoint firstProcess;
    private final ExactPoint secondProcess;
    private final PolicyValues first;
    private final PolicyValues second;

    ZeroSumProfile(ZeroSumModel model, DenseVector upper, double[] logs) {
        int split = model.states * model.firstActions;
        int length = split + model.states * model.secondActions;
        if (logs.length != length) {
            throw new IllegalArgumentException("logs must have " + length + " values, but has " + logs.length);
        }
        upperSize = upper.size();
        firstLogs = Arrays.copyOf(logs, split);
        secondLogs = Arrays.copyOfRange(logs, split, length);
        firstProcess = model.firstProcess(upper, secondLogs);
        secondProcess = model.secondProcess(upper, firstLogs);
        first = firstProcess.evaluate(firstLogs);
        second = secondProcess.evaluate(secondLogs);
    }

    /** The first player's decision process against q, of which p is a policy. */
    public PolicyValues first() {
        return first;
    }

    /** The second player's decision process against p, of which q is a policy; its value is -V. */
    public PolicyValues second() {
        return second;
    }

    /** V^{p,q} at the start. */
    public double value() {
        return first.followerValue();
    }

    /** f(x, p, q). */
    public double upperObjective() {
        return first.upperObjective();
    }

    /** The first player's best response to q; its value is max V^{.,q}. */
    public SoftOptimum firstResponse(double tolerance, double[] warmValue) {
        return firstProcess.best(0, tolerance, warmValue);
    }

    /** The second player's best response to p; its value is -min V^{p,.}. */
    public SoftOptimum secondResponse(double tolerance, double[] warmValue) {
        return secondProcess.best(0, tolerance, warmValue);
    }

    /** Gradients of V^{p,q}. */
    public Gradients valueGradients() {
        return profileGradients(firstProcess.followerGradients(first));
    }

    /** Gradients of the upper objective f(x, p, q). */
    public Gradients upperGradients() {
        return profileGradients(firstProcess.upperGradients(first));
    }

    private Gradients profileGradients(Gradients gradients) {
        return new Gradients(VectorMath.concatenated(gradients.inLower(), opponent(gradients)), inX(gradients));
    }

    /**
     * The Nikaido-Isoda gap as the sum of both players' losses against their best responses, without cancellation.
     *
     * @param firstBest the first player's best response
     * @param secondBest the second player's
     */
    public double gap(SoftOptimum firstBest, SoftOptimum secondBest) {
        return firstProcess.lowerGap(first, firstBest) + secondProcess.lowerGap(second, secondBest);
    }

    /** The Nikaido-Isoda gap with its gradients; without entropy the best responses have to be unique for those. */
    public Penalty nikaidoIsoda(SoftOptimum firstBest, SoftOptimum secondBest) {
        Gradients against2 = firstProcess.followerGradients(firstProcess.evaluate(firstBest.logPolicy()));
        Gradients against1 = secondProcess.followerGradients(secondProcess.evaluate(secondBest.logPolicy()));
        double[] inX = inX(against2);
        VectorMath.addScaled(1, inX(against1), inX);
        return new Penalty(
                gap(firstBest, secondBest),
                new Gradients(VectorMath.concatenated(opponent(against1), opponent(against2)), inX));
    }

    private double[] inX(Gradients gradients) {
        return Arrays.copyOf(gradients.inUpper(), upperSize);
    }

    /** The gradient in the opponent's logits. */
    private double[] opponent(Gradients gradients) {
        return Arrays.copyOfRange(gradients.inUpper(), upperSize, gradients.inUpper().length);
    }
}
