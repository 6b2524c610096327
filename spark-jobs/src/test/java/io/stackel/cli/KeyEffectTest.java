package io.stackel.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.stackel.experiment.ResolvedKey;
import io.stackel.problem.Parameter.Effect;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** One test for every key of a configuration: a changed one is refused at resume, or taken and recorded. */
class KeyEffectTest {

    /** Values of which one fits every kind of key. */
    private static final List<String> CANDIDATES = List.of(
            "7",
            "1",
            "0.5",
            "0.25",
            "2",
            "64",
            "128",
            "true",
            "false",
            "none",
            "exact",
            "fitted",
            "ball",
            "box",
            "simplex",
            "one",
            "independent",
            "sgd",
            "adam",
            "mirror",
            "planned",
            "constant",
            "inverse",
            "visits",
            "start",
            "diagonal",
            "scalar",
            "other-name");

    @TempDir
    static Path folder;

    private static Path tiny;

    private static Map<String, ResolvedKey> keys() {
        return LoadedExperiment.load(tiny.toString(), List.of(), KeyEffectTest.class.getClassLoader())
                .configuration()
                .keys();
    }

    private static Invocation dryRun(String out, String setting) {
        return Invocation.of("run", tiny, "--dry-run", "--json", "--out", folder.resolve(out), "--set", setting);
    }

    /** A value of a key that makes another configuration which can be run. */
    private static Optional<String> change(String key) {
        String before = Invocation.of("run", tiny, "--dry-run", "--json", "--out", folder.resolve("nowhere"))
                .out();
        return CANDIDATES.stream()
                .map(value -> key + "=" + value)
                .filter(setting -> {
                    Invocation changed = dryRun("nowhere", setting);
                    return changed.code() == 0 && !changed.out().equals(before);
                })
                .findFirst();
    }

    @TestFactory
    List<DynamicTest> everyKeyHasItsEffectAtResume() {
        tiny = Invocation.configuration("tiny.yaml", folder);
        assertThat(Invocation.stoppedAfter(3, "run", tiny, "--engine", "local", "--out", folder.resolve("run"))
                        .code())
                .isEqualTo(75);
        List<DynamicTest> tests = new ArrayList<>();
        keys().forEach((key, resolved) -> change(key)
                .ifPresent(setting ->
                        tests.add(dynamicTest(setting, () -> assertEffect(key, resolved.effect(), setting)))));
        assertThat(tests).as("keys that can be changed, of %s", keys().keySet()).hasSizeGreaterThan(20);
        return tests;
    }

    private static void assertEffect(String key, Effect effect, String setting) {
        Invocation resumed = dryRun("run", setting);
        if (effect == Effect.IDENTITY || effect == Effect.CONTENT) {
            assertThat(resumed.code()).as(resumed.err()).isEqualTo(2);
            assertThat(resumed.err()).contains(key + ": ").contains(" -> ");
        } else {
            assertThat(resumed.code()).as(resumed.err()).isZero();
            assertThat(resumed.err()).contains("would resume at step 3");
        }
    }

    @Test
    void effectsOfAllKindsAreThere() {
        tiny = Invocation.configuration("tiny.yaml", folder);

        assertThat(keys().values())
                .extracting(ResolvedKey::effect)
                .contains(Effect.IDENTITY, Effect.TUNABLE, Effect.FREE);
    }
}
