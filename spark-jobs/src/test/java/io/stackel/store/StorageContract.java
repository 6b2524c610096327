package io.stackel.store;

import static io.stackel.store.Runs.bytes;
import static io.stackel.store.Runs.race;
import static io.stackel.store.Runs.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;

/** What the verbs promise on every backend. */
interface StorageContract extends Backend {

    @Test
    default void putCreatesAndReplaces() throws IOException {
        Storage storage = freshStorage();
        storage.put("data/a", bytes("first and longer"));
        storage.put("data/a", bytes("second"));

        assertThat(text(storage, "data/a")).isEqualTo("second");
    }

    @Test
    default void replaceCreatesAndReplaces() throws IOException {
        Storage storage = freshStorage();
        storage.replace("failures/a", bytes("first and longer"));
        storage.replace("failures/a", bytes("second"));

        assertThat(text(storage, "failures/a")).isEqualTo("second");
        assertThat(storage.list("failures")).containsExactly("a");
    }

    @Test
    default void anEmptyFileIsAFile() throws IOException {
        Storage storage = freshStorage();
        storage.put("data/empty", new byte[0]);

        assertThat(storage.list("data")).containsExactly("empty");
        assertThat(storage.read("data/empty", 10)).isEmpty();
    }

    @Test
    default void putIfAbsentNeverReplaces() throws IOException {
        Storage storage = freshStorage();

        assertThat(storage.putIfAbsent("a", bytes("first"))).isTrue();
        assertThat(storage.putIfAbsent("a", bytes("second"))).isFalse();
        assertThat(text(storage, "a")).isEqualTo("first");
    }

    /** How often eight racers meet. */
    default int rounds() {
        return 10;
    }

    @Test
    default void ofEightRacersExactlyOneCreatesTheFile() throws Exception {
        Storage storage = freshStorage();
        for (int round = 0; round < rounds(); round++) {
            String path = "commits/" + round;
            List<Callable<Boolean>> racers = new ArrayList<>();
            for (int racer = 0; racer < 8; racer++) {
                byte[] own = bytes("racer " + racer);
                racers.add(() -> storage.putIfAbsent(path, own));
            }

            List<Boolean> won = race(racers);

            assertThat(won).containsOnlyOnce(true);
            assertThat(text(storage, path)).isEqualTo("racer " + won.indexOf(true));
        }
        assertThat(storage.list("commits")).hasSize(rounds());
    }

    @Test
    default void readStopsAtTheLimit() throws IOException {
        Storage storage = freshStorage();
        storage.put("a", bytes("0123456789"));

        assertThat(storage.read("a", 4)).isEqualTo(bytes("0123"));
        assertThat(storage.read("a", 10)).isEqualTo(bytes("0123456789"));
        assertThat(storage.read("a", 1 << 30)).isEqualTo(bytes("0123456789"));
    }

    @Test
    default void aMissingFileIsToldApartFromAFailure() {
        Storage storage = freshStorage();

        assertThatThrownBy(() -> storage.read("data/none", 10)).isInstanceOf(NoSuchFileException.class);
    }

    @Test
    default void listTellsTheNamesInOrder() throws IOException {
        Storage storage = freshStorage();
        for (String name : List.of("b", "a", "C", "10", "9")) {
            storage.put("data/" + name, bytes(name));
        }
        storage.putIfAbsent("owners/x", bytes("x"));

        assertThat(storage.list("data")).containsExactly("10", "9", "C", "a", "b");
        assertThat(storage.list("owners")).containsExactly("x");
        assertThat(storage.list("metrics")).isEmpty();
    }

    @Test
    default void deleteRemovesAndIsContentWithNothing() throws IOException {
        Storage storage = freshStorage();
        storage.put("data/a", bytes("a"));
        storage.put("data/b", bytes("b"));

        storage.delete("data/a");
        storage.delete("data/a");
        storage.delete("nowhere/a");

        assertThat(storage.list("data")).containsExactly("b");
    }

    @Test
    default void noPathLeavesTheRoot() {
        Storage storage = freshStorage();
        for (String path :
                List.of("", "..", "../a", "/etc/passwd", "a/../../b", "a//b", "a/b/c", ".a", "a/.b", "a b")) {
            assertThatThrownBy(() -> storage.put(path, bytes("x")))
                    .as(path)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("path must match");
            assertThatThrownBy(() -> storage.read(path, 1)).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> storage.delete(path)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    default void theProbePassesAndLeavesNothing() throws IOException {
        Storage storage = freshStorage();
        storage.put("data/a", bytes("a"));

        ConditionalCreateProbe.require(storage);

        assertThat(storage.list("data")).containsExactly("a");
    }
}
