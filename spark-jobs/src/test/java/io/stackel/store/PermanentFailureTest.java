package io.stackel.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.stackel.store.StorageException.Kind;
import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.stream.Stream;
import org.apache.hadoop.fs.ParentNotDirectoryException;
import org.apache.hadoop.hdfs.protocol.DSQuotaExceededException;
import org.apache.hadoop.hdfs.protocol.FSLimitException;
import org.apache.hadoop.hdfs.server.namenode.SafeModeException;
import org.apache.hadoop.ipc.RemoteException;
import org.apache.hadoop.ipc.StandbyException;
import org.apache.hadoop.security.AccessControlException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which failures stay however often the same request is made, and which time may mend. */
class PermanentFailureTest {

    private static StorageException meaning(IOException failure) {
        return StorageException.of("cannot write a", HadoopFiles.named("a", failure), "wait and ask again");
    }

    private static void assertStays(IOException failure) {
        assertThat(meaning(failure).kind()).as(failure.toString()).isEqualTo(Kind.REFUSED);
        assertThat(meaning(failure))
                .hasMessageStartingWith("cannot write a (")
                .hasMessageMatching(".*\\); .*(give|fix) .*")
                .hasMessageNotContaining("Exception")
                .hasMessageNotContaining("wait");
    }

    private static void assertPasses(IOException failure) {
        assertThat(meaning(failure).kind()).as(failure.toString()).isEqualTo(Kind.TRY_AGAIN);
        assertThat(meaning(failure)).hasMessageEndingWith("; wait and ask again");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Not a directory",
                "Is a directory",
                "File name too long",
                "Read-only file system",
                "Operation not permitted",
                "Operation not supported",
                "Invalid argument",
                "Too many levels of symbolic links or unable to access attributes of symbolic link"
            })
    void whatTheSystemWillNeverGrantStays(String reason) {
        assertStays(new FileSystemException("/x", null, reason));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "No space left on device",
                "Disk quota exceeded",
                "Input/output error",
                "Stale file handle",
                "Too many open files",
                "Device or resource busy",
                "Connection timed out",
                ""
            })
    void whatTimeMayMendPasses(String reason) {
        assertPasses(new FileSystemException("/x", null, reason));
        assertPasses(new IOException(reason));
    }

    static Stream<IOException> staying() {
        return Stream.of(
                new AccessDeniedException("/x"),
                new AccessDeniedException("/x", "", "there is no such bucket"),
                new NotDirectoryException("/x"),
                new FileAlreadyExistsException("/x"),
                new AccessControlException("user=a, access=WRITE"),
                new ParentNotDirectoryException("/x is not a directory"),
                new org.apache.hadoop.fs.FileAlreadyExistsException("/x is a file"),
                new FSLimitException.PathComponentTooLongException(255, 300, "/", "n"),
                new RemoteException(AccessControlException.class.getName(), "user=a, access=WRITE"),
                new RemoteException(ParentNotDirectoryException.class.getName(), "/x is not a directory"),
                new RemoteException(FSLimitException.PathComponentTooLongException.class.getName(), "300"));
    }

    @ParameterizedTest
    @MethodSource("staying")
    void aClosedDoorStays(IOException failure) {
        assertStays(failure);
    }

    static Stream<IOException> passing() {
        return Stream.of(
                new NoSuchFileException("/x"),
                new ConnectException("refused"),
                new EOFException(),
                new DSQuotaExceededException(1, 2),
                new RemoteException(DSQuotaExceededException.class.getName(), "full"),
                new RemoteException(SafeModeException.class.getName(), "starting"),
                new RemoteException(StandbyException.class.getName(), "the other one"),
                new RemoteException("no.such.Class", "x"));
    }

    @ParameterizedTest
    @MethodSource("passing")
    void aServerThatIsAwayPasses(IOException failure) {
        assertPasses(failure);
    }

    @Test
    void anUnknownHostMayBeKnownLater() {
        StorageException failure =
                HadoopFiles.notOpened(URI.create("hdfs://nn/a"), new UnknownHostException("nn: Name not known"));

        assertThat(failure.kind()).isEqualTo(Kind.TRY_AGAIN);
        assertThat(failure)
                .hasMessageContaining("hdfs://nn/a")
                .hasMessageContaining("see whether the name is right")
                .hasMessageContaining("run the same command again");
    }
}
