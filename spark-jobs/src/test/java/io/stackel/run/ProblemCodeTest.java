package io.stackel.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.stackel.experiment.Catalogue;
import io.stackel.math.Sha256;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProblemCodeTest {

    @TempDir
    private Path folder;

    private static ProblemCode code(Path jarOrFolder) {
        return EditedProblem.with(jarOrFolder, () -> of("edited", "pbrl"));
    }

    private static ProblemCode of(String problem, String algorithm) {
        return ProblemCode.of(
                problem,
                "tabular-softmax",
                algorithm,
                Catalogue.load(Thread.currentThread().getContextClassLoader()));
    }

    private Path classes(String name, double discount) {
        return EditedProblem.classes(folder.resolve(name), discount);
    }

    @Test
    void sameClassesHaveOneDigestInAFolderAndInJarsOfAnyTime() throws IOException {
        Path classes = classes("classes", 0.9);
        ProblemCode here = code(classes);

        assertThat(here.place()).isEqualTo(classes.toString());
        assertThat(here.digest()).get().asString().matches("[0-9a-f]{64}");
        assertThat(code(classes("again", 0.9)).digest()).isEqualTo(here.digest());
        assertThat(code(EditedProblem.jar(classes, folder.resolve("early.jar"), 1_000_000_000_000L))
                        .digest())
                .isEqualTo(here.digest());
        assertThat(code(EditedProblem.jar(classes, folder.resolve("late.jar"), 1_700_000_000_000L))
                        .digest())
                .isEqualTo(here.digest());
    }

    @Test
    void editOfASourceIsAnotherDigest() throws IOException {
        Optional<String> before = code(classes("classes", 0.9)).digest();

        assertThat(code(classes("classes", 0.8)).digest()).isNotEqualTo(before);
        assertThat(code(EditedProblem.jar(folder.resolve("classes"), folder.resolve("one.jar"), 0))
                        .digest())
                .isNotEqualTo(before);
    }

    /** A file's end and the next one's name must not be exchangeable, nor a name and its content. */
    @Test
    void everyFileCountsByNameLengthAndBytes() throws IOException {
        Path classes = classes("classes", 0.9);
        Optional<String> before = code(classes).digest();
        Path table = classes.resolve("table.csv");

        Files.writeString(table, "1,2");
        Optional<String> with = code(classes).digest();
        Files.writeString(table, "1,3");
        Optional<String> edited = code(classes).digest();
        Files.move(table, classes.resolve("tables.csv"));
        Optional<String> renamed = code(classes).digest();

        assertThat(java.util.Set.of(before, with, edited, renamed)).hasSize(4);
    }

    @Test
    void digestIsThatOfTheDocumentation() throws IOException {
        Path classes = classes("classes", 0.9);
        MessageDigest expected = Sha256.digest();
        for (String name :
                new String[] {"META-INF/services/io.stackel.problem.ProblemFactory", "org/example/Edited.class"}) {
            byte[] bytes = Files.readAllBytes(classes.resolve(name));
            expected.update((name + '\0').getBytes(StandardCharsets.UTF_8));
            expected.update(new byte[] {0, 0, 0, 0, 0, 0, (byte) (bytes.length >> 8), (byte) bytes.length});
            expected.update(bytes);
        }

        assertThat(code(classes).digest()).contains(Sha256.hex(expected));
    }

    @Test
    void shippedPartsAreStackels() {
        assertThat(of("four-rooms", "pbrl").digest()).contains("stackel");
        assertThat(of("", "pbrl").digest()).as("read from a file").contains("stackel");
        assertThat(of("edited", "pbrl").digest()).as("not known here").isEmpty();
    }

    @Test
    void jarOfTheAlgorithmCounts() {
        Path here = UserAlgorithm.classes(folder.resolve("algorithm"), 1);
        ProblemCode alone = EditedProblem.with(here, () -> of("four-rooms", "renamed"));

        assertThat(alone.place()).isEqualTo(here.toString());
        assertThat(alone.digest()).get().asString().matches("[0-9a-f]{64}");
        Path edited = UserAlgorithm.classes(folder.resolve("edited"), 2);
        assertThat(EditedProblem.with(edited, () -> of("four-rooms", "renamed")).digest())
                .isNotEqualTo(alone.digest());
        assertThat(EditedProblem.with(here, () -> of("four-rooms", "pbrl")).digest())
                .contains("stackel");
    }

    @Test
    void codeOfTwoJarsIsTheHashOfTheirDigests() {
        Path problem = classes("classes", 0.9);
        Path algorithm = UserAlgorithm.classes(folder.resolve("algorithm"), 1);
        ProblemCode both =
                EditedProblem.with(problem, () -> EditedProblem.with(algorithm, () -> of("edited", "renamed")));
        String alone =
                EditedProblem.with(algorithm, () -> of("", "renamed")).digest().orElseThrow();

        assertThat(both.place()).isEqualTo(problem + " and " + algorithm);
        assertThat(both.digest())
                .contains(
                        Sha256.of((code(problem).digest().orElseThrow() + alone).getBytes(StandardCharsets.US_ASCII)));
    }

    @Test
    void jarOfBothPartsHasTheDigestOfTheProblemAlone() throws IOException {
        Path jar = UserAlgorithm.classes(classes("classes", 0.9), 1);

        assertThat(EditedProblem.with(jar, () -> of("edited", "renamed"))).isEqualTo(code(jar));
    }

    @Test
    void unknownCodeIsNoChange() {
        ProblemCode code = new ProblemCode(Optional.of("0123456789abcdef"), "mine.jar");

        assertThat(code.changeSince(Optional.empty())).isEmpty();
        assertThat(code.changeSince(Optional.of("0123456789abcdef"))).isEmpty();
        assertThat(new ProblemCode(Optional.empty(), "mine.jar").changeSince(Optional.of("ab")))
                .isEmpty();
        assertThat(code.changeSince(Optional.of("ba9876543210ffff")))
                .contains("code of mine.jar: ba9876543210 -> 0123456789ab");
        assertThat(code.changeSince(Optional.of("stackel"))).contains("code of mine.jar: stackel -> 0123456789ab");
    }
}
