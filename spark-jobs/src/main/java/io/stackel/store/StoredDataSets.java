package io.stackel.store;

import io.stackel.problem.BlockSet;
import io.stackel.problem.BlockSource;
import io.stackel.problem.DataBlock;
import io.stackel.problem.LabelSummary;
import java.net.URI;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.hadoop.conf.Configuration;

/** Opens imported data sets on local disk, HDFS and S3: the one reader of both engines. */
public final class StoredDataSets implements BlockSource {

    /** The share of the largest heap that blocks of one source may take up. */
    private static final int SHARE = 8;

    private final Function<URI, Storage> places;
    private final AtomicLong room;

    /**
     * Opens data sets by their URIs.
     *
     * @param hadoop the user's Hadoop configuration; not asked for where the disk is local
     */
    public StoredDataSets(Supplier<Configuration> hadoop) {
        this(root -> Stores.openForReading(root, hadoop), Runtime.getRuntime().maxMemory() / SHARE);
    }

    StoredDataSets(Function<URI, Storage> places, long room) {
        this.places = places;
        this.room = new AtomicLong(room);
    }

    @Override
    public BlockSet open(String uri) {
        DataSetDirectory directory = new DataSetDirectory(places.apply(Stores.uri(uri)));
        DataSetFile file = directory
                .read()
                .orElseThrow(() -> new IllegalArgumentException("there is no data set at " + directory + " (no "
                        + DataSetFile.NAME + "); 'stackel data import' makes one"));
        return new StoredBlocks(directory, file, room);
    }

    /**
     * The blocks of a data set, read when they are asked for and kept as long as there is room.
     *
     * <p>Minibatches draw blocks uniformly, so any set of kept blocks saves as many reads as any other of its size: the first
     * ones stay, and nothing is ever put out.
     */
    private static final class StoredBlocks implements BlockSet {

        private final DataSetDirectory directory;
        private final DataSetFile file;
        private final AtomicLong room;
        private final AtomicReferenceArray<DataBlock> kept;

        /**
         * Reads the blocks of one data set and keeps what fits.
         *
         * @param room bytes that blocks may still take up in this process, shared between data sets
         */
        StoredBlocks(DataSetDirectory directory, DataSetFile file, AtomicLong room) {
            this.directory = directory;
            this.file = file;
            this.room = room;
            kept = new AtomicReferenceArray<>(file.blocks().size());
        }

        @Override
        public long rows() {
            return file.rows();
        }

        @Override
        public int columns() {
            return file.columns().size();
        }

        @Override
        public int blocks() {
            return file.blocks().size();
        }

        @Override
        public DataBlock block(int index) {
            DataBlock there = kept.get(index);
            if (there != null) {
                return there;
            }
            DataBlock block = directory.block(file, index);
            long size = file.blocks().get(index).length();
            if (room.addAndGet(-size) < 0 || !kept.compareAndSet(index, null, block)) {
                room.addAndGet(size);
            }
            return block;
        }

        @Override
        public LabelSummary labels() {
            return file.labels().orElseGet(BlockSet.super::labels);
        }

        @Override
        public String sha256() {
            return file.sha256();
        }
    }
}
