package io.stackel.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import io.stackel.families.ProblemFormat;
import io.stackel.families.TableFormat;
import io.stackel.problem.Parameter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ReferenceTest {

    private static final Path MODULE = Path.of(System.getProperty("basedir", ""));
    private static final Pattern ROW = Pattern.compile("\\| `([\\w.]+)` \\|(.*)\\|(.*)\\| `(.*)` \\| (.*) \\|");
    private static final int LONGEST = 140;

    private final String text = Reference.markdown(Catalogue.shipped());

    /** If it fails: look at the difference, and copy {@code common/target/REFERENCE.md} over {@code conf/REFERENCE.md}. */
    @Test
    void theFileIsWhatTheDeclarationsSay() throws IOException {
        Files.writeString(Files.createDirectories(MODULE.resolve("target")).resolve("REFERENCE.md"), text);

        assertThat(text).isEqualTo(Files.readString(MODULE.resolve("../conf/REFERENCE.md")));
    }

    private static List<Parameter> parameters() {
        Vocabulary vocabulary = Catalogue.shipped().vocabulary();
        List<SectionKeys> sections = new ArrayList<>(FixedSections.SECTIONS.values());
        sections.addAll(List.of(FixedSections.TOP, SweepKeys.TOP, SweepKeys.RANDOM, SweepKeys.AXIS, SweepKeys.REQUIRE));
        Stream.of(vocabulary.problems(), vocabulary.policies(), vocabulary.algorithms())
                .map(Map::values)
                .forEach(sections::addAll);
        return sections.stream().flatMap(keys -> keys.parameters().stream()).toList();
    }

    /** Short, with a capital letter and a full stop, and it is not the name once more. */
    @Test
    void everyMeaningIsAShortSentence() {
        Map<String, String> meanings = parameters().stream()
                .collect(Collectors.toMap(key -> key.name() + ": " + key.help(), Parameter::help, (one, same) -> one));
        ProblemFormat.ALL.forEach(format -> Stream.of(format.problem(), format.at())
                .flatMap(List::stream)
                .forEach(key -> meanings.put(format.kind() + "." + key.name(), key.help())));
        TableFormat.ALL.forEach(format ->
                format.columns().forEach(key -> meanings.put(format.name() + ": " + key.name(), key.help())));

        assertThat(meanings)
                .hasSizeGreaterThan(150)
                .allSatisfy((key, meaning) ->
                        assertThat(meaning).as(key).matches("[A-Z].*\\.").hasSizeLessThanOrEqualTo(LONGEST));
    }

    /** The schema's default and the example of the reference are values that the key accepts. */
    @Test
    void everyExampleIsAcceptedByItsKey() {
        for (Parameter key : parameters()) {
            Object example = key.example().orElseThrow();
            byte[] line =
                    (key.name() + ": " + (example.equals("") ? "\"\"" : example)).getBytes(StandardCharsets.UTF_8);
            Tree tree = ConfigurationReader.read("example", line, new ArrayList<>())
                    .value(key.name())
                    .orElseThrow();

            assertThat(ParameterValue.decode(key, tree)).as(key.toString()).isPresent();
        }
    }

    @Test
    void everyRowHasAnExampleAndAMeaning() {
        List<String> rows = text.lines().filter(line -> line.startsWith("| `")).toList();

        assertThat(rows)
                .hasSizeGreaterThan(200)
                .allMatch(row -> ROW.matcher(row).matches());
    }
}
