package io.stackel.store;

import io.stackel.problem.BlockSet;
import io.stackel.problem.BlockSource;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.apache.hadoop.conf.Configuration;

/** Opens imported data sets on local disk, HDFS and S3: the one reader of both engines. */
public final class StoredDataSets implements BlockSource {

    /** The share of the largest heap that blocks of one source may take up. */
    private static final int SHARE = 8;

    private final Supplier<Configuration> hadoop;
    private final AtomicLong room;

    /**
     * Opens data sets by their URIs.
     *
     * @param hadoop the user's Hadoop configuration; not asked for where the disk is local
     */
    public StoredDataSets(Supplier<Configuration> hadoop) {
        this(hadoop, Runtime.getRuntime().maxMemory() / SHARE);
    }

    StoredDataSets(Supplier<Configuration> hadoop, long room) {
        this.hadoop = hadoop;
        this.room = new AtomicLong(room);
    }

    @Override
    public BlockSet open(String uri) {
        DataSetDirectory directory = new DataSetDirectory(Stores.openForReading(Stores.uri(uri), hadoop));
        DataSetFile file = directory
                .read()
                .orElseThrow(() -> new IllegalArgumentException("there is no data set at " + directory + " (no "
                        + DataSetFile.NAME + "); 'stackel data import' makes one"));
        return new StoredBlocks(directory, file, room);
    }
}
