package io.stackel.experiment;

import io.stackel.problem.Parameter;
import io.stackel.problem.Problem;
import io.stackel.problem.ProblemFactory;
import io.stackel.problem.Settings;
import java.util.List;

/**
 * A problem that a program has built itself, under a name of its own.
 *
 * @param name in {@code problem.name}: lower-case words joined by hyphens
 * @param problem as it is
 */
public record GivenProblem(String name, Problem problem) implements ProblemFactory {

    @Override
    public String summary() {
        return "an object of class " + problem.getClass().getName();
    }

    @Override
    public List<Parameter> parameters() {
        return List.of();
    }

    @Override
    public boolean fitsData() {
        return problem.data().isPresent();
    }

    @Override
    public Problem create(Settings settings) {
        return problem;
    }
}
