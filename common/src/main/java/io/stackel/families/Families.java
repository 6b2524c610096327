package io.stackel.families;

import io.stackel.problem.ProblemFactory;
import java.util.List;

/** The families of problems that come with Stackel, in the order of the documentation; a new one adds a line here. */
public final class Families {

    private Families() {}

    /** A factory for every family. */
    public static List<ProblemFactory> all() {
        return List.of(
                FourRooms.FAMILY,
                Stackelberg.FAMILY,
                RewardDesign.FAMILY,
                Logged.FAMILY,
                ZeroSumIncentive.FAMILY,
                Preferences.FAMILY,
                InverseRl.FAMILY,
                TaxDesign.FAMILY,
                RewardShaping.FAMILY,
                HyperParameters.FAMILY,
                Quadratic.FAMILY,
                HyperCleaning.FAMILY);
    }
}
