package io.stackel.experiment;

import io.stackel.algorithm.AlgorithmFactory;
import io.stackel.algorithm.Algorithms;
import io.stackel.algorithm.MisfitException;
import io.stackel.families.Families;
import io.stackel.policy.Policy;
import io.stackel.problem.ProblemFactory;
import io.stackel.problem.TrajectoryProblem;
import java.util.Collections;
import java.util.List;
import java.util.ServiceLoader;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** Every name that a configuration may use: what ships with Stackel, and problems of the user's own jars. */
public final class Catalogue {

    private final SortedMap<String, ProblemFactory> problems;
    private final SortedMap<String, PolicyFamily> policies;
    private final SortedMap<String, AlgorithmFactory> algorithms;

    private Catalogue(SortedMap<String, ProblemFactory> problems) {
        this.problems = problems;
        policies = PolicyFamily.all();
        algorithms = new TreeMap<>();
        Algorithms.all().forEach(factory -> algorithms.put(factory.name(), factory));
    }

    /**
     * The catalogue with the problems that {@code loader} finds by {@link ServiceLoader}.
     *
     * @throws IllegalArgumentException if two problems have one name
     */
    public static Catalogue load(ClassLoader loader) {
        SortedMap<String, ProblemFactory> problems = new TreeMap<>();
        Families.all().forEach(factory -> problems.put(factory.name(), factory));
        for (ProblemFactory factory : ServiceLoader.load(ProblemFactory.class, loader)) {
            ProblemFactory other = problems.put(factory.name(), factory);
            if (other != null) {
                throw new IllegalArgumentException("problem names must be unique, but " + factory.name()
                        + " is the name of " + other.getClass().getName() + " and of "
                        + factory.getClass().getName());
            }
        }
        return new Catalogue(problems);
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
        policies.forEach((name, family) -> policyKeys.put(name, SectionKeys.of(family.parameters())));
        SortedMap<String, SectionKeys> algorithmKeys = new TreeMap<>();
        algorithms.forEach((name, factory) -> algorithmKeys.put(name, SectionKeys.of(factory.parameters())));
        return new Vocabulary(problemKeys, SectionKeys.of(List.of()), policyKeys, algorithmKeys, dataProblems);
    }

    /** The problem families by name. */
    public SortedMap<String, ProblemFactory> problems() {
        return Collections.unmodifiableSortedMap(problems);
    }

    /** The algorithms by name. */
    public SortedMap<String, AlgorithmFactory> algorithms() {
        return Collections.unmodifiableSortedMap(algorithms);
    }

    /**
     * A policy for a problem.
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
        return policies.get(name).of(name, problem, selection.settings());
    }
}
