package io.stackel.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

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
        ExperimentConfiguration here = decode(TEXT.replace("name: four-rooms,", "file: here.json,"));
        ExperimentConfiguration there = decode(TEXT.replace("name: four-rooms,", "file: s3a://b/there.json,"));

        RunIdentity identity = RunIdentity.of(here, file(DIGEST));
        assertThat(identity.canonicalJson())
                .contains("\"problem\":{\"discount\":\"0x3fe0000000000000\",\"file\":\"sha256:" + DIGEST + "\"}");
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
        ExperimentConfiguration file = decode(TEXT.replace("name: four-rooms,", "file: here.json,"));
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
}
