package io.stackel.families;

import io.stackel.families.FourRooms.Cell;
import io.stackel.problem.Parameter;
import io.stackel.problem.Problem;
import io.stackel.problem.ProblemFactory;
import io.stackel.problem.Range;
import io.stackel.problem.Settings;
import java.util.List;

/** Builds {@link FourRooms} with one goal, (1,9), or two, (1,9) and (11,11). */
final class FourRoomsFactory implements ProblemFactory {

    private static final List<Cell> GOALS = List.of(new Cell(1, 9), new Cell(11, 11));

    @Override
    public String name() {
        return "four-rooms";
    }

    @Override
    public String summary() {
        return "penalties on the cells of a grid world that lead a follower through the leader's cell";
    }

    @Override
    public List<Parameter> parameters() {
        return List.of(
                Parameter.real("discount", 0.99, Range.halfOpen(0, 1), "discount of both players"),
                Parameter.real("entropyWeight", 0.003, Range.NON_NEGATIVE, "tau, in units of reward"),
                Parameter.real("costWeight", 1, Range.NON_NEGATIVE, "beta, the price of a unit of spent penalty"),
                Parameter.choice(
                        "goals", "two", List.of("one", "two"), "one: (1,9); two: (1,9) or (11,11), drawn evenly"),
                Parameter.real(
                        "startScale",
                        0.01,
                        Range.NON_NEGATIVE,
                        "standard deviation of the normal logits from which a run starts"));
    }

    @Override
    public Problem create(Settings settings) {
        return new FourRooms(
                settings.text("goals").equals("one") ? GOALS.subList(0, 1) : GOALS,
                settings.real("discount"),
                settings.real("entropyWeight"),
                settings.real("costWeight"),
                settings.real("startScale"));
    }
}
