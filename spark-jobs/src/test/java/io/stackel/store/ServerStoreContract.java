package io.stackel.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** All that holds of a store whose server lives on when a driver dies. */
interface ServerStoreContract extends StoreContract {

    /** A root that no other test uses. */
    URI freshRoot();

    /** The settings that reach the server. */
    Configuration configuration();

    /** How its files are created unless they are there. */
    ExclusiveCreate exclusively();

    @Override
    default Storage freshStorage() {
        return Stores.open(freshRoot(), this::configuration, false);
    }

    @Override
    default Place freshPlace() {
        URI root = freshRoot();
        CallFaults faults = new CallFaults();
        return Place.ofServer(
                Stores.open(root, this::configuration, false),
                CallFaultContract.through(faults, root, configuration(), exclusively()),
                faults);
    }

    @Override
    default int fewestLosses() {
        return 0;
    }

    @Test
    default void aRunThatIsCopiedToADiskGoesOnThere(@TempDir Path folder) throws IOException {
        Storage there = freshStorage();
        Runs.fiveCommits(there);
        Storage here = new LocalStorage(folder);
        Runs.copy(there, here);

        OwnedRun run = Runs.claim(here);

        assertThat(Runs.state(run.head())).isEqualTo("state 50");
        Runs.commit(run, 60);
        assertThat(RunReader.open(here).verify()).isEmpty();
    }
}
