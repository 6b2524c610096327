package io.stackel.store;

import static io.stackel.store.Runs.bytes;
import static io.stackel.store.Runs.claim;
import static io.stackel.store.Runs.commit;
import static io.stackel.store.Runs.failure;
import static org.assertj.core.api.Assertions.assertThat;

import io.stackel.store.StorageException.Kind;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.permission.FsPermission;
import org.apache.hadoop.security.UserGroupInformation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class HdfsRunStoreIT implements ServerStoreContract {

    @RegisterExtension
    static final HdfsServer HDFS = new HdfsServer();

    @Override
    public URI freshRoot() {
        return HDFS.freshRoot();
    }

    @Override
    public Configuration configuration() {
        return HDFS.configuration();
    }

    @Override
    public ExclusiveCreate exclusively() {
        return new ExclusiveCreate.ByRename();
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
                    .hasMessageMatching(".*; (give|the store turned the request down: fix) .*")
                    .hasMessageNotContaining("Exception");
        }
    }
}
