/**
 * Keeps runs on local disk, HDFS and S3 so that a checkpoint is whole or not there, and one driver owns a run.
 *
 * <p>Knows a state only as bytes: no mathematics, no Spark engine. Imports {@code common} at most. Start at
 * {@link io.stackel.store.RunStore}; {@code spark-jobs/README.md} documents the files, {@code spark-jobs/DECISIONS.md}
 * says why commits are sealed and created exclusively.
 *
 * <p>A driver:
 *
 * <pre>{@code
 * Storage storage = Stores.open(Stores.uri(out), () -> hadoopConfiguration, singleWriter);
 * RunStore store = RunStore.open(storage, new RunHeader(identity, numericsVersion));
 * Optional<Head> before = store.reader().head();        // may say that the run is complete: nothing to do
 * OwnedRun run = store.claim(new ClaimRequest(host, codeVersion, Takeover.ALWAYS, 3, UUID::randomUUID, System.err::println));
 * State state = run.head().map(head -> Safetensors.decode(head.state())).orElse(first);
 * run.commit(new Checkpoint(Safetensors.encode(state), metricLines, timingLines, Outcome.RUNNING, summary));
 * run.release(RunState.COMPLETE, state.step(), "", 0, false);
 * }</pre>
 *
 * <p>A reader, beside a live driver too: {@link io.stackel.store.RunReader#open} over
 * {@link io.stackel.store.Stores#openForReading}. Every failure is a {@link io.stackel.store.StorageException} whose kind
 * gives the exit code.
 */
package io.stackel.store;
