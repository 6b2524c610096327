package io.stackel.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.stackel.problem.BlockSet;
import io.stackel.problem.DataBlock;
import io.stackel.problem.LabelSummary;
import io.stackel.store.StorageException.Kind;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoredDataSetsTest {

    private static final Optional<LabelSummary> LABELS =
            Optional.of(new LabelSummary(5, 9, true, new TreeMap<>(Map.of(5.0, 1L, 6.0, 1L, 9.0, 1L))));

    @TempDir
    Path folder;

    private DataSetDirectory directory;
    private DataSetFile file;

    @BeforeEach
    void write() {
        directory = new DataSetDirectory(new LocalStorage(folder));
        DataSetFile.Block first = directory.write(0, 2, new double[] {1, 2, 3, 4}, new double[] {5, 6});
        DataSetFile.Block second = directory.write(1, 2, new double[] {7, 8}, new double[] {9});
        file = new DataSetFile(3, 2, "y", List.of("a", "b"), List.of(first, second), LABELS, Map.of("seed", 1L));
    }

    private BlockSet open(long room) {
        return new StoredDataSets(
                        root -> Stores.openForReading(root, () -> {
                            throw new AssertionError("a local disk must be read without Hadoop");
                        }),
                        new BlockCache(() -> room))
                .open(folder.toString());
    }

    @Test
    void blocksComeBackAsTheyWereWritten() {
        assertThat(directory.complete(file)).isTrue();

        BlockSet set = open(Long.MAX_VALUE);

        assertThat(set.rows()).isEqualTo(3);
        assertThat(set.columns()).isEqualTo(2);
        assertThat(set.blocks()).isEqualTo(2);
        DataBlock second = set.block(1);
        assertThat(second.firstRow()).isEqualTo(2);
        assertThat(second.rowMajor()).containsExactly(7, 8);
        assertThat(second.labels().values()).containsExactly(9);
        assertThat(set.block(1)).isSameAs(second);
        assertThat(set.sha256()).isEqualTo(file.sha256());
    }

    @Test
    void blocksAreReadAnewWhereThereIsNoRoom() {
        directory.complete(file);
        BlockSet set = open(0);

        assertThat(set.block(1)).isNotSameAs(set.block(1));
        assertThat(set.block(1).rowMajor()).containsExactly(7, 8);
    }

    @Test
    void labelsAreKnownWithoutABlockAndDamageToThemIsNamed() throws IOException {
        directory.complete(file);
        Files.delete(folder.resolve("blocks/00000000.safetensors"));

        assertThat(open(0).labels()).isEqualTo(LABELS.orElseThrow());

        Path json = folder.resolve("dataset.json");
        Files.writeString(json, Files.readString(json).replace("[6.0,1]", "[7.0,1]"));
        assertDamaged(() -> open(0), "dataset.json: labels must have the SHA-256");
    }

    @Test
    void aDataSetOfAVersionThatNotedNoLabelsIsReadForThem() {
        directory.complete(new DataSetFile(3, 2, "y", List.of("a", "b"), file.blocks(), Optional.empty(), Map.of()));

        assertThat(open(0).labels()).isEqualTo(LABELS.orElseThrow());
    }

    @Test
    void dataSetsThatAreOpenedAgainShareTheirBlocks() {
        directory.complete(file);
        BlockCache cache = new BlockCache(() -> Long.MAX_VALUE);
        Function<URI, Storage> places = root -> new LocalStorage(Path.of(root));

        DataBlock first =
                new StoredDataSets(places, cache).open(folder.toString()).block(1);
        DataBlock second =
                new StoredDataSets(places, cache).open(folder.toString()).block(1);

        assertThat(second).isSameAs(first);
    }

    @Test
    void identityIsTheContentAndNotTheOrigin() {
        DataSetFile elsewhere =
                new DataSetFile(3, 2, "y", List.of("a", "b"), file.blocks(), Optional.empty(), Map.of("seed", 2L));
        DataSetFile renamed = new DataSetFile(3, 2, "y", List.of("a", "c"), file.blocks(), LABELS, Map.of());

        assertThat(elsewhere.sha256()).isEqualTo(file.sha256());
        assertThat(renamed.sha256()).isNotEqualTo(file.sha256());
    }

    @Test
    void aDataSetIsCompletedOnceAndOnlyWithAllItsBlocks() throws IOException {
        assertThatThrownBy(() -> open(0)).hasMessageContaining("there is no data set at");
        Files.move(folder.resolve("blocks/00000001.safetensors"), folder.resolve("elsewhere"));
        assertThatThrownBy(() -> directory.complete(file))
                .hasMessageContaining("must have 2 blocks, but 1 are found from here");
        Files.move(folder.resolve("elsewhere"), folder.resolve("blocks/00000001.safetensors"));

        assertThat(directory.complete(file)).isTrue();
        assertThat(directory.complete(file)).isFalse();
    }

    @Test
    void damageIsNamed() throws IOException {
        directory.complete(file);
        Path block = folder.resolve("blocks/00000000.safetensors");
        byte[] bytes = Files.readAllBytes(block);
        bytes[bytes.length - 1] ^= 1;
        Files.write(block, bytes);

        assertDamaged(() -> open(0).block(0), "blocks/00000000.safetensors must have SHA-256");
        Files.delete(block);
        assertDamaged(() -> open(0).block(0), "blocks/00000000.safetensors is missing");
        Path json = folder.resolve("dataset.json");
        Files.writeString(json, Files.readString(json).replace("\"b\"", "\"c\""));
        assertDamaged(() -> open(0), "dataset.json: its content must have the SHA-256");
    }

    private static void assertDamaged(Runnable action, String what) {
        StorageException failure = catchThrowableOfType(StorageException.class, action::run);
        assertThat(failure.kind()).isEqualTo(Kind.DAMAGED);
        assertThat(failure).hasMessageContaining(what);
    }

    @Test
    void hadoopSettingsSurviveTheJourney() {
        Configuration settings = new Configuration(false);
        settings.set("fs.some.key", "a value");

        assertThat(ShippedConfiguration.of(settings).get().get("fs.some.key")).isEqualTo("a value");
    }
}
