package io.stackel.store;

import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * How a driver wants to own a run.
 *
 * @param host for people
 * @param codeVersion for people; only recorded
 * @param takeover whether a run may be claimed that its last driver did not release
 * @param keep how many data files of the chain to keep, at least 1
 * @param uuids gives unique names, a new one at each call
 * @param notices receives a sentence for everything that was passed over or could not be removed
 */
public record ClaimRequest(
        String host, String codeVersion, Takeover takeover, int keep, Supplier<UUID> uuids, Consumer<String> notices) {

    public ClaimRequest {
        if (keep < 1) {
            throw new IllegalArgumentException("keep must be at least 1, but was " + keep);
        }
    }
}
