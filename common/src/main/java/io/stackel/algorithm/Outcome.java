package io.stackel.algorithm;

/** How a run stands at a checkpoint. */
public enum Outcome {
    /** It goes on, or was asked to stop and can be resumed. */
    RUNNING,
    /** A stopping rule was met. */
    COMPLETE,
    /** A sum was not finite; the last state before it is kept. */
    DIVERGED
}
