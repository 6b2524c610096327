package io.stackel.problem;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stackel.exact.RandomProblem;
import io.stackel.families.SmallProblems;
import io.stackel.mdp.MarkovGame;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.spark.ml.linalg.DenseVector;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ProblemRulesTest {

    private static final Problem TABLES = RandomProblem.of(5, 3, 2, 2, 0.3);
    private static final Problem SAMPLED = new SampleOnly(RandomProblem.of(5, 3, 2, 2, 0.3));
    private static final Problem CONTROL = SmallProblems.taskPreferences(Map.of());
    private static final Problem GAME = SmallProblems.zeroSum();
    private static final Problem PAIRS = SmallProblems.preferences(Map.of());
    private static final Problem EXPERTS = SmallProblems.inverse(Map.of());
    private static final Problem PATHS = SmallProblems.taskInverse(Map.of());
    private static final Problem DATA = new SmallRidge("");

    /** The same problem, but that one method answers something else; a table is written by the answer. */
    private static Problem broken(Problem sound, String method, Function<Object[], Object> answer) {
        List<Class<?>> types = new ArrayList<>();
        for (Class<?> type = sound.getClass(); type != null; type = type.getSuperclass()) {
            types.addAll(Arrays.asList(type.getInterfaces()));
        }
        return (Problem) Proxy.newProxyInstance(
                ProblemRulesTest.class.getClassLoader(), types.toArray(Class<?>[]::new), (proxy, called, arguments) -> {
                    if (called.getName().equals(method)) {
                        return answer.apply(arguments);
                    }
                    // A part is the problem itself.
                    if (called.isDefault() && called.getReturnType() == Optional.class) {
                        return InvocationHandler.invokeDefault(proxy, called, arguments);
                    }
                    try {
                        return called.invoke(sound, arguments);
                    } catch (InvocationTargetException thrown) {
                        throw thrown.getCause();
                    }
                });
    }

    static Stream<Problem> sound() {
        return Stream.of(TABLES, SAMPLED, CONTROL, GAME, PAIRS, EXPERTS, PATHS, DATA);
    }

    @ParameterizedTest
    @MethodSource("sound")
    void soundProblemsKeepTheRules(Problem problem) {
        assertThatCode(() -> ProblemRules.require(problem)).doesNotThrowAnyException();
        assertThatCode(() -> ProblemRules.require(broken(problem, "none", arguments -> 0)))
                .doesNotThrowAnyException();
    }

    private static Arguments answer(Problem sound, String method, Object answer, String rule) {
        return Arguments.of(sound, method, (Function<Object[], Object>) arguments -> answer, rule);
    }

    private static Arguments table(Problem sound, String method, int place, double value, String rule) {
        return Arguments.of(
                sound,
                method,
                (Function<Object[], Object>) arguments -> {
                    ((double[]) arguments[arguments.length - 1])[place] = value;
                    return null;
                },
                rule);
    }

    private static MarkovGame game(int states, int actions, double discount) {
        double[] transition = new double[states * 2 * actions * states];
        double[] start = new double[states];
        start[0] = 1;
        return new MarkovGame(states, 2, actions, transition, start, discount);
    }

    static Stream<Arguments> mistakes() {
        return Stream.of(
                answer(SAMPLED, "upperSize", 0, "upperSize() must be at least 1, but was 0"),
                answer(SAMPLED, "upperStart", null, "upperStart() must return something, but returned null"),
                answer(
                        SAMPLED,
                        "upperStart",
                        new DenseVector(new double[1]),
                        "upperStart() must be of length upperSize() = "),
                answer(SAMPLED, "upperTerm", Double.NaN, "upperTerm() at the start must give finite numbers"),
                answer(SAMPLED, "discount", 2.0, "discount() must be in [0, 1), but was 2.0"),
                answer(SAMPLED, "discount", -0.5, "discount() must be in [0, 1), but was -0.5"),
                answer(SAMPLED, "discount", 1.0, "discount() must be in [0, 1), but was 1.0"),
                answer(SAMPLED, "discount", Double.NaN, "discount() must be in [0, 1), but was NaN"),
                answer(SAMPLED, "entropyWeight", -1.0, "entropyWeight() must be finite and at least 0, but was -1.0"),
                answer(
                        SAMPLED,
                        "entropyWeight",
                        Double.POSITIVE_INFINITY,
                        "entropyWeight() must be finite and at least 0"),
                answer(SAMPLED, "contexts", 0, "contexts() must be at least 1, but was 0"),
                answer(SAMPLED, "actions", -1, "actions() must be at least 0, but was -1"),
                answer(SAMPLED, "actionSize", 2, "actionSize() must be 1 where actions are numbered, but was 2"),
                answer(SAMPLED, "observationSize", 0, "observationSize() must be at least 1, but was 0"),
                answer(SAMPLED, "states", -3, "states() must be at least 0, but was -3"),
                answer(
                        CONTROL,
                        "states",
                        7,
                        "observationSize() must be 1 where the observation is the number of a state"),
                answer(
                        SAMPLED,
                        "upperSize",
                        Integer.MAX_VALUE,
                        "upperSize() must be at most 2147483639, the longest array"),
                answer(
                        SAMPLED,
                        "actions",
                        2_000_000_000,
                        "actions() must be so small that as many numbers fit the memory"),
                answer(TABLES, "game", null, "game(0) must return something, but returned null"),
                answer(TABLES, "game", game(4, 2, 0.9), "states() must be game(0).states() = 4, but was 3"),
                answer(TABLES, "game", game(3, 5, 0.9), "actions() must be game(0).followerActions() = 5, but was 2"),
                answer(TABLES, "discount", 0.25, "discount() must be game(0).discount() = "),
                answer(TABLES, "dependence", null, "dependence() must return something, but returned null"),
                answer(TABLES, "featureSize", 0, "featureSize() must be at least 1, but was 0"),
                table(
                        TABLES,
                        "lowerReward",
                        4,
                        Double.NaN,
                        "lowerReward(x, 0) must give finite numbers, but number 4 was NaN"),
                table(TABLES, "upperReward", 0, Double.NEGATIVE_INFINITY, "upperReward(x, 0) must give finite numbers"),
                table(
                        TABLES,
                        "leaderPolicy",
                        0,
                        0.3,
                        "leaderPolicy(x) must give probabilities that sum to 1 in every state,"
                                + " but in state 0 they sum to 0.3"),
                table(
                        TABLES,
                        "lowerReward",
                        10_000,
                        1,
                        "lowerReward(x, 0) failed: Index 10000 out of bounds for length 12"),
                answer(
                        GAME,
                        "firstActions",
                        0,
                        "firstActions() must be at least 1 and a divisor of actions() = 6, but was 0"),
                answer(
                        GAME,
                        "firstActions",
                        4,
                        "firstActions() must be at least 1 and a divisor of actions() = 6, but was 4"),
                answer(GAME, "secondActions", 2, "secondActions() must be actions() / firstActions() = 3, but was 2"),
                answer(PAIRS, "pairs", null, "pairs() must return something, but returned null"),
                answer(PAIRS, "protocol", null, "protocol() must return something, but returned null"),
                answer(
                        PAIRS,
                        "pairs",
                        new PairRule(9, 0, 1, 0, true),
                        "given() must be pairs of segments of 9 steps of"),
                answer(
                        PAIRS,
                        "given",
                        PreferencePairs.ofCells(2, new int[] {0, 1, 0, 6}, new double[] {1}),
                        "steps of given() must be cells in [0, 6), or -1 where there is none, but was 6.0"),
                answer(
                        PAIRS,
                        "given",
                        PreferencePairs.ofCells(2, new int[] {0, 1, 0, 5}, new double[] {1.5}),
                        "labels of given() must be in [0, 1], but was 1.5"),
                answer(EXPERTS, "ends", new double[2], "ends() must be of length states() = 3, but was of length 2"),
                answer(
                        EXPERTS,
                        "experts",
                        new ExpertVisits(new double[4], new double[2], new double[2]),
                        "experts().starts() must be of length states() = 3, but was of length 2"),
                answer(EXPERTS, "trueReward", new double[5], "trueReward() must be of length states() x actions() = 6"),
                answer(
                        PATHS,
                        "experts",
                        new ExpertPaths(1, new int[] {1}, new double[2], new double[1], OptionalDouble.empty()),
                        "experts().observations() must be of length steps x observationSize() = 5, but was of length 2"),
                answer(DATA, "lowerSize", 0, "lowerSize() must be at least 1, but was 0"),
                answer(
                        DATA,
                        "lowerStart",
                        new DenseVector(new double[] {1}),
                        "lowerStart() must be of length lowerSize() = "),
                answer(DATA, "trainingRows", 0L, "trainingRows() must be at least 1, but was 0"),
                answer(
                        DATA,
                        "validationBlocks",
                        0,
                        "validationBlocks() must be at least 1 and at most validationRows() = "));
    }

    @ParameterizedTest(name = "{1}: {3}")
    @MethodSource("mistakes")
    void everyRuleIsHeld(Problem sound, String method, Function<Object[], Object> answer, String rule) {
        assertThatThrownBy(() -> ProblemRules.require(broken(sound, method, answer), 1L << 32))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining(rule);
    }

    @Test
    void allMistakesAreToldAtOnce() {
        Problem two = broken(broken(SAMPLED, "discount", arguments -> 2.0), "contexts", arguments -> 0);

        assertThatThrownBy(() -> ProblemRules.require(two))
                .hasMessageEndingWith(" has 2 mistakes:\n  discount() must be in [0, 1), but was 2.0\n"
                        + "  contexts() must be at least 1, but was 0; fix the problem's code");
    }

    @Test
    void sizesAreHeldAgainstTheMemory() {
        Problem wide = broken(SAMPLED, "observationSize", arguments -> 1000);

        assertThatThrownBy(() -> ProblemRules.require(wide, 7999))
                .hasMessageContaining(
                        "observationSize() must be so small that as many numbers fit the memory, but 1000 of 8"
                                + " bytes take 0 MiB");
        assertThatThrownBy(() -> ProblemRules.require(null))
                .hasMessage("ProblemFactory.create() must return a problem, but returned null");
    }
}
