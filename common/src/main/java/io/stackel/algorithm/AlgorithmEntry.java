package io.stackel.algorithm;

import io.stackel.problem.Parameter;
import io.stackel.problem.Problem;
import io.stackel.problem.Settings;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * An algorithm that ships with Stackel: what it is called, and what it needs of a problem.
 *
 * @param conditions what its settings need beyond the problem's kind
 * @param abilities what other sections may ask of it
 * @param forms what it is on each kind of problem that it can solve
 */
record AlgorithmEntry(
        String name,
        String summary,
        List<Parameter> parameters,
        List<Condition> conditions,
        Set<Ability> abilities,
        List<Form> forms)
        implements AlgorithmFactory {

    /** With a gradient that is sampled. */
    AlgorithmEntry(String name, String summary, List<Parameter> parameters, List<Condition> conditions, Form... forms) {
        this(name, summary, parameters, conditions, Set.of(Ability.SAMPLED_GRADIENT), List.of(forms));
    }

    /** Without settings. */
    AlgorithmEntry(String name, String summary, Form... forms) {
        this(name, summary, List.of(), List.of(), forms);
    }

    /** The same with these abilities in place of its own. */
    AlgorithmEntry able(Ability... others) {
        return new AlgorithmEntry(name, summary, parameters, conditions, Set.of(others), forms);
    }

    /**
     * An algorithm on one kind of problem.
     *
     * @param needs the kind first, then what else the problem must offer
     */
    record Form(List<Need> needs, BiFunction<ProblemSetup, Settings, Algorithm> builder) {

        private static Form of(List<Need> kind, BiFunction<Setup, Settings, Algorithm> builder, Need... needs) {
            return new Form(
                    Stream.concat(kind.stream(), Stream.of(needs)).toList(),
                    (setup, settings) -> builder.apply(setup.trajectories().orElseThrow(), settings));
        }

        static Form ofReturns(BiFunction<Setup, Settings, Algorithm> builder, Need... needs) {
            return of(List.of(Need.TRAJECTORIES, Need.ONE_FOLLOWER, Need.RETURN), builder, needs);
        }

        static Form ofPairs(BiFunction<Setup, Settings, Algorithm> builder, Need... needs) {
            return of(List.of(Need.TRAJECTORIES, Need.ONE_FOLLOWER, Need.PAIRS), builder, needs);
        }

        static Form ofExperts(BiFunction<Setup, Settings, Algorithm> builder, Need... needs) {
            return of(List.of(Need.TRAJECTORIES, Need.ONE_FOLLOWER, Need.EXPERTS), builder, needs);
        }

        static Form ofPlayers(BiFunction<Setup, Settings, Algorithm> builder, Need... needs) {
            return of(List.of(Need.TRAJECTORIES, Need.TWO_PLAYERS, Need.ENTROPY), builder, needs);
        }

        static Form ofData(BiFunction<DataSetup, Settings, Algorithm> builder, Need... needs) {
            return new Form(
                    Stream.concat(Stream.of(Need.DATA), Stream.of(needs)).toList(),
                    (setup, settings) -> builder.apply(setup.data().orElseThrow(), settings));
        }

        /** How many needs are met before the first that is not. */
        int met(Problem problem) {
            return IntStream.range(0, needs.size())
                    .filter(i -> !needs.get(i).isMetBy(problem))
                    .findFirst()
                    .orElse(needs.size());
        }

        boolean fits(Problem problem) {
            return met(problem) == needs.size();
        }
    }

    /**
     * What a setting needs.
     *
     * @param key of the algorithm section
     * @param value that needs it; where it is empty, every value but the default
     */
    record Condition(String key, String value, Need need) {

        private boolean concerns(Settings settings, List<Parameter> parameters) {
            Object given = settings.values().get(key);
            return value.isEmpty()
                    ? given != null
                            && parameters.stream()
                                    .noneMatch(one -> one.name().equals(key)
                                            && one.fallback()
                                                    .filter(given::equals)
                                                    .isPresent())
                    : value.equals(given);
        }

        private String who() {
            return "algorithm." + key + (value.isEmpty() ? "" : ": " + value);
        }
    }

    @Override
    public Optional<String> refusal(Problem problem) {
        Form nearest = forms.stream()
                .max(Comparator.comparingInt(form -> form.met(problem)))
                .orElseThrow();
        return nearest.fits(problem)
                ? Optional.empty()
                : Optional.of(
                        name + " " + nearest.needs().get(nearest.met(problem)).refusal(problem) + instead(problem));
    }

    /** The other algorithms that run on a problem. */
    private static String instead(Problem problem) {
        List<String> others = Algorithms.entries().stream()
                .filter(entry -> entry.forms.stream().anyMatch(form -> form.fits(problem)))
                .map(AlgorithmEntry::name)
                .toList();
        return others.isEmpty() ? "" : "; use " + either(others);
    }

    /** Names as in {@code a, b or c}. */
    private static String either(List<String> names) {
        int last = names.size() - 1;
        return last == 0
                ? names.get(0)
                : names.subList(0, last).stream().collect(Collectors.joining(", ")) + " or " + names.get(last);
    }

    @Override
    public Algorithm create(ProblemSetup setup, Settings settings) {
        Problem problem = setup.problem();
        refusal(problem).ifPresent(reason -> {
            throw new MisfitException("algorithm.name", reason);
        });
        for (Condition condition : conditions) {
            if (condition.concerns(settings, parameters) && !condition.need().isMetBy(problem)) {
                throw new MisfitException(
                        "algorithm." + condition.key(),
                        condition.who() + " " + condition.need().refusal(problem) + remedy(condition, problem));
            }
        }
        Form form = forms.stream().filter(one -> one.fits(problem)).findFirst().orElseThrow();
        return form.builder().apply(setup, settings);
    }

    /** The values of a choice that this problem allows. */
    private String remedy(Condition condition, Problem problem) {
        List<String> allowed = parameters.stream()
                .filter(parameter -> parameter.name().equals(condition.key()))
                .flatMap(parameter -> parameter.choices().stream())
                .filter(value -> conditions.stream()
                        .filter(other -> other.key().equals(condition.key())
                                && other.value().equals(value))
                        .allMatch(other -> other.need().isMetBy(problem)))
                .toList();
        return condition.value().isEmpty() || allowed.isEmpty()
                ? "; leave it out"
                : "; use algorithm." + condition.key() + ": " + either(allowed);
    }
}
