package io.stackel.store;

import static io.stackel.store.Runs.bytes;
import static io.stackel.store.Runs.claim;
import static io.stackel.store.Runs.commit;
import static io.stackel.store.Runs.failure;
import static io.stackel.store.Runs.fiveCommits;
import static io.stackel.store.Runs.state;
import static org.assertj.core.api.Assertions.assertThat;

import io.stackel.store.StorageException.Kind;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.permission.FsPermission;
import org.apache.hadoop.security.UserGroupInformation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class HdfsRunStoreIT
        implements StorageContract,
                RunStoreContract,
                FaultContract,
                CallFaultContract,
                DamageContract,
                RetentionContract {

    @RegisterExtension
    static final HdfsServer HDFS = new HdfsServer();

    @TempDir
    Path folder;

    @Override
    public Storage freshStorage() {
        return Stores.open(HDFS.freshRoot(), HDFS::configuration, false);
    }

    @Override
    public Place freshPlace() {
        URI root = HDFS.freshRoot();
        CallFaults faults = new CallFaults();
        return Place.ofServer(
                Stores.open(root, HDFS::configuration, false),
                CallFaultContract.through(faults, root, HDFS.configuration(), new ExclusiveCreate.ByRename()),
                faults);
    }

    @Override
    public int fewestLosses() {
        return 0;
    }

    @Override
    public int fewestCalls() {
        return 15;
    }

    @Test
    void everyFileIsForcedToTheDisksBeforeItCounts() {
        Place place = freshPlace();
        commit(claim(place.faulty()), 10);

        List<String> calls = place.faults().calls();
        List<String> created = calls.stream()
                .filter(call -> call.startsWith("create "))
                .map(call -> call.replace("create ", ""))
                .toList();

        assertThat(created).hasSizeGreaterThanOrEqualTo(6);
        for (String file : created) {
            assertThat(calls).containsSubsequence("write " + file, "sync " + file, "close " + file);
        }
    }

    @Test
    void aRunThatIsCopiedToADiskGoesOnThere() throws IOException {
        Storage there = freshStorage();
        fiveCommits(there);
        Storage here = new LocalStorage(folder);
        Runs.copy(there, here);

        OwnedRun run = claim(here);

        assertThat(state(run.head())).isEqualTo("state 50");
        commit(run, 60);
        assertThat(RunReader.open(here).verify()).isEmpty();
    }

    @Test
    void aFolderThatIsClosedToTheUserIsNamed() throws Exception {
        URI root = HDFS.freshRoot();
        org.apache.hadoop.fs.Path path = new org.apache.hadoop.fs.Path(root);
        try (FileSystem files = FileSystem.newInstance(root, HDFS.configuration())) {
            files.mkdirs(path, new FsPermission("700"));
        }

        StorageException failure = UserGroupInformation.createRemoteUser("stranger")
                .doAs((java.security.PrivilegedAction<StorageException>) () -> failure(
                        () -> RunStore.open(Stores.open(root, HDFS::configuration, false), Runs.HEADER), Kind.REFUSED));

        assertThat(failure).hasMessageContaining("stranger").hasMessageContaining("permissions");
    }

    @Test
    void aPlaceThatCanBeNoDirectoryIsRefused() throws IOException {
        URI root = HDFS.freshRoot();
        Storage parent = Stores.open(root, HDFS::configuration, false);
        parent.put("file", bytes("text"));
        for (String name : List.of("file", "file/x/y", "n".repeat(300))) {
            URI place = URI.create(root + "/" + name);

            StorageException failure = failure(
                    () -> RunStore.open(Stores.open(place, HDFS::configuration, false), Runs.HEADER), Kind.REFUSED);

            assertThat(failure)
                    .hasMessageContaining(place.toString())
                    .hasMessageMatching(".*; (give|the store turned the request down: mend) .*")
                    .hasMessageNotContaining("Exception");
        }
    }
}
