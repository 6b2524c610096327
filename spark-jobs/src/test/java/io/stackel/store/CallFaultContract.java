package io.stackel.store;

import static io.stackel.store.Runs.claim;
import static io.stackel.store.Runs.commit;
import static io.stackel.store.Runs.failure;
import static org.assertj.core.api.Assertions.assertThat;

import io.stackel.store.CallFaults.Crash;
import io.stackel.store.CallFaults.Fault;
import io.stackel.store.StorageException.Kind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.List;
import java.util.concurrent.Callable;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What a run promises at every single call to the file system that a commit makes, on every backend: finer than requests
 * of the store, of which one may be several calls.
 */
interface CallFaultContract {

    /**
     * A place that no other test uses, reached plainly and through faults.
     *
     * @param powerCut loses all that was not forced to disk, and returns how much
     */
    record Place(Storage plain, Storage faulty, CallFaults faults, Callable<Integer> powerCut) {

        /** A place of which nothing is lost that was accepted: its server lives on. */
        static Place ofServer(Storage plain, Storage faulty, CallFaults faults) {
            return new Place(plain, faulty, faults, () -> 0);
        }
    }

    Place freshPlace();

    /** A file system of Hadoop's with faults at its calls. */
    static Storage through(CallFaults faults, URI root, Configuration settings, ExclusiveCreate exclusively) {
        try {
            FileSystem files = new FaultyFileSystem(FileSystem.get(root, settings), faults);
            return new HadoopStorage(files, new Path(root), exclusively, (path, failure) -> failure);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** The fewest calls that a commit of this backend makes; fewer would mean that faults are not reached. */
    int fewestCalls();

    /** The fewest files and names that the crashes of a test lose, for the same reason. */
    int fewestLosses();

    @ParameterizedTest
    @EnumSource(names = "CRASH_.*", mode = EnumSource.Mode.MATCH_ALL)
    default void aCrashAtAnyCallOfACommitLeavesTheOldCommitOrTheNewOne(Fault fault) throws Exception {
        int calls = Integer.MAX_VALUE;
        int renewed = 0;
        int lost = 0;
        for (int number = 0; number < calls; number++) {
            Place place = freshPlace();
            OwnedRun run = claim(place.faulty(), 1);
            commit(run, 10);
            place.faults().plan(number, fault);
            boolean done = crashes(run);
            if (done) {
                calls = number;
                assertThat(place.faults().calls()).hasSize(number);
            }
            String where =
                    fault + " at call " + number + " of " + place.faults().calls();
            List<String> states = done ? List.of("state 20") : List.of("state 10", "state 20");
            assertThat(Runs.state(place.plain())).as(where).isIn(states);
            lost += place.powerCut().call();

            OwnedRun next = claim(place.plain(), 1);
            Head head = next.head().orElseThrow();

            assertThat(Runs.state(next.head())).as(where).isIn(states);
            assertThat(head.notices()).as(where).isEmpty();
            renewed += Runs.state(next.head()).equals("state 20") ? 1 : 0;
            commit(next, 30);
            assertThat(RunReader.open(place.plain()).verify()).as(where).isEmpty();
        }
        assertThat(calls).isGreaterThanOrEqualTo(fewestCalls());
        assertThat(renewed).isBetween(2, calls);
        assertThat(lost).isGreaterThanOrEqualTo(fewestLosses());
    }

    private static boolean crashes(OwnedRun run) {
        try {
            commit(run, 20);
            return true;
        } catch (Crash crash) {
            return false;
        }
    }

    @ParameterizedTest
    @EnumSource
    default void noFaultAtAnyCallOfAReplacementLeavesAPartOfTheFile(Fault fault) throws IOException {
        boolean done = false;
        for (int number = 0; !done; number++) {
            for (boolean there : List.of(true, false)) {
                Place place = freshPlace();
                if (there) {
                    place.plain().replace("failures/a", Runs.bytes("old"));
                }
                place.faults().plan(number, fault);
                done = replaces(place.faulty());
                assertThat(place.plain().list("failures").stream().map(name -> found(place.plain(), name)))
                        .as(fault + " at call " + number + " of "
                                + place.faults().calls())
                        .isSubsetOf("old", "new and longer");
            }
        }
    }

    private static boolean replaces(Storage storage) {
        try {
            storage.replace("failures/a", Runs.bytes("new and longer"));
            return true;
        } catch (IOException | Crash struck) {
            return false;
        }
    }

    private static String found(Storage storage, String name) {
        try {
            return Runs.text(storage, "failures/" + name);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    @ParameterizedTest
    @EnumSource(names = "NO_SPACE")
    default void aFullDiskAtAnyCallKeepsTheLastCommitAndTheSameRunGoesOn(Fault fault) {
        int struck = 0;
        boolean spared = false;
        for (int number = 0; !spared; number++) {
            Place place = freshPlace();
            OwnedRun run = claim(place.faulty(), 1);
            commit(run, 10);
            place.faults().plan(number, fault);
            spared = writesAll(run, place.faults());
            struck += spared ? 0 : 1;
            place.faults().heal();

            OwnedRun next = claim(place.faulty(), 1);

            assertThat(Runs.state(next.head())).isIn(spared ? List.of("state 20") : List.of("state 10", "state 20"));
            commit(next, 30);
            assertThat(Runs.state(place.plain())).isEqualTo("state 30");
            assertThat(RunReader.open(place.plain()).verify()).isEmpty();
        }
        assertThat(struck).isGreaterThanOrEqualTo(8);
    }

    private static boolean writesAll(OwnedRun run, CallFaults faults) {
        try {
            commit(run, 20);
            assertThat(faults.refused()).isZero();
            return true;
        } catch (StorageException full) {
            assertThat(faults.refused()).isPositive();
            assertThat(failure(
                            () -> {
                                throw full;
                            },
                            Kind.TRY_AGAIN))
                    .hasMessageContaining(" bytes of ")
                    .hasMessageContaining("No space left on device")
                    .hasMessageContaining("run the same command again");
            return false;
        }
    }
}
