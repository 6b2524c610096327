package io.stackel.store;

import org.junit.jupiter.api.extension.RegisterExtension;

class S3RunStoreIT implements StorageContract, RunStoreContract, FaultContract, DamageContract, RetentionContract {

    @RegisterExtension
    static final S3Server S3 = new S3Server();

    @Override
    public Storage freshStorage() {
        return Stores.open(S3.freshRoot(), S3::configuration, false);
    }
}
