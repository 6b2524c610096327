package io.stackel.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * One test for every key of the schema: a changed one is refused at resume with its difference, or taken. The key is
 * changed alone, in the first configuration that has it and still works with the other value.
 */
class KeyEffectTest {

    /** Beside the small configurations of the golden table: what they do not reach. */
    private static final List<String> MORE = List.of(
            "stackelberg.yaml problem.states=4 stop.iterations=3 => 0 0",
            "stackelberg.yaml problem.states=4 problem.successors=2 stop.iterations=3 => 0 0",
            "tiny.yaml problem.successors=2 => 0 0",
            "hyper-parameters.yaml => 0 0",
            "quadratic.yaml problem.trainingRows=128 problem.validationRows=64 => 0 0",
            "tiny-fit.yaml problem={name: hyper-cleaning, model: mlp, startScale: 0.2} => 0 0",
            "tiny-fit.yaml problem={name: hyper-cleaning, training: $DATA/training, validation: $DATA/validation, test: $DATA/validation} => 0 0",
            "hyper-parameters.yaml problem={name: hyper-parameters, training: $DATA/training, validation: $DATA/validation} => 0 0",
            "tiny.yaml problem={name: logged, states: 3, actions: 2, entropyWeight: 0.3} => 0 0",
            "tiny.yaml problem={file: $DATA/game.json} => 0 0",
            "tiny.yaml algorithm={name: first-order, penaltyWeight: 5} => 0 0",
            "tiny.yaml algorithm={name: first-order, preset: published, epsilon: 0.5} => 0 0",
            "tiny.yaml upper.projection=box upper.projectionLow=-1 upper.projectionHigh=1 => 0 0",
            "tiny.yaml upper.projection=ball upper.projectionRadius=1 => 0 0",
            "tiny.yaml upper.schedule=exponential upper.halfLife=10 => 0 0",
            "tiny.yaml upper.signalToNoise=1 upper.mostUnits=96 => 0 0",
            "tiny.yaml upper.units=200 stop.gradientNorm=0.001 stop.errorRate=0.1 => 0 0",
            "tiny-control.yaml upper={optimizer: sgd, stepSize: 0.1, units: 7} => 0 0",
            "tiny-tax.yaml upper={optimizer: sgd, stepSize: 0.1, units: 24} => 0 0");

    /** Keys that no valid configuration can change alone, each with the reason. */
    private static final Map<String, String> NEVER_ALONE = Map.of(
            "format", "has one value",
            "algorithm first-order preset", "published refuses sigma, which none demands",
            "problem logged log", "takes the place of the generated log, together with offers",
            "problem logged offers", "as its log",
            "lower preset", "escape refuses startEntropyWeight, which none demands",
            "problem inverse-rl table", "takes the place of the drawn experts and of their trajectories and steps",
            "problem inverse-rl task", "experts are known of one task; another one needs a table of them");

    private static final Set<String> VARIANTS = Set.of("problem", "policy", "algorithm");

    @TempDir
    static Path folder;

    private static final Map<String, Path> RUNS = new HashMap<>();

    /** A key of the schema with what it says of it. */
    private record Key(String section, String variant, String name, JsonNode rule) {

        String path() {
            return section.isEmpty() ? name : section + "." + name;
        }

        String title() {
            return Stream.of(section, variant, name)
                    .filter(word -> !word.isEmpty())
                    .reduce((a, b) -> a + " " + b)
                    .orElseThrow();
        }

        boolean isRefused() {
            return Set.of("effect: identity", "effect: content")
                    .contains(rule.path("$comment").textValue());
        }

        /** Values near the present one that the schema allows, and some that are far from it. */
        List<String> candidates(JsonNode present) {
            List<String> values = new ArrayList<>();
            rule.findValues("enum").forEach(words -> words.forEach(word -> values.add(word.asText())));
            if (name.equals("file")) {
                values.add(folder.resolve("other.json").toString());
            }
            if (rule.path("$comment").textValue().equals("effect: content")) {
                values.add(folder.resolve("training").toString());
                values.add(folder.resolve("validation").toString());
            }
            if (present.isNumber() && present.doubleValue() != 0) {
                values.add(
                        present.isIntegralNumber() ? "" + (present.longValue() + 1) : "" + present.doubleValue() / 2);
                values.add(
                        present.isIntegralNumber() ? "" + (present.longValue() - 1) : "" + present.doubleValue() * 2);
                values.add(present.isIntegralNumber() ? "" + 2 * present.longValue() : "" + present.doubleValue() * .9);
            }
            values.addAll(List.of("1", "0.5", "2", "7", "0.01", "64", "true", "false", "[3]", "acrobot", "other-name"));
            values.remove(present.asText());
            return values;
        }
    }

    @BeforeAll
    static void writeData() throws IOException {
        GoldenLine.writeDigits(folder);
        Path game = GoldenLine.PROJECT.resolve("common/src/test/resources/oracle/reward_design.json");
        String text = Files.readString(game);
        Files.writeString(folder.resolve("game.json"), text);
        Files.writeString(folder.resolve("other.json"), text + "\n");
    }

