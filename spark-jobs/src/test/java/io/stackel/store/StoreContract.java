package io.stackel.store;

/** All that holds of a store to which runs are written. */
interface StoreContract
        extends StorageContract,
                RunStoreContract,
                FaultContract,
                CallFaultContract,
                DamageContract,
                RetentionContract {}
