package io.stackel.families;

import io.stackel.problem.Parameter;
import io.stackel.problem.Problem;
import io.stackel.problem.ProblemFactory;
import io.stackel.problem.Range;
import io.stackel.problem.Settings;
import java.util.Arrays;
import java.util.List;

/** Builds {@link TaxDesign}; the defaults are the published numbers, but for the cells of wealth, which are continuous there. */
final class TaxDesignFactory implements ProblemFactory {

    private static final double[][] TASTES = {{0.6, 0.3, 0.1}, {0.1, 0.7, 0.2}};
    private static final double START_DEVIATION = 1.4142135623730951;

    @Override
    public String name() {
        return "tax-design";
    }

    @Override
    public String summary() {
        return "income and value-added taxes for a consumer who works, consumes and saves";
    }

    @Override
    public List<Parameter> parameters() {
        return List.of(
                Parameter.whole("states", 41, Range.closed(1, 10_000), "cells of wealth"),
                Parameter.real("lowestWealth", -100, Range.FINITE, "where wealth is clipped below"),
                Parameter.real("highestWealth", 100, Range.FINITE, "where wealth is clipped above"),
                Parameter.real("deviation", 5, Range.POSITIVE, "standard deviation of the noise of wealth"),
                Parameter.whole("hoursLevels", 10, Range.closed(1, 100), "levels of work, from 0"),
                Parameter.real("hoursStep", 0.89, Range.POSITIVE, "hours of a level"),
                Parameter.whole(
                        "consumptionLevels", 5, Range.closed(2, 20), "levels of consumption of each of 3 goods"),
                Parameter.real("consumptionStep", 1.25, Range.POSITIVE, "consumption of a level"),
                Parameter.real("wage", 1, Range.NON_NEGATIVE, "of an hour"),
                Parameter.real(
                        "assetUtility", 1, Range.FINITE, "the consumer's reward for a unit of wealth, each step"),
                Parameter.real("workDisutility", 0.1, Range.NON_NEGATIVE, "times the square of the hours"),
                Parameter.real("welfareOfConsumption", 15, Range.NON_NEGATIVE, "times the mean net share consumed"),
                Parameter.real("welfareOfTaxes", 5, Range.NON_NEGATIVE, "times the logarithm of 1 plus all taxes"),
                Parameter.real("startTax", 0.3, Range.POSITIVE, "every tax where a run starts; below maximalTax"),
                Parameter.real("maximalTax", 2, Range.POSITIVE, "taxes are this times the logistic function of x"),
                Parameter.real("discount", 0.9, Range.halfOpen(0, 1), "of both levels"),
                Parameter.real("entropyWeight", 0.1, Range.NON_NEGATIVE, "tau"));
    }

    @Override
    public Problem create(Settings settings) {
        double low = settings.real("lowestWealth");
        double high = settings.real("highestWealth");
        if (!(low < high)) {
            throw new IllegalArgumentException(
                    "problem.lowestWealth must be below highestWealth " + high + ", but was " + low);
        }
        double startTax = settings.real("startTax");
        double maximalTax = settings.real("maximalTax");
        if (!(startTax < maximalTax)) {
            throw new IllegalArgumentException(
                    "problem.startTax must be below maximalTax " + maximalTax + ", but was " + startTax);
        }
        int states = settings.count("states");
        double[] start = new double[states];
        AssetGrid first = new AssetGrid(states, low, high, START_DEVIATION);
        first.probabilities(first.clipped(0), start, 0);
        return new TaxDesign(
                new AssetGrid(states, low, high, settings.real("deviation")),
                start,
                new TaxDesign.Economy(
                        levels(settings.count("hoursLevels"), settings.real("hoursStep")),
                        levels(settings.count("consumptionLevels"), settings.real("consumptionStep")),
                        settings.real("wage"),
                        settings.real("assetUtility"),
                        settings.real("workDisutility"),
                        settings.real("welfareOfConsumption"),
                        settings.real("welfareOfTaxes"),
                        startTax,
                        maximalTax),
                TASTES,
                settings.real("discount"),
                settings.real("entropyWeight"));
    }

    private static double[] levels(int count, double step) {
        double[] levels = new double[count];
        Arrays.setAll(levels, level -> level * step);
        return levels;
    }
}
