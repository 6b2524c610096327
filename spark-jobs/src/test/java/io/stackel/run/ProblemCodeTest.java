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
        return EditedProblem.with(
                jarOrFolder,
                () -> ProblemCode.of(Catalogue.load(Thread.currentThread().getContextClassLoader())
                        .problems()
                        .get("edited")));
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
    void shippedProblemsAreStackels() {
        Catalogue catalogue = Catalogue.load(getClass().getClassLoader());

        assertThat(ProblemCode.of(catalogue.problems().get("four-rooms")).digest())
                .contains("stackel");
    }

    @Test
    void unknownCodeIsNoChange() {
        ProblemCode code = new ProblemCode(Optional.of("0123456789abcdef"), "mine.jar");

        assertThat(code.changeSince(Optional.empty())).isEmpty();
        assertThat(code.changeSince(Optional.of("0123456789abcdef"))).isEmpty();
        assertThat(new ProblemCode(Optional.empty(), "mine.jar").changeSince(Optional.of("ab")))
                .isEmpty();
        assertThat(code.changeSince(Optional.of("ba9876543210ffff")))
                .contains("problem code of mine.jar: ba9876543210 -> 0123456789ab");
        assertThat(code.changeSince(Optional.of("stackel")))
                .contains("problem code of mine.jar: stackel -> 0123456789ab");
    }
}
