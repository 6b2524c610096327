package io.stackel;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import io.stackel.math.PlantedViolations;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** What could give other bits on another machine, JDK, thread or day is not called by the mathematics. */
@AnalyzeClasses(packages = "io.stackel", importOptions = ImportOption.DoNotIncludeTests.class)
class NumericsRulesTest {
    private static final DescribedPredicate<JavaClass> MATHEMATICS = JavaClass.Predicates.resideInAnyPackage(
            "io.stackel.check..",
            "io.stackel.experiment..",
            "io.stackel.algorithm..",
            "io.stackel.families..",
            "io.stackel.exact..",
            "io.stackel.estimate..",
            "io.stackel.problem..",
            "io.stackel.policy..",
            "io.stackel.optim..",
            "io.stackel.mdp..",
            "io.stackel.random..",
            "io.stackel.math..");

    private static final String TAILS = "io.stackel.math.GammaTail";

    /** Calls and method references, each as {@code owner.name(parameter types)}. */
    private static final List<String> FORBIDDEN_IN_MATHEMATICS = List.of(
            // differ between JDKs and between interpreter and compiler: StrictMath does not
            "java\\.lang\\.Math\\.(exp|log|log10|pow|sin|cos|tan|asin|acos|atan|atan2|sinh|cosh|tanh|cbrt|hypot|expm1|log1p)\\(.*",
            // order of summation is the library's
            "java\\.util\\.stream\\.DoubleStream\\.(sum|average|summaryStatistics|parallel)\\(.*",
            "java\\.util\\.stream\\.Collectors\\.(summing|averaging|summarizing)Double\\(.*",
            "java\\.util\\.stream\\..*\\.parallel\\(.*",
            ".*\\.parallelStream\\(.*",
            "java\\.util\\.Arrays\\.parallel.*",
            "org\\.apache\\.spark\\.ml\\.linalg\\..*Matrix\\.multiply\\(.*",
            "jdk\\.incubator\\.vector\\..*\\.(reduceLanes|lanewise)\\(.*",
            // iterated in an order that nobody chose
            "java\\.util\\.(HashMap|HashSet)\\.<init>\\(.*",
            // other on every day or in every process
            "java\\.lang\\.Math\\.random\\(\\)",
            "java\\.lang\\.System\\.(currentTimeMillis|nanoTime|identityHashCode)\\(.*",
            "java\\.time\\..*\\.now\\(.*",
            "java\\.util\\.UUID\\.randomUUID\\(\\)");

    private static final List<String> FORBIDDEN_EVERYWHERE = List.of(
            // the default locale
            "java\\.lang\\.String\\.(toLowerCase|toUpperCase)\\(\\)",
            "java\\.lang\\.String\\.formatted\\(.*",
            "java\\.lang\\.String\\.format\\(java\\.lang\\.String, .*",
            "java\\.io\\.Print(Stream|Writer)\\.(format|printf)\\(java\\.lang\\.String, .*",
            "java\\.util\\.Formatter\\.<init>\\((java\\.lang\\.Appendable|java\\.io\\.OutputStream)?\\)");

    @ArchTest
    static final ArchRule SAME_BITS_EVERYWHERE = classes()
            .that(MATHEMATICS)
            .should(callNoneOf(FORBIDDEN_IN_MATHEMATICS))
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule LOCALE_IS_NAMED = classes()
            .should(callNoneOf(FORBIDDEN_EVERYWHERE))
            .as("no class formats or folds case in the default locale");

    @ArchTest
    static final ArchRule RANDOMNESS_HAS_AN_ADDRESS = noClasses()
            .that(MATHEMATICS)
            .should()
            .dependOnClassesThat()
            .areAssignableTo(java.util.random.RandomGenerator.class)
            .orShould()
            .dependOnClassesThat()
            .areAssignableTo(java.time.Clock.class)
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule SUMS_ARE_PLAIN_LOOPS = noClasses()
            .that(MATHEMATICS)
            .and()
            .doNotHaveFullyQualifiedName(TAILS)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("dev.ludovic.netlib..", "org.netlib..", "org.apache.commons.math3..")
            .orShould()
            .dependOnClassesThat()
            .haveNameMatching("org\\.apache\\.spark\\.ml\\.linalg\\.(BLAS|LAPACK).*")
            .allowEmptyShould(true);

    /** Their last digits are those of a library of the cluster's. */
    @ArchTest
    static final ArchRule TAILS_DECIDE_VERDICTS_ALONE = noClasses()
            .that()
            .resideOutsideOfPackage("io.stackel.check..")
            .and()
            .doNotHaveFullyQualifiedName("io.stackel.math.ChiSquare")
            .and()
            .doNotHaveFullyQualifiedName("io.stackel.math.Normal")
            .should()
            .dependOnClassesThat()
            .haveNameMatching("io\\.stackel\\.math\\.(GammaTail|ChiSquare|Normal)");

    /** A pattern that matches nothing would pass unseen: each is held against a class that breaks every rule. */
    @ArchTest
    static void everyPatternFindsItsPlantedViolation(JavaClasses imported) {
        assertThat(imported.contain(PlantedViolations.class)).isFalse();
        JavaClass planted = new ClassFileImporter().importClass(PlantedViolations.class);
        List<String> called = planted.getAccessesFromSelf().stream()
                .map(NumericsRulesTest::signature)
                .toList();
        assertThat(FORBIDDEN_IN_MATHEMATICS)
                .filteredOn(pattern -> !pattern.startsWith("jdk"))
                .allMatch(pattern ->
                        called.stream().anyMatch(Pattern.compile(pattern).asMatchPredicate()));
        assertThat(FORBIDDEN_EVERYWHERE)
                .allMatch(pattern ->
                        called.stream().anyMatch(Pattern.compile(pattern).asMatchPredicate()));
        for (ArchRule rule : List.of(
                SAME_BITS_EVERYWHERE,
                LOCALE_IS_NAMED,
                RANDOMNESS_HAS_AN_ADDRESS,
                SUMS_ARE_PLAIN_LOOPS,
                TAILS_DECIDE_VERDICTS_ALONE)) {
            JavaClasses alone = new ClassFileImporter().importClasses(PlantedViolations.class);
            assertThat(rule.evaluate(alone).hasViolation())
                    .as(rule.getDescription())
                    .isTrue();
        }
    }

    private static ArchCondition<JavaClass> callNoneOf(List<String> patterns) {
        Predicate<String> forbidden =
                Pattern.compile(String.join("|", patterns)).asMatchPredicate();
        return new ArchCondition<>("call none of " + patterns) {
            @Override
            public void check(JavaClass origin, ConditionEvents events) {
                for (JavaAccess<?> access : origin.getAccessesFromSelf()) {
                    if (forbidden.test(signature(access))) {
                        events.add(SimpleConditionEvent.violated(origin, access.getDescription()));
                    }
                }
            }
        };
    }

    /** {@code java.lang.Math.exp(double)}, as ArchUnit writes the full name of what is called. */
    private static String signature(JavaAccess<?> access) {
        return access.getTarget().getFullName();
    }
}
