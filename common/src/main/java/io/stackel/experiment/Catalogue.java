package io.stackel.experiment;

import io.stackel.algorithm.Ability;
import io.stackel.algorithm.AlgorithmFactory;
import io.stackel.algorithm.Algorithms;
import io.stackel.algorithm.MisfitException;
import io.stackel.families.Families;
import io.stackel.families.ProblemFile;
import io.stackel.policy.Policy;
import io.stackel.problem.BlockSource;
import io.stackel.problem.Parameter;
import io.stackel.problem.PolicyFactory;
import io.stackel.problem.Problem;
import io.stackel.problem.ProblemFactory;
import io.stackel.problem.TrajectoryProblem;
import io.stackel.problem.ZeroSumProblem;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * Every name that a configuration may use: what ships with Stackel, and problems, policies and algorithms of the user's own jars.
 *
 * @param problems the problem families by name
 * @param policies the families of policies by name
 * @param algorithms the algorithms by name
 */
public record Catalogue(
        SortedMap<String, ProblemFactory> problems,
        SortedMap<String, PolicyFactory> policies,
        SortedMap<String, AlgorithmFactory> algorithms) {

    public Catalogue {
        problems = Collections.unmodifiableSortedMap(problems);
        policies = Collections.unmodifiableSortedMap(policies);
        algorithms = Collections.unmodifiableSortedMap(algorithms);
    }

    /** The catalogue of what ships with Stackel. */
    public static Catalogue shipped() {
        return of(List.of(), List.of(), List.of());
    }

    /**
     * The catalogue with what {@code loader} finds by {@link ServiceLoader}.
     *
     * @throws CatalogueException if two problems, two policies or two algorithms have one name, or a factory cannot be made
     */
    public static Catalogue load(ClassLoader loader) {
        return of(
                ServiceLoader.load(ProblemFactory.class, loader),
                ServiceLoader.load(PolicyFactory.class, loader),
                ServiceLoader.load(AlgorithmFactory.class, loader));
    }

    /**
     * The same catalogue with one problem family more.
     *
     * @throws CatalogueException if its name is taken by another class
     */
    public Catalogue with(ProblemFactory problem) {
        SortedMap<String, ProblemFactory> all = new TreeMap<>(problems);
        ProblemFactory other = all.put(problem.name(), problem);
        if (other != null && !other.getClass().equals(problem.getClass())) {
            throw taken("problem", problem.name(), other, problem);
        }
        return new Catalogue(all, policies, algorithms);
    }

    private static CatalogueException taken(String what, String name, Object other, Object one) {
        return new CatalogueException(what + " names must be unique, but " + name + " is the name of "
                + other.getClass().getName() + " and of " + one.getClass().getName());
    }

    private static Catalogue of(
            Iterable<ProblemFactory> problems,
            Iterable<PolicyFactory> policies,
            Iterable<AlgorithmFactory> algorithms) {
        return new Catalogue(
                named("problem", Families.all(), problems, ProblemFactory::name),
                named("policy", PolicyFamily.all(), policies, PolicyFactory::name),
                named("algorithm", Algorithms.all(), algorithms, AlgorithmFactory::name));
    }

    private static <T> SortedMap<String, T> named(
            String what, List<? extends T> shipped, Iterable<T> found, Function<T, String> name) {
        SortedMap<String, T> all = new TreeMap<>();
        shipped.forEach(one -> all.put(name.apply(one), one));
        try {
            for (T one : found) {
                T other = all.put(name.apply(one), one);
                if (other != null) {
                    throw taken(what, name.apply(one), other, one);
                }
            }
        } catch (ServiceConfigurationError broken) {
            throw new CatalogueException(
                    "META-INF/services of a jar lists a factory that cannot be used: " + broken.getMessage()
                            + (broken.getCause() == null ? "" : ": " + broken.getCause())
                            + "; it must be a public class with a public constructor without arguments",
                    broken);
        }
        return all;
    }

    /** What {@code tabular-softmax} means for a problem: one policy, or those of the two players of a zero-sum game. */
    public static Policy softmax(TrajectoryProblem problem) {
        return PolicyFamily.softmax(problem);
    }

    /** What the decoder of configurations needs to know. */
    public Vocabulary vocabulary() {
        SortedSet<String> dataProblems = new TreeSet<>(problems.keySet());
        dataProblems.removeIf(name -> !problems.get(name).fitsData());
        return new Vocabulary(
                keys(problems, ProblemFactory::parameters),
                keys(policies, PolicyFactory::parameters),
                keys(algorithms, AlgorithmFactory::parameters),
                dataProblems);
    }

    private static <T> SortedMap<String, SectionKeys> keys(
            SortedMap<String, T> named, Function<T, List<Parameter>> parameters) {
        SortedMap<String, SectionKeys> keys = new TreeMap<>();
        named.forEach((name, factory) -> keys.put(name, SectionKeys.of(parameters.apply(factory))));
        return keys;
    }

    /**
     * Returns if an algorithm has the ability that a key asks for.
     *
     * @throws MisfitException if it has not, with those that have it and can solve the problem
     */
    void requireAbility(String key, Ability ability, String algorithm, Problem problem) {
        if (algorithms.get(algorithm).abilities().contains(ability)) {
            return;
        }
        List<String> able = algorithms.values().stream()
                .filter(one -> one.abilities().contains(ability)
                        && one.refusal(problem).isEmpty())
                .map(AlgorithmFactory::name)
                .toList();
        throw new MisfitException(
                key,
                key + " needs an algorithm " + ability.words() + ", but that of algorithm.name is " + algorithm
                        + "; leave it out" + (able.isEmpty() ? "" : ", or use one of " + String.join(", ", able)));
    }

    /**
     * Builds the selected problem.
     *
     * @param file the content of the problem's file, if it has one
     * @param data opens the data sets that the problem's settings name
     */
    Problem problem(ProblemSelection selection, Optional<byte[]> file, BlockSource data) {
        if (selection instanceof ProblemSelection.Named named) {
            return problems.get(named.name()).create(named.settings(), data);
        }
        String uri = ((ProblemSelection.File) selection).uri();
        byte[] content =
                file.orElseThrow(() -> new IllegalArgumentException("the content of " + uri + " must be given"));
        try {
            return ProblemFile.read(uri, new ByteArrayInputStream(content))
                    .solvable(uri)
                    .problem();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    /**
     * Builds the selected policy for a problem.
     *
     * @throws MisfitException if it is none for this problem
     */
    Policy policy(Selection selection, TrajectoryProblem problem) {
        String name = selection.name();
        if (problem.as(ZeroSumProblem.class).isPresent() && !name.equals("tabular-softmax")) {
            throw new MisfitException(
                    "policy.name",
                    "policy.name: " + name
                            + " is for one follower, but the lower level of this problem is a zero-sum game of"
                            + " two players; use policy.name: tabular-softmax");
        }
        return PolicyRules.policy(policies.get(name), problem, selection.settings());
    }
}
