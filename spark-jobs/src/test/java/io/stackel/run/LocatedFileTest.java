package io.stackel.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocatedFileTest {

    @TempDir
    Path folder;

    @Test
    void relativePathIsFoundBesideTheConfiguration() throws IOException {
        Files.createDirectories(folder.resolve("with blank"));
        Path file = Files.writeString(folder.resolve("with blank/a table.json"), "{}");

        LocatedFile beside =
                LocatedFile.beside(folder.resolve("with blank/run.yaml").toString(), "a table.json");
        LocatedFile below = LocatedFile.beside(folder.resolve("run.yaml").toString(), "with blank/a table.json");

        assertThat(beside.uri()).isEqualTo(below.uri());
        assertThat(Path.of(beside.uri())).isEqualTo(file);
        assertThat(beside.content()).isEqualTo(new byte[] {'{', '}'});
    }

    @Test
    void workingDirectoryComesFirst() throws IOException {
        Path here = Path.of("").toAbsolutePath();
        Path file = Files.createTempFile(here.resolve("target"), "table", ".json");
        try {
            String relative = here.relativize(file).toString();
            Files.createDirectories(folder.resolve("target"));
            Files.writeString(folder.resolve(relative), "other");

            assertThat(LocatedFile.beside(folder.resolve("run.yaml").toString(), relative)
                            .content())
                    .isEmpty();
        } finally {
            Files.delete(file);
        }
    }

    @Test
    void bothPlacesAreNamedWhereThereIsNone() {
        String configuration = folder.resolve("run.yaml").toString();

        assertThatThrownBy(() -> LocatedFile.beside(configuration, "none.json"))
                .isInstanceOf(CommandFailure.class)
                .hasMessageContaining("problem.file must be a file that exists")
                .hasMessageContaining(Path.of("none.json").toUri().toString())
                .hasMessageContaining(folder.resolve("none.json").toUri().toString());
    }

    @Test
    void absolutePlaceIsLookedForOnce() {
        String absolute = folder.resolve("none.json").toString();

        assertThatThrownBy(() -> LocatedFile.beside("run.yaml", absolute))
                .hasMessageEndingWith("there is no file://" + absolute);
    }
}
