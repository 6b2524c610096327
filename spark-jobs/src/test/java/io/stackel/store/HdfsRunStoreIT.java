package io.stackel.store;

import org.junit.jupiter.api.extension.RegisterExtension;

class HdfsRunStoreIT implements StorageContract, RunStoreContract, FaultContract, DamageContract, RetentionContract {

    @RegisterExtension
    static final HdfsServer HDFS = new HdfsServer();

    @Override
    public Storage freshStorage() {
        return Stores.open(HDFS.freshRoot(), HDFS::configuration, false);
    }
}
