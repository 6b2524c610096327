package io.stackel.families;

import io.stackel.problem.ProblemFactory;
import java.util.List;

/** The families of problems that come with Stackel, in the order of the documentation; a new one adds a line here. */
public final class Families {

    private Families() {}

    /** A factory for every family. */
    public static List<ProblemFactory> all() {
        return List.of(
                new FourRoomsFactory(),
                new StackelbergFactory(),
                new RewardDesignFactory(),
                new ZeroSumIncentiveFactory(),
                new PreferencesFactory(),
                new InverseRlFactory(),
                new TaxDesignFactory(),
                new RewardShapingFactory(),
                new HyperParametersFactory(),
                new QuadraticFactory(),
                new HyperCleaningFactory());
    }
}
