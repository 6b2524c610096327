package example.toll;

import io.stackel.problem.Parameter;
import io.stackel.problem.Problem;
import io.stackel.problem.ProblemFactory;
import io.stackel.problem.Range;
import io.stackel.problem.Settings;
import java.util.List;

/** The service entry of {@link TollWalk}. */
public final class TollWalkFactory implements ProblemFactory {

    @Override
    public String name() {
        return "toll-walk";
    }

    @Override
    public String summary() {
        return "a toll on the strides of a walker";
    }

    @Override
    public List<Parameter> parameters() {
        return List.of(
                Parameter.real("tax", 1, Range.NON_NEGATIVE, "Tax on the leader's toll."),
                Parameter.real("entropyWeight", 0.2, Range.NON_NEGATIVE, "Entropy weight tau."));
    }

    @Override
    public Problem create(Settings settings) {
        return new TollWalk(settings.real("tax"), settings.real("entropyWeight"));
    }
}
