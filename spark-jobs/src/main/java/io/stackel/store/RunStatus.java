package io.stackel.store;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * What a driver says of itself: advice for people and schedulers, never proof of anything.
 *
 * @param epoch the driver's claim
 * @param state a word, as {@code running}, {@code complete}, {@code diverged}, {@code failed}, {@code stopped}
 * @param step completed batches
 * @param reason a sentence, or nothing
 * @param exitCode of the process; 0 while it runs
 * @param retryable whether the same command may succeed later
 * @param released whether the driver has ended and will write nothing more
 */
public record RunStatus(
        int epoch, String state, long step, String reason, int exitCode, boolean retryable, boolean released) {

    /** Whether the driver says that the run came to this end. */
    boolean says(Outcome outcome) {
        return state.equals(outcome.word());
    }

    byte[] encode() {
        ObjectNode node = Json.formatted();
        node.put("epoch", epoch).put("state", state).put("step", step).put("reason", reason);
        node.put("exitCode", exitCode).put("retryable", retryable).put("released", released);
        return Json.line(node);
    }

    static RunStatus decode(ObjectNode node) {
        return new RunStatus(
                Json.natural(node, "epoch"),
                Json.text(node, "state"),
                Json.whole(node, "step"),
                Json.text(node, "reason"),
                Json.natural(node, "exitCode"),
                Json.truth(node, "retryable"),
                Json.truth(node, "released"));
    }
}