    private static List<Key> keys() {
        List<Key> keys = new ArrayList<>();
        Invocation.of("schema").json().path("properties").properties().forEach(section -> {
            String name = section.getKey();
            if (section.getValue().has("oneOf")) {
                for (JsonNode variant : section.getValue().path("oneOf")) {
                    JsonNode rules = variant.path("properties");
                    String chosen = rules.path("name").path("const").asText("");
                    add(name, chosen, rules, keys);
                }
            } else if (section.getValue().has("properties")) {
                add(name, "", section.getValue().path("properties"), keys);
            } else {
                keys.add(new Key("", "", name, section.getValue()));
            }
        });
        return keys;
    }

    private static void add(String section, String variant, JsonNode rules, List<Key> into) {
        rules.properties().forEach(rule -> {
            if (!(VARIANTS.contains(section) && rule.getKey().equals("name"))) {
                into.add(new Key(section, variant, rule.getKey(), rule.getValue()));
            }
        });
    }

    /** A configuration of the table with every key at its value. */
    private record Base(GoldenLine line, Path file, JsonNode resolved) {

        static Base of(GoldenLine line, int number) {
            try {
                Path file = line.write(folder, "base" + number + ".yaml");
                Invocation dry = dryRun(line, file, folder.resolve("nowhere"));
                assertThat(dry.code()).as(line.name() + dry.err()).isZero();
                return new Base(line, file, dry.json());
            } catch (IOException failed) {
                throw new AssertionError(failed);
            }
        }

        boolean has(Key key) {
            boolean ofVariant = key.variant.isEmpty()
                    || resolved.path(key.section).path("name").asText().equals(key.variant);
            boolean ofFile =
                    !key.name.equals("file") || resolved.path("problem").has("file");
            return ofVariant && ofFile && (key.section.isEmpty() || resolved.has(key.section));
        }

        JsonNode present(Key key) {
            return (key.section.isEmpty() ? resolved : resolved.path(key.section)).path(key.name);
        }

        Invocation with(String setting, Path out) {
            return dryRun(line, file, out, "--set", setting);
        }

        /** Another value with which the configuration works, as a setting. */
        Optional<String> change(Key key) {
            return key.candidates(present(key)).stream()
                    .map(value -> key.path() + "=" + value)
                    .filter(setting -> {
                        Invocation changed = with(setting, folder.resolve("nowhere"));
                        return changed.code() == 0 && !changed.json().equals(resolved);
                    })
                    .findFirst();
        }

        /** A run of this configuration that was stopped after its first commit. */
        Path run() {
            return RUNS.computeIfAbsent(line.name(), name -> {
                Path out = folder.resolve("run" + RUNS.size());
                List<Object> words = new ArrayList<>(List.of("run", file, "--engine", "local", "--out", out));
                words.addAll(line.overrides(folder));
                // What is measured before the first batch asks whether to stop, too.
                for (int asked = 1; !Files.exists(out.resolve("data")); asked *= 2) {
                    assertThat(Invocation.stoppedAfter(asked, words.toArray()).code())
                            .isEqualTo(75);
                }
                return out;
            });
        }
    }

    private static Invocation dryRun(GoldenLine line, Path file, Path out, String... more) {
        List<Object> words = new ArrayList<>(List.of("run", file, "--dry-run", "--json", "--out", out));
        words.addAll(line.overrides(folder));
        words.addAll(List.of(more));
        return Invocation.of(words.toArray());
    }

    @TestFactory
    List<DynamicTest> everyKeyHasItsEffectAtResume() {
        List<GoldenLine> lines = Stream.concat(
                        GoldenLine.table().stream()
                                .filter(line -> line.configuration().startsWith("tiny")),
                        MORE.stream().map(GoldenLine::parse))
                .toList();
        List<Base> bases = new ArrayList<>();
        for (GoldenLine line : lines) {
            bases.add(Base.of(line, bases.size()));
        }
        return keys().stream()
                .filter(key -> !NEVER_ALONE.containsKey(key.title()))
                .map(key -> dynamicTest(key.title(), () -> assertEffect(key, bases)))
                .toList();
    }

    private static void assertEffect(Key key, List<Base> bases) {
        for (Base base : bases) {
            Optional<String> setting = base.has(key) ? base.change(key) : Optional.empty();
            if (setting.isPresent()) {
                assertEffect(key, base, setting.get());
                return;
            }
        }
        throw new AssertionError("no configuration of the table can change " + key.title() + " alone");
    }

    private static void assertEffect(Key key, Base base, String setting) {
        Invocation resumed = base.with(setting, base.run());
        if (key.isRefused()) {
            assertThat(resumed.code()).as(setting + resumed.err()).isEqualTo(2);
            assertThat(resumed.err()).contains(key.path() + ": ").contains(" -> ");
        } else {
            assertThat(resumed.code()).as(setting + resumed.err()).isZero();
            assertThat(resumed.err()).containsPattern("would resume at step [1-9]");
        }
    }

    @Test
    void keysThatCannotChangeAloneAreKeys() {
        assertThat(keys()).extracting(Key::title).containsAll(NEVER_ALONE.keySet());
    }
}
