package org.example.maintenance;

import io.stackel.problem.Parameter;
import io.stackel.problem.Problem;
import io.stackel.problem.ProblemFactory;
import io.stackel.problem.Range;
import io.stackel.problem.Settings;
import java.util.List;

/**
 * How a configuration names the problem. Stackel finds this class by its name in
 * {@code META-INF/services/io.stackel.problem.ProblemFactory}; it is public and its constructor has no arguments.
 */
public final class MaintenanceFactory implements ProblemFactory {

    /** The {@code problem.name} of configurations; no other problem may have it. */
    @Override
    public String name() {
        return "maintenance";
    }

    /** The line in {@code stackel --help}. */
    @Override
    public String summary() {
        return "a bonus for the maintenance of a machine";
    }

    /** The other keys of the section {@code problem}: checked, documented and part of a run's identity by this alone. */
    @Override
    public List<Parameter> parameters() {
        return List.of(
                Parameter.real("breakdownCost", 5, Range.NON_NEGATIVE, "What a breakdown costs the firm."),
                Parameter.real("effort", 0.1, Range.NON_NEGATIVE, "What maintenance costs the worker."),
                Parameter.real("entropyWeight", 0.1, Range.NON_NEGATIVE, "Entropy weight tau of the worker."));
    }

    /** Called once in every process that evaluates, on executors too; the values are decoded and within their bounds. */
    @Override
    public Problem create(Settings settings) {
        return new MaintenanceProblem(
                settings.real("breakdownCost"), settings.real("effort"), settings.real("entropyWeight"));
    }
}
