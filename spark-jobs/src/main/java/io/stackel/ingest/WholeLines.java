package io.stackel.ingest;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.io.compress.CompressionCodecFactory;
import org.apache.hadoop.mapreduce.JobContext;
import org.apache.hadoop.mapreduce.lib.input.TextInputFormat;

/**
 * Lines by their byte offset, of exactly the given files: names are no patterns, and compressed files are not split, because
 * offsets within them depend on the split.
 */
public final class WholeLines extends TextInputFormat {

    /** Called by Hadoop, by reflection. */
    public WholeLines() {}

    @Override
    protected List<FileStatus> listStatus(JobContext job) throws IOException {
        List<FileStatus> files = new ArrayList<>();
        for (Path path : getInputPaths(job)) {
            files.add(path.getFileSystem(job.getConfiguration()).getFileStatus(path));
        }
        return files;
    }

    @Override
    protected boolean isSplitable(JobContext job, Path file) {
        return new CompressionCodecFactory(job.getConfiguration()).getCodec(file) == null;
    }
}
