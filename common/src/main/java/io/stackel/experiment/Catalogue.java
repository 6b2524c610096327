package io.stackel.experiment;

import io.stackel.algorithm.AlgorithmFactory;
import io.stackel.algorithm.Algorithms;
import io.stackel.algorithm.MisfitException;
import io.stackel.families.Families;
import io.stackel.policy.Policy;
import io.stackel.problem.PolicyFactory;
import io.stackel.problem.ProblemFactory;
import io.stackel.problem.TrajectoryProblem;
import java.util.Collections;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;

/** Every name that a configuration may use: what ships with Stackel, and problems, policies and algorithms of the user's own jars. */
public final class Catalogue {

    private final SortedMap<String, ProblemFactory> problems;
    private final SortedMap<String, PolicyFactory> policies;
    private final SortedMap<String, AlgorithmFactory> algorithms;

    private Catalogue(
            SortedMap<String, ProblemFactory> problems,
            SortedMap<String, PolicyFactory> policies,
            SortedMap<String, AlgorithmFactory> algorithms) {
        this.problems = problems;
        this.policies = policies;
        this.algorithms = algorithms;
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
                    throw new CatalogueException(what + " names must be unique, but " + name.apply(one)
                            + " is the name of " + other.getClass().getName() + " and of "
                            + one.getClass().getName());
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
        SortedMap<String, SectionKeys> problemKeys = new TreeMap<>();
        SortedSet<String> dataProblems = new TreeSet<>();
        problems.forEach((name, factory) -> {
            problemKeys.put(name, SectionKeys.of(factory.parameters()));
            if (factory.fitsData()) {
                dataProblems.add(name);
            }
        });
        SortedMap<String, SectionKeys> policyKeys = new TreeMap<>();
        policies.forEach((name, factory) -> policyKeys.put(name, SectionKeys.of(factory.parameters())));
        SortedMap<String, SectionKeys> algorithmKeys = new TreeMap<>();
        algorithms.forEach((name, factory) -> algorithmKeys.put(name, SectionKeys.of(factory.parameters())));
        return new Vocabulary(problemKeys, SectionKeys.of(List.of()), policyKeys, algorithmKeys, dataProblems);
    }

    /** The problem families by name. */
    public SortedMap<String, ProblemFactory> problems() {
        return Collections.unmodifiableSortedMap(problems);
    }

    /** The families of policies by name. */
    public SortedMap<String, PolicyFactory> policies() {
        return Collections.unmodifiableSortedMap(policies);
    }

    /** The algorithms by name. */
    public SortedMap<String, AlgorithmFactory> algorithms() {
        return Collections.unmodifiableSortedMap(algorithms);
    }

    /**
     * Builds the selected policy for a problem.
     *
     * @throws MisfitException if it is none for this problem
     */
    Policy policy(Selection selection, TrajectoryProblem problem) {
        String name = selection.name();
        if (problem.zeroSum().isPresent() && !name.equals("tabular-softmax")) {
            throw new MisfitException(
                    "policy.name",
                    "policy.name: " + name
                            + " is for one follower, but the lower level of this problem is a zero-sum game of"
                            + " two players; use policy.name: tabular-softmax");
        }
        return PolicyRules.policy(policies.get(name), problem, selection.settings());
    }
}
