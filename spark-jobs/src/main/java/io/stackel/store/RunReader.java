package io.stackel.store;

import io.stackel.math.Sha256;
import java.io.ByteArrayOutputStream;
import java.security.MessageDigest;
import java.util.List;
import java.util.Optional;

/** A run as anybody may read it, beside a live driver too; it claims and writes nothing. */
public final class RunReader {

    private final RunDirectory directory;
    private final RunHeader header;

    RunReader(RunDirectory directory, RunHeader header) {
        this.directory = directory;
        this.header = header;
    }

    /**
     * Opens a run that exists.
     *
     * @throws StorageException refused if there is no run below the root
     */
    public static RunReader open(Storage storage) {
        RunDirectory directory = new RunDirectory(storage);
        RunHeader header = directory
                .header()
                .orElseThrow(() -> StorageException.refused(
                        "there is no run at " + directory + " (no " + Layout.RUN + ")",
                        "give the directory that --out named; 'stackel list' shows the runs here"));
        return new RunReader(directory, header);
    }

    /** Opens a run, if there is one below the root. */
    public static Optional<RunReader> find(Storage storage) {
        RunDirectory directory = new RunDirectory(storage);
        return directory.header().map(header -> new RunReader(directory, header));
    }

    /** The configuration that the run was started with. */
    public RunHeader header() {
        return header;
    }

    /**
     * Returns if a configuration is that of the run.
     *
     * @throws StorageException refused, with a line for each key that differs
     */
    public void requireSameIdentity(RunHeader given) {
        given.requireSameIdentity(header, directory.toString());
    }

    /**
     * Returns if a driver with this header may go on with the run.
     *
     * @throws StorageException refused if the run has another configuration or another numericsVersion
     */
    public void requireSame(RunHeader given) {
        given.requireSame(header, directory.toString());
    }

    /** Where the run stands; nothing before its first commit. */
    public Optional<Head> head() {
        return new CommitLog(directory, header).head();
    }

    /**
     * The bytes of a file that a commit names.
     *
     * @throws StorageException damaged if they are missing or not those that were committed
     */
    public byte[] read(StoredFile file) {
        return directory.require(file);
    }

    /** The metrics of the whole chain, from the first row to the last. */
    public byte[] metrics(Head head) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        head.chain().forEach(commit -> all.writeBytes(read(commit.metrics())));
        return all.toByteArray();
    }

    /**
     * Returns if the metrics of the whole chain are as they were committed, so that a run that goes on from here can be
     * read when it ends.
     *
     * @throws StorageException damaged, with the file by name
     */
    public void requireHistory(Head head) {
        head.chain().forEach(commit -> read(commit.metrics()));
    }

    /** SHA-256 of {@link #metrics}: what two equal runs have in common. */
    public String metricsSha256(Head head) {
        MessageDigest digest = Sha256.digest();
        head.chain().forEach(commit -> digest.update(read(commit.metrics())));
        return Sha256.hex(digest);
    }

    /** The claims on the run, ascending. */
    public List<Owner> owners() {
        return directory.epochs(Layout.OWNERS).stream().map(directory::owner).toList();
    }

    /** Where the run stands beside what its drivers said of themselves. */
    public RunSnapshot snapshot() {
        return RunSnapshot.read(directory, new CommitLog(directory, header));
    }

    /** Re-reads everything that is committed and lists what is not as it was written; empty if all is well. */
    public List<String> verify() {
        return new Verification(directory, header).problems();
    }
}
