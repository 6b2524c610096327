package io.stackel.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.hdfs.MiniDFSCluster;
import org.apache.hadoop.hdfs.server.namenode.EditLogFileOutputStream;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;

/**
 * A real HDFS for tests, a NameNode and a DataNode in this process: started at the first use, stopped after the last
 * test.
 *
 * <p>Use: {@code @RegisterExtension static final HdfsServer HDFS = new HdfsServer();}
 */
public final class HdfsServer implements BeforeAllCallback {

    private static final AtomicInteger ROOTS = new AtomicInteger();

    private Optional<Cluster> cluster = Optional.empty();

    private static final class Cluster implements AutoCloseable {
        private final MiniDFSCluster nodes;

        Cluster() {
            try {
                Path folder = Files.createTempDirectory(Runs.target(), "hdfs");
                Configuration configuration = new Configuration();
                configuration.set(MiniDFSCluster.HDFS_MINIDFS_BASEDIR, folder.toString());
                configuration.set("dfs.replication", "1");
                // Each request of the name node waits for a disk otherwise, tens of times a commit.
                EditLogFileOutputStream.setShouldSkipFsyncForTesting(true);
                nodes = new MiniDFSCluster.Builder(configuration)
                        .numDataNodes(1)
                        .build();
                nodes.waitActive();
            } catch (IOException failed) {
                throw new UncheckedIOException(failed);
            }
        }

        @Override
        public void close() {
            nodes.shutdown(true);
        }
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        cluster = Optional.of(context.getRoot()
                .getStore(Namespace.create(HdfsServer.class))
                .getOrComputeIfAbsent(Cluster.class, key -> new Cluster(), Cluster.class));
    }

    /** The nodes, for tests that stop one. */
    public MiniDFSCluster nodes() {
        return cluster.orElseThrow().nodes;
    }

    /**
     * What a client needs. Here it closes a file sooner than the name node hears of its block, and would ask again only
     * after 400 ms, for every file; it asks after 2 ms, then twice as late each time, for 8 s in all.
     */
    public Configuration configuration() {
        Configuration configuration = new Configuration(nodes().getConfiguration(0));
        configuration.setInt("dfs.client.block.write.locateFollowingBlock.initial.delay.ms", 2);
        configuration.setInt("dfs.client.block.write.locateFollowingBlock.retries", 12);
        return configuration;
    }

    /** A folder that no other test uses. */
    public URI freshRoot() {
        return nodes().getURI().resolve("/runs/" + ROOTS.incrementAndGet());
    }
}
