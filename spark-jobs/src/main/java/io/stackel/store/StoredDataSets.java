package io.stackel.store;

import io.stackel.problem.BlockSet;
import io.stackel.problem.BlockSource;
import io.stackel.problem.DataBlock;
import io.stackel.problem.LabelSummary;
import java.net.URI;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.hadoop.conf.Configuration;

/** Opens imported data sets on local disk, HDFS and S3: the one reader of both engines. */
public final class StoredDataSets implements BlockSource {

    private final Function<URI, Storage> places;
    private final BlockCache cache;

    /**
     * Opens data sets by their URIs; their blocks are kept in the cache of the process.
     *
     * @param hadoop the user's Hadoop configuration; not asked for where the disk is local
     */
    public StoredDataSets(Supplier<Configuration> hadoop) {
        this(root -> Stores.openForReading(root, hadoop), BlockCache.ofProcess());
    }

    StoredDataSets(Function<URI, Storage> places, BlockCache cache) {
        this.places = places;
        this.cache = cache;
    }

    @Override
    public BlockSet open(String uri) {
        cache.bound(); // a wrong setting is told before any work
        DataSetDirectory directory = new DataSetDirectory(places.apply(Stores.uri(uri)));
        DataSetFile file = directory
                .read()
                .orElseThrow(() -> new IllegalArgumentException("there is no data set at " + directory + " (no "
                        + DataSetFile.NAME + "); 'stackel data import' makes one"));
        return new StoredBlocks(directory, directory.toString(), file, file.sha256(), cache);
    }

    /** The blocks of a data set, read when they are asked for and not in the cache. */
    private record StoredBlocks(
            DataSetDirectory directory, String place, DataSetFile file, String sha256, BlockCache cache)
            implements BlockSet {

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
            return cache.get(new BlockCache.Key(place, sha256, index), () -> directory.block(file, index));
        }

        @Override
        public LabelSummary labels() {
            return file.labels().orElseGet(BlockSet.super::labels);
        }
    }
}
