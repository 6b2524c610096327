package io.stackel.lab;

import io.stackel.experiment.JsonText;
import java.util.List;
import java.util.Optional;

/**
 * An algorithm whose settings follow from the accuracy: at r times the largest eps of a study,
 *
 * <pre>
 *   sigma = s r^sigmaPower,    units of a batch = b r^-unitsPower,    inner steps = 5 + ln(1/r),
 * </pre>
 *
 * and the step size is constant. Powers are those with which bias and noise of a gradient both shrink like sqrt(eps), so that
 * iterations times units grow like eps^-exponent.
 *
 * @param name by which it is chosen
 * @param words what it is
 * @param exponent of samples that these powers imply, logarithms aside
 * @param sigmaPower 1/2 where the bias is of order sigma, 1/4 where it is of order sigma^2; 0 for no sigma
 * @param unitsPower of an outer batch
 * @param lowerPower of an inner batch
 * @param overrides of the configuration; {@code $sigma}, {@code $units}, {@code $inner} and {@code $lower} stand for their values
 */
public record Scheme(
        String name,
        String words,
        double exponent,
        double sigmaPower,
        double unitsPower,
        double lowerPower,
        List<String> overrides) {

    private static final int INNER_STEPS = 5;

    private static final String PLANNED = "lower={solver: planned}";

    private static final List<Scheme> ALL = List.of(
            new Scheme(
                    "one-sided",
                    "first-order as Gaur et al. publish it: one-sided, two independent batches; follower planned",
                    3,
                    0.5,
                    2,
                    0,
                    List.of("algorithm={name: first-order, sides: one, coupling: none, sigma: $sigma}", PLANNED)),
            new Scheme(
                    "two-sided",
                    "first-order with sigma on both sides, two independent batches; follower planned",
                    2.5,
                    0.25,
                    1.5,
                    0,
                    List.of("algorithm={name: first-order, sides: two, coupling: none, sigma: $sigma}", PLANNED)),
            new Scheme(
                    "coupled",
                    "first-order with sigma on both sides and shared trajectories; follower planned",
                    2,
                    0.25,
                    1,
                    0,
                    List.of("algorithm={name: first-order, sides: two, coupling: shared, sigma: $sigma}", PLANNED)),
            new Scheme(
                    "coupled-fresh",
                    "coupled, and the follower learns by gradient steps, each from a batch of its own",
                    2.5,
                    0.25,
                    1,
                    1.5,
                    List.of(
                            "algorithm={name: first-order, sides: two, coupling: shared, sigma: $sigma}",
                            "lower={solver: sampled, optimizer: sgd, stepSize: 2, innerSteps: $inner, units: $lower}",
                            "sampling.baseline=none")),
            new Scheme(
                    "coupled-accumulated",
                    "coupled, and the follower learns from the transitions of all batches, counted",
                    2,
                    0.25,
                    1,
                    0,
                    List.of(
                            "algorithm={name: first-order, sides: two, coupling: shared, sigma: $sigma}",
                            "lower={solver: sampled, optimizer: natural, stepSize: 1, innerSteps: 1, exploration: 0.15,"
                                    + " units: $lower}")),
            new Scheme(
                    "counted",
                    "exact hypergradient of the game that all batches counted; batches of 16 trajectories, untuned",
                    1,
                    0,
                    0,
                    0,
                    List.of("algorithm={name: counted}", "lower={solver: sampled, exploration: 0.15, units: 16}")));

    public Scheme {
        overrides = List.copyOf(overrides);
    }

    /** Every scheme, in the order of falling exponents. */
    public static List<Scheme> all() {
        return ALL;
    }

    /** The scheme of a name. */
    public static Optional<Scheme> named(String name) {
        return ALL.stream().filter(scheme -> scheme.name.equals(name)).findFirst();
    }

    /** Whether it has a sigma, which is tuned. */
    public boolean hasSigma() {
        return sigmaPower > 0;
    }

    /**
     * What it changes in a configuration.
     *
     * @param ratio of eps to the largest one, in (0, 1]
     */
    List<String> at(Constants constants, double ratio) {
        double sigma = constants.sigma() * Math.pow(ratio, sigmaPower);
        long inner = INNER_STEPS + (long) Math.ceil(Math.log(1 / ratio));
        return overrides.stream()
                .map(each -> each.replace("$sigma", JsonText.text(sigma))
                        .replace("$inner", Long.toString(inner))
                        .replace("$lower", units(constants, ratio, lowerPower)))
                .toList();
    }

    /** Units of a batch. */
    static String units(Constants constants, double ratio, double power) {
        return Long.toString((long) Math.ceil(constants.units() * Math.pow(ratio, -power)));
    }
}
