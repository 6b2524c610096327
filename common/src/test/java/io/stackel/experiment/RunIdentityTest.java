package io.stackel.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stackel.problem.Parameter;
import io.stackel.problem.Range;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RunIdentityTest {

    private static final String TEXT = """
            format: 1
            name: four-rooms
            problem: {name: four-rooms, discount: 0.5}
            policy: {name: tabular-softmax}
            algorithm: {name: first-order, sigma: 0.1}
            sampling: {horizon: 200}
            """;
    private static final String CANONICAL = "{\"algorithm\":{\"name\":\"first-order\",\"sides\":\"two\","
            + "\"sigma\":\"0x3fb999999999999a\"},"
            + "\"evaluation\":{\"every\":50,\"units\":0},"
            + "\"format\":1,"
            + "\"lower\":{\"exploration\":\"0x3fc3333333333333\",\"innerSteps\":10,\"optimizer\":\"natural\","
            + "\"solver\":\"sampled\",\"stepSize\":\"0x3fe0000000000000\",\"tolerance\":\"0x3ddb7cdfd9d7bdbb\","
            + "\"units\":64},"
            + "\"policy\":{\"name\":\"tabular-softmax\"},"
            + "\"problem\":{\"discount\":\"0x3fe0000000000000\",\"entropyWeight\":\"0x3f689374bc6a7efa\",\"goals\":1,"
            + "\"name\":\"four-rooms\",\"walls\":true},"
            + "\"sampling\":{\"baseline\":\"fitted\",\"horizon\":200,\"moments\":\"scalar\","
            + "\"traceDecay\":\"0x3ff0000000000000\",\"unitsPerChunk\":8},"
            + "\"seed\":0,"
            + "\"upper\":{\"clipNorm\":\"0x0000000000000000\",\"optimizer\":\"sgd\",\"projection\":\"none\","
            + "\"schedule\":\"constant\",\"stepSize\":\"0x3fb999999999999a\",\"units\":64}}";

    /** Of the line above by {@code printf %s '...' | sha256sum}. */
    private static final String SHA_256 = "8f4557405d3e13b99f6b1c1338baca10c6c9f23a72bbcc2fe8f6666041f5e1a2";

    private static final String DIGEST = "0123456789abcdef".repeat(4);

    private final ConfigurationDecoder decoder = new ConfigurationDecoder(Vocabularies.SMALL);

    @Test
    void canonicalFormAndHashStayWhatTheyWere() {
        RunIdentity identity = RunIdentity.of(decode(TEXT), new TreeMap<>());

        assertThat(identity.canonicalJson()).isEqualTo(CANONICAL);
        assertThat(identity.sha256()).isEqualTo(SHA_256);
        assertThat(identity.runName("four-rooms")).isEqualTo("four-rooms-" + SHA_256.substring(0, 12));
    }

    @Test
    void namesOfRunsAreThoseOfTheirIdentityAndNeverAPath() {
        String digits = SHA_256.substring(0, 12);

        assertThat(RunIdentity.isRunName("four-rooms-" + digits, SHA_256)).isTrue();
        for (String name : List.of(
                "../../../evil-" + digits,
                "a/b-" + digits,
                "A-" + digits,
                digits,
                "-" + digits,
                "four-rooms-0123456789ab",
                "four-rooms-" + digits + "\n",
                "x".repeat(65) + "-" + digits)) {
            assertThat(RunIdentity.isRunName(name, SHA_256)).as(name).isFalse();
        }
        assertThat(RunIdentity.isRunName("four-rooms-" + digits, digits)).isFalse();
    }

    @Test
    void orderNotationAndWrittenDefaultsDoNotMatter() {
        String other = """
                sampling: {unitsPerChunk: 8.0, horizon: 2e2}
                name: "four-rooms"
                algorithm: {sides: two, sigma: 1e-1, name: first-order}
                policy: {name: tabular-softmax}
                problem: {discount: .5, name: four-rooms}
                upper: {clipNorm: 0}
                format: 0x1
                """;

        assertThat(RunIdentity.of(decode(other), new TreeMap<>()))
                .isEqualTo(RunIdentity.of(decode(TEXT), new TreeMap<>()));
    }

    @Test
    void problemFileCountsByItsBytesAndNotByItsPlace() {
        ExperimentConfiguration here = decode(TEXT.replace("name: four-rooms, discount: 0.5", "file: here.json"));
        ExperimentConfiguration there =
                decode(TEXT.replace("name: four-rooms, discount: 0.5", "file: s3a://b/there.json"));

        RunIdentity identity = RunIdentity.of(here, file(DIGEST));
        assertThat(identity.canonicalJson()).contains("\"problem\":{\"file\":\"sha256:" + DIGEST + "\"}");
        assertThat(RunIdentity.of(there, file(DIGEST))).isEqualTo(identity);
        assertThat(RunIdentity.of(here, file("f".repeat(64)))).isNotEqualTo(identity);
    }

    @Test
    void dataSetsCountByTheirContentAndAnEmptyPlaceIsNone() {
        ConfigurationDecoder catalogue = new ConfigurationDecoder(
                Catalogue.load(getClass().getClassLoader()).vocabulary());
        String text = """
                format: 1
                name: ridge
                problem: {name: hyper-parameters, training: DATA/a, validation: DATA/b}
                algorithm: {name: exact}
                """;
        ExperimentConfiguration here = decode(catalogue, text.replace("DATA", "here"));
        ExperimentConfiguration there = decode(catalogue, text.replace("DATA", "hdfs://there"));
        SortedMap<String, String> digests =
                new TreeMap<>(Map.of("problem.training", DIGEST, "problem.validation", "f".repeat(64)));

        assertThat(there.places())
                .containsExactly(
                        Map.entry("problem.training", "hdfs://there/a"),
                        Map.entry("problem.validation", "hdfs://there/b"));
        assertThat(RunIdentity.of(here, digests)).isEqualTo(RunIdentity.of(there, digests));
        assertThat(RunIdentity.of(here, digests).canonicalJson()).contains("\"training\":\"sha256:" + DIGEST + "\"");
        ExperimentConfiguration none = decode(catalogue, text.replace(", training: DATA/a, validation: DATA/b", ""));
        assertThat(none.places()).isEmpty();
        assertThat(RunIdentity.of(none, new TreeMap<>()).canonicalJson()).contains("\"training\":\"\"");
    }

    @Test
    void digestMustBeGivenExactlyForAFile() {
        assertThatThrownBy(() -> RunIdentity.of(decode(TEXT), file(DIGEST)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("SHA-256 must be given of [], but was given of [problem.file]");
        ExperimentConfiguration file = decode(TEXT.replace("name: four-rooms, discount: 0.5", "file: here.json"));
        assertThatThrownBy(() -> RunIdentity.of(file, new TreeMap<>()))
                .hasMessage("SHA-256 must be given of [problem.file], but was given of []");
        assertThatThrownBy(() -> RunIdentity.of(file, file("ABC")))
                .hasMessage("SHA-256 must be 64 hexadecimal digits, but was ABC");
    }

    private static SortedMap<String, String> file(String digest) {
        return new TreeMap<>(Map.of("problem.file", digest));
    }

    private ExperimentConfiguration decode(String text) {
        return decode(decoder, text);
    }

    private static ExperimentConfiguration decode(ConfigurationDecoder decoder, String text) {
        return decoder.decode("t.yaml", text.getBytes(StandardCharsets.UTF_8), List.of());
    }

    /** As an older version recorded it that did not have these keys: real, list, flag, word. */
    @ParameterizedTest
    @CsvSource({
        "problem.entropyWeight, 'entropyWeight: 0.003', 'entropyWeight: 0.004'",
        "problem.goals, 'goals: 1', 'goals: 2'",
        "problem.walls, 'walls: true', 'walls: false'",
    })
    void keyThatTheRecordLacksIsTheSameAtItsDefaultAlone(String key, String same, String other) {
        String record = without(key, decode(TEXT));
        String changed = TEXT.replace("discount: 0.5", "discount: 0.5, " + other);

        assertThat(record).isNotEqualTo(CANONICAL);
        assertThat(identity(TEXT).changesSince(record)).isEmpty();
        assertThat(identity(TEXT.replace("discount: 0.5", "discount: 0.5, " + same))
                        .changesSince(record))
                .isEmpty();
        assertThat(identity(changed).changesSince(record))
                .singleElement()
                .asString()
                .isEqualTo(key + ": (absent) -> " + other.substring(other.indexOf(' ') + 1));
    }

    @Test
    void changeOfARecordedKeyIsOneWhateverElseIsAbsent() {
        String record = without("problem.goals", decode(TEXT));

        assertThat(identity(TEXT.replace("0.5", "0.6")).changesSince(record))
                .extracting(KeyChange::toString)
                .containsExactly("problem.discount: 0.5 -> 0.6");
        assertThat(identity(TEXT).changesSince(record.replace("\"seed\":0", "\"seed\":0,\"speed\":3")))
                .extracting(KeyChange::toString)
                .containsExactly("speed: 3 -> (absent)");
    }

    /** The key came with "old", and later its default became "new". */
    @Test
    void declaredMeaningOfAbsenceHoldsAgainstTheDefaultOfToday() {
        Parameter mode = Parameter.choice("mode", "new", List.of("old", "new"), "How it goes.")
                .addedAs("old");
        ConfigurationDecoder later = decoder(List.of(mode));
        String record = identity(decoder(List.of()), "").canonicalJson();

        assertThat(identity(later, "").changesSince(record))
                .extracting(KeyChange::toString)
                .containsExactly("problem.mode: (absent) -> new");
        assertThat(identity(later, ", mode: old").changesSince(record)).isEmpty();
    }

    @Test
    void recordIsReadAsItWasMeantAndKeepsItsIdentity() {
        Parameter mode = Parameter.choice("mode", "new", List.of("old", "new"), "How it goes.")
                .addedAs("old");
        Parameter gone = Parameter.whole("gone", 3, Range.FINITE, "No key of later versions.");
        RunIdentity then = identity(decoder(List.of(gone)), "");
        byte[] record = small(decoder(List.of(gone)), "").resolvedJson().getBytes(StandardCharsets.UTF_8);

        ExperimentConfiguration read = decoder(List.of(mode)).ofRecords().decode("record", record, List.of());
        ExperimentConfiguration longer =
                decoder(List.of(gone, mode)).ofRecords().decode("record", record, List.of());

        assertThat(read.problem().settings().text("mode")).isEqualTo("old");
        assertThat(RunIdentity.of(read, new TreeMap<>()).changesSince(then.canonicalJson()))
                .extracting(KeyChange::toString)
                .containsExactly("problem.gone: 3 -> (absent)");
        assertThat(RunIdentity.of(longer, new TreeMap<>()).sha256()).isEqualTo(then.sha256());
    }

    private RunIdentity identity(String text) {
        return RunIdentity.of(decode(text), new TreeMap<>());
    }

    private static RunIdentity identity(ConfigurationDecoder decoder, String more) {
        return RunIdentity.of(small(decoder, more), new TreeMap<>());
    }

    private static ExperimentConfiguration small(ConfigurationDecoder decoder, String more) {
        String text = "{format: 1, name: a, problem: {name: p" + more
                + "}, policy: {name: q}, algorithm: {name: r}, sampling: {horizon: 1}}";
        return decoder.decode("run.yaml", text.getBytes(StandardCharsets.UTF_8), List.of());
    }

    private static ConfigurationDecoder decoder(List<Parameter> problem) {
        return new ConfigurationDecoder(new Vocabulary(
                new TreeMap<>(Map.of("p", SectionKeys.of(problem))),
                new TreeMap<>(Map.of("q", SectionKeys.of(List.of()))),
                new TreeMap<>(Map.of("r", SectionKeys.of(List.of()))),
                new TreeSet<>()));
    }

    /** The canonical form by a version that did not have a key. */
    private static String without(String key, ExperimentConfiguration configuration) {
        SortedMap<String, ResolvedKey> keys = new TreeMap<>(configuration.keys());
        assertThat(keys.remove(key)).isNotNull();
        return RunIdentity.of(new ExperimentConfiguration(keys), new TreeMap<>())
                .canonicalJson();
    }
}
