package io.stackel.algorithm;

import io.stackel.estimate.BatchResult;
import io.stackel.estimate.Estimand;
import io.stackel.estimate.NikaidoIsodaGap;
import io.stackel.random.Purpose;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * {@code pbrl} with a zero-sum lower level: descent in (x, p, q) on {@code f + penaltyWeight psi}, psi the Nikaido-Isoda gap,
 * with the tracked b1, b2 in the place of the best responses.
 *
 * <p>Source: Shen, Yang and Chen, "Principled penalty-based methods for bilevel reinforcement learning and RLHF", JMLR
 * 26(114), 2025, section 5. Departure: the policies have an optimiser and a step size of their own.
 *
 * @param penaltyWeight lambda, above 0
 * @param shared whether the three profiles share their trajectories
 * @param units of the outer batch
 * @param counted whether the outer batch's transitions are counted
 * @param policy (p, q)
 */
record NikaidoIsoda(double penaltyWeight, boolean shared, long units, boolean counted, PenalisedPolicy policy)
        implements Method {

    /** The targets of both responses. */
    static final List<Target> RESPONSES = Collections.nCopies(2, Target.BEST_RESPONSE);

    /** The number of (b1, q). */
    static final int FIRST = 0;

    /** The number of (p, b2). */
    static final int SECOND = 1;

    private static final int OWN = 2;

    @Override
    public List<Target> targets() {
        return RESPONSES;
    }

    @Override
    public Optional<PenalisedPolicy> penalised() {
        return Optional.of(policy);
    }

    @Override
    public List<Estimand> estimands(State state) {
        return List.of(new NikaidoIsodaGap(
                Purpose.TRAINING,
                Difference.OUTER_STREAM,
                units,
                0,
                OWN,
                FIRST,
                SECOND,
                shared,
                penaltyWeight,
                counted));
    }

    @Override
    public Gradient gradient(Frame frame, State state, BatchResult result) {
        return Difference.sampled(result.estimate(0));
    }
}
