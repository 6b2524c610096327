package io.stackel;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** One order of packages over both modules, and what no package may touch. */
@AnalyzeClasses(packages = "io.stackel", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    private static final String ROOT = "io.stackel";

    /** The packages of spark-jobs, then those of common: each may import what stands after it and nothing before. */
    private static final List<String> ORDER = List.of(
            "cli",
            "ml",
            "api",
            "sweep",
            "report",
            "lab",
            "run",
            "ingest",
            "spark",
            "store",
            "check",
            "experiment",
            "algorithm",
            "families",
            "exact",
            "estimate",
            "problem",
            "policy",
            "optim",
            "mdp",
            "random",
            "math");

    @ArchTest
    static final ArchRule IMPORTS_GO_RIGHT_ONLY = classes().should(new ArchCondition<>("import to the right only") {
        @Override
        public void check(JavaClass origin, ConditionEvents events) {
            int from = ORDER.indexOf(layer(origin));
            if (from < 0) {
                events.add(SimpleConditionEvent.violated(
                        origin, origin.getName() + " is in none of the packages " + ORDER));
            }
            for (Dependency dependency : origin.getDirectDependenciesFromSelf()) {
                JavaClass target = dependency.getTargetClass().getBaseComponentType();
                if (isOurs(target) && ORDER.indexOf(layer(target)) < from) {
                    events.add(SimpleConditionEvent.violated(origin, dependency.getDescription()));
                }
            }
        }
    });

    @ArchTest
    static final ArchRule ROOT_PACKAGE_IS_EMPTY =
            noClasses().should().resideInAPackage(ROOT).allowEmptyShould(true);

    @ArchTest
    static final ArchRule BREEZE_IS_NOT_USED =
            noClasses().should().dependOnClassesThat().resideInAPackage("breeze..");

    /** A run and a sweep are driven by others, too. */
    @ArchTest
    static final ArchRule ONLY_THE_COMMAND_LINE_KNOWS_PICOCLI = noClasses()
            .that()
            .resideOutsideOfPackage("io.stackel.cli..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("picocli..");

    @ArchTest
    static final ArchRule JAVA_DESERIALISATION_IS_NOT_USED =
            noClasses().should().dependOnClassesThat().areAssignableTo(java.io.ObjectInputStream.class);

    /** Who owns a run, which commit is the newest, which data may go: no clock is asked; one may jump or stand still. */
    @ArchTest
    static final ArchRule STORAGE_READS_NO_CLOCK = noClasses()
            .that()
            .resideInAPackage("io.stackel.store..")
            .should()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .callMethod(System.class, "nanoTime")
            .orShould()
            .dependOnClassesThat()
            .resideInAPackage("java.time..");

    @ArchTest
    static final ArchRule WHAT_A_USER_IMPLEMENTS_NAMES_NO_LIBRARY = noClasses()
            .that()
            .resideInAnyPackage("io.stackel.problem..", "io.stackel.policy..", "io.stackel.mdp..")
            .should()
            .dependOnClassesThat()
            .resideOutsideOfPackages("java..", "io.stackel..", "org.apache.spark.ml.linalg..")
            .allowEmptyShould(true);

    @ArchTest
    static void noPackageIsInBothModules(JavaClasses imported) {
        Map<String, Set<String>> places = new TreeMap<>();
        for (JavaClass each : imported) {
            places.computeIfAbsent(each.getPackageName(), name -> new TreeSet<>())
                    .add(placeOf(each));
        }
        places.values().removeIf(found -> found.size() == 1);
        assertThat(places).isEmpty();
    }

    /** The folder or jar that the class was read from. */
    private static String placeOf(JavaClass each) {
        String uri = each.getSource().orElseThrow().getUri().toString();
        return uri.substring(0, uri.length() - (each.getName().length() + ".class".length()));
    }

    private static boolean isOurs(JavaClass each) {
        return each.getPackageName().equals(ROOT) || each.getPackageName().startsWith(ROOT + ".");
    }

    /** The name that follows the root, as {@code policy} of {@code io.stackel.policy.neural}. */
    private static String layer(JavaClass each) {
        String below =
                each.getPackageName().substring(Math.min(each.getPackageName().length(), ROOT.length() + 1));
        return below.split("\\.", 2)[0];
    }
}
