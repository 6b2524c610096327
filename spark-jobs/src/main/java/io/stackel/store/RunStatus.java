package io.stackel.store;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * What a driver says of itself: advice for people and schedulers, never proof of anything.
 *
 * @param epoch the driver's claim
 * @param stateWord of a {@link RunState}, or any other where somebody else wrote it
 * @param step completed batches
 * @param reason a sentence, or nothing
 * @param exitCode of the process; 0 while it runs
 * @param retryable whether the same command may succeed later
 * @param released whether the driver has ended and will write nothing more
 */
public record RunStatus(
        int epoch, String stateWord, long step, String reason, int exitCode, boolean retryable, boolean released) {

    /** The status that a driver of this version writes. */
    RunStatus(int epoch, RunState state, long step, String reason, int exitCode, boolean retryable, boolean released) {
        this(epoch, state.word(), step, reason, exitCode, retryable, released);
    }

    /** The state that the word means. */
    public RunState state() {
        return RunState.of(stateWord);
    }

    byte[] encode() {
        ObjectNode node = Json.formatted();
        node.put("epoch", epoch).put("state", stateWord).put("step", step).put("reason", reason);
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
