package io.stackel.store;

import static io.stackel.store.LocalRunStoreTest.NO_HADOOP;
import static io.stackel.store.Runs.bytes;
import static io.stackel.store.Runs.failure;
import static org.assertj.core.api.Assertions.assertThat;

import io.stackel.store.StorageException.Kind;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StoresTest {

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({
        "/runs/a, file:///runs/a",
        "/runs/../a b, file:///a%20b",
        "file:///runs/a, file:///runs/a",
        "file:/runs/a, file:/runs/a",
        "hdfs://host:8020/runs/a, hdfs://host:8020/runs/a",
        "s3a://bucket/runs/a, s3a://bucket/runs/a"
    })
    void aLocationIsAUriOrAPath(String location, String uri) {
        assertThat(Stores.uri(location)).isEqualTo(URI.create(uri));
    }

    @Test
    void aBarePathIsTakenFromTheWorkingFolder() {
        assertThat(Stores.uri("runs/a"))
                .isEqualTo(Path.of("").toAbsolutePath().resolve("runs/a").toUri());
    }

    @ParameterizedTest
    @ValueSource(strings = {"file:relative", "file://host/runs", "file:///runs?x=1"})
    void aLocalUriThatIsNoPathIsRefused(String uri) {
        assertThat(failure(() -> Stores.open(URI.create(uri), NO_HADOOP, false), Kind.REFUSED))
                .hasMessageContaining(uri)
                .hasMessageContaining("hdfs://host/runs/a");
    }

    @Test
    void aNameThatNoFileCanHaveIsRefused() {
        assertThat(failure(() -> Stores.uri("runs/\0"), Kind.REFUSED))
                .hasMessageContaining(
                        "cannot be the name of a file where names are in " + System.getProperty("sun.jnu.encoding"))
                .hasMessageContaining("LC_ALL=C.UTF-8");
    }

    @Test
    void aMalformedUriIsRefused() {
        assertThat(failure(() -> Stores.uri("hdfs://a b"), Kind.REFUSED)).hasMessageContaining("hdfs://a b");
    }

    @ParameterizedTest
    @ValueSource(strings = {"gs", "abfss", "viewfs", "webhdfs", "s3n", "http"})
    void schemesWithoutExclusiveCreationAreRefusedUnlessTheUserVouches(String scheme) {
        URI root = URI.create(scheme + "://host/runs/a");

        assertThat(failure(() -> Stores.open(root, NO_HADOOP, false), Kind.REFUSED))
                .hasMessageContaining("'" + scheme + ":'")
                .hasMessageContaining("--single-writer");
    }

    @Test
    void anUnknownSchemeIsRefusedEvenThen() {
        URI root = URI.create("nowhere://host/runs/a");

        assertThat(failure(() -> Stores.open(root, () -> new Configuration(false), true), Kind.REFUSED))
                .hasMessageContaining("nowhere");
    }

    @Test
    void onlyTheFilesOfTheRunAreOnTheDisk() throws IOException {
        Storage storage = Stores.open(folder.resolve("a/b/run").toUri(), NO_HADOOP, false);
        storage.put("data/a", bytes("a"));
        storage.putIfAbsent("commits/b", bytes("b"));
        storage.putIfAbsent("commits/b", bytes("c"));

        try (var paths = Files.walk(folder)) {
            List<String> files = paths.filter(Files::isRegularFile)
                    .map(path -> folder.relativize(path).toString())
                    .sorted()
                    .toList();
            assertThat(files).containsExactly("a/b/run/commits/b", "a/b/run/data/a");
        }
    }

    @Test
    void readingMakesNoFolder() throws IOException {
        Path root = folder.resolve("none");
        Storage storage = Stores.openForReading(root.toUri(), NO_HADOOP);

        assertThat(storage.list("commits")).isEmpty();
        assertThat(failure(() -> RunReader.open(storage), Kind.REFUSED)).hasMessageContaining("there is no run at");
        assertThat(root).doesNotExist();
    }

    @Test
    void aFileWhereAFolderShouldBeIsNoRun() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "text");

        for (Path root : List.of(file, file.resolve("x/y"))) {
            assertThat(failure(() -> Stores.open(root.toUri(), NO_HADOOP, false), Kind.REFUSED))
                    .hasMessageContaining(root + " cannot be a directory: " + file + " is a file");
            failure(() -> Stores.openForReading(root.toUri(), NO_HADOOP), Kind.REFUSED);
        }
    }

    /** As where the file comes to be after the run was opened. */
    @Test
    void aFileInTheWayOfARequestIsRefused() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "text");
        Storage storage = new LocalStorage(file);

        assertThat(failure(() -> RunStore.open(storage, Runs.HEADER), Kind.REFUSED))
                .hasMessageContaining("run.json")
                .hasMessageContaining(file.toUri().toString())
                .hasMessageContaining("Not a directory); give a directory");
    }

    @Test
    void withoutAHostADefaultFileSystemIsMeant() {
        Configuration hadoop = new Configuration(false);
        hadoop.set("fs.defaultFS", "hdfs://nn:8020");

        HadoopFiles.requireHost(URI.create("hdfs:///runs/a"), hadoop);
        failure(() -> HadoopFiles.requireHost(URI.create("s3a:///runs/a"), hadoop), Kind.REFUSED);
        hadoop.set("fs.defaultFS", "file:///");
        failure(() -> HadoopFiles.requireHost(URI.create("hdfs:///runs/a"), hadoop), Kind.REFUSED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"s3a://KEY:CANARY@bucket/a", "https://host/a?X-Amz-Signature=CANARY", "s3a://KEY:CAN ARY@b"})
    void credentialsInAnAddressAreRefusedWithoutRepeatingThem(String location) {
        assertThat(failure(() -> Stores.uri(location), Kind.REFUSED))
                .hasMessageStartingWith("a place must hold no credentials, but ")
                .hasMessageContaining("credential provider")
                .hasMessageNotContaining("CANARY")
                .hasMessageNotContaining("ARY@");
    }
}
