package io.stackel.store;

import static io.stackel.store.Runs.HEADER;
import static io.stackel.store.Runs.claim;
import static io.stackel.store.Runs.commit;
import static io.stackel.store.Runs.failure;
import static io.stackel.store.Runs.request;
import static io.stackel.store.Runs.state;
import static org.assertj.core.api.Assertions.assertThat;

import io.stackel.store.FaultyStorage.Crash;
import io.stackel.store.FaultyStorage.When;
import io.stackel.store.StorageException.Kind;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a run promises when requests fail, answers get lost and processes die, on every backend. */
interface FaultContract extends Backend {

    @ParameterizedTest
    @EnumSource
    default void aLostAnswerIsSettledByReadingBack(When when) {
        FaultyStorage storage = new FaultyStorage(freshStorage());
        for (String exclusive : List.of("run.json", "owners", "commits")) {
            storage.fail("putIfAbsent " + exclusive, when, 1);
        }

        OwnedRun run = claim(storage);
        Commit first = commit(run, 10);
        Commit second = commit(run, 20);

        assertThat(storage.struck()).isEqualTo(3);
        assertThat(run.owner().epoch()).isEqualTo(1);
        assertThat(second.parent()).contains(first.id());
        assertThat(RunReader.open(storage).verify()).isEmpty();
        assertThat(RunReader.open(storage).head().orElseThrow().chain()).hasSize(2);
    }

    @ParameterizedTest
    @EnumSource
    default void whileACommitIsUnknownNothingIsDeletedAndNothingMoreIsWritten(When when) {
        FaultyStorage storage = new FaultyStorage(freshStorage());
        OwnedRun run = claim(storage, 1);
        commit(run, 10);
        storage.fail("putIfAbsent commits", when, Integer.MAX_VALUE);
        storage.fail("read commits", When.BEFORE, Integer.MAX_VALUE);
        storage.requests().clear();

        StorageException failure = failure(() -> commit(run, 20), Kind.TRY_AGAIN);

        assertThat(storage.struck()).isEqualTo(6);
        assertThat(failure.kind().exitCode()).isEqualTo(75);
        assertThat(failure)
                .hasMessageContaining("commits/00000001-0000000002.json")
                .hasMessageContaining("planted");
        assertThat(storage.requests()).noneMatch(name -> name.startsWith("delete"));
        storage.heal();
        storage.requests().clear();
        assertThat(failure(() -> commit(run, 20), Kind.TRY_AGAIN)).isSameAs(failure);
        assertThat(storage.requests()).isEmpty();
        assertThat(state(storage)).isEqualTo(when == When.AFTER ? "state 20" : "state 10");
    }

    @ParameterizedTest
    @EnumSource
    default void afterAFailedWriteTheSameDriverMayCommitAgain(When when) {
        FaultyStorage storage = new FaultyStorage(freshStorage());
        OwnedRun run = claim(storage);
        commit(run, 10);
        for (String folder : List.of("data", "metrics", "timings")) {
            storage.heal();
            storage.fail("put " + folder, when, 1);
            assertThat(failure(() -> commit(run, 20), Kind.TRY_AGAIN))
                    .hasMessageContaining(" bytes of " + folder)
                    .hasMessageContaining("run the same command again");
            assertThat(storage.struck()).isEqualTo(1);
            assertThat(state(storage)).isEqualTo("state 10");
        }

        commit(run, 20);

        assertThat(state(storage)).isEqualTo("state 20");
        assertThat(RunReader.open(storage).verify()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    default void aDriverThatCannotSeeTheClaimsStops(When when) {
        FaultyStorage storage = new FaultyStorage(freshStorage());
        OwnedRun run = claim(storage);
        storage.fail("list owners", when, 1);

        failure(() -> commit(run, 10), Kind.TRY_AGAIN);

        assertThat(storage.struck()).isEqualTo(1);
        failure(() -> commit(run, 20), Kind.TRY_AGAIN);
        assertThat(state(storage)).isEqualTo("state 10");
    }

    /** Every request from opening to the second commit, before and after it. */
    @ParameterizedTest
    @EnumSource
    default void aCrashAtAnyRequestLeavesTheOldCommitOrTheNewOne(When when) {
        int requests = Integer.MAX_VALUE;
        for (int number = 0; number < requests; number++) {
            Storage real = freshStorage();
            FaultyStorage storage = new FaultyStorage(real);
            storage.crash(number, when);
            long[] acknowledged = {0};
            boolean crashed = crashes(storage, acknowledged);
            if (!crashed) {
                requests = number;
                assertThat(storage.requests()).hasSize(number);
            }

            OwnedRun next = claim(real, 1);
            long found = next.head()
                    .map(head -> head.commit().summary().path("step").asLong())
                    .orElse(0L);

            assertThat(found)
                    .as("crash %s request %d: %s", when, number, storage.requests())
                    .isIn(acknowledged[0], acknowledged[0] + 10);
            assertThat(next.head().map(Head::notices).orElse(List.of())).isEmpty();
            commit(next, found + 10);
            assertThat(RunReader.open(real).verify()).isEmpty();
        }
        assertThat(requests).isBetween(15, 40);
    }

    private static boolean crashes(FaultyStorage storage, long[] acknowledged) {
        try {
            OwnedRun run = RunStore.open(storage, HEADER).claim(request(Takeover.ALWAYS, 1));
            for (long step = 10; step <= 20; step += 10) {
                commit(run, step);
                acknowledged[0] = step;
            }
            return false;
        } catch (Crash crash) {
            return true;
        }
    }

    @Test
    default void aFailedRemovalIsToldAndMadeUpFor() throws IOException {
        FaultyStorage storage = new FaultyStorage(freshStorage());
        List<String> notices = new ArrayList<>();
        OwnedRun run = RunStore.open(storage, HEADER).claim(request(Takeover.ALWAYS, 1, notices::add));
        commit(run, 10);
        storage.fail("delete data", When.BEFORE, 1);

        commit(run, 20);

        assertThat(storage.struck()).isEqualTo(1);
        assertThat(notices).singleElement().asString().contains("old data were not removed");
        assertThat(storage.list("data")).hasSize(2);
        commit(run, 30);
        assertThat(storage.list("data")).hasSize(1);
    }
}
