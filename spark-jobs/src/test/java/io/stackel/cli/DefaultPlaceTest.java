package io.stackel.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stackel.run.CommandFailure;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DefaultPlaceTest {

    private static final String NOW = "mine-0123456789ab";
    private static final String EARLIER = "mine-ba9876543210";

    @TempDir
    private Path folder;

    private final List<String> notices = new ArrayList<>();

    private Path find() {
        URI found = new DefaultPlace(folder, "mine", NOW)
                .find(place -> Files.exists(Path.of(place).resolve("same")), notices::add);
        return Path.of(found);
    }

    private void make(String name, boolean same) throws IOException {
        Path directory = Files.createDirectories(folder.resolve(name));
        if (same) {
            Files.createFile(directory.resolve("same"));
        }
    }

    @Test
    void withoutAnEarlierOneItIsTheNameOfThisVersion() throws IOException {
        make(EARLIER, false);
        make("mine-too-ba9876543210", true);
        make("yours-ba9876543210", true);
        make("mine-backup", true);

        assertThat(find()).isEqualTo(folder.resolve(NOW));
        assertThat(notices).isEmpty();
        assertThat(new DefaultPlace(folder.resolve("none"), "mine", NOW).find(place -> true, notices::add))
                .isEqualTo(folder.resolve("none").resolve(NOW).toUri());
    }

    @Test
    void earlierOneOfTheSameGoesOnAndIsTold() throws IOException {
        make(EARLIER, true);
        make("mine-cccccccccccc", false);

        assertThat(find()).isEqualTo(folder.resolve(EARLIER));
        assertThat(notices).singleElement().asString().contains(EARLIER).contains("an older version began");
    }

    @Test
    void oneOfThisVersionIsNeverLeftForAnEarlierOne() throws IOException {
        make(EARLIER, true);
        make(NOW, false);

        assertThat(find()).isEqualTo(folder.resolve(NOW));
        assertThat(notices).isEmpty();
    }

    @Test
    void theUserChoosesBetweenTwo() throws IOException {
        make(EARLIER, true);
        make("mine-cccccccccccc", true);

        assertThatThrownBy(this::find)
                .isInstanceOf(CommandFailure.class)
                .hasMessageContaining(EARLIER + ", ")
                .hasMessageContaining("say with --out which of them goes on");
    }
}
