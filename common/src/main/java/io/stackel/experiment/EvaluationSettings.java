package io.stackel.experiment;

/**
 * When and how a run is measured.
 *
 * @param every outer iterations between two measurements
 * @param units units of one measurement's own batch; 0 for none
 * @param statusQuo inner batches from which a follower learns at the starting x before the first measurement; 0 for none
 */
public record EvaluationSettings(long every, int units, int statusQuo) {

    /** Where nothing is said: about as many batches as the followers of a short run learn from. */
    static final int STATUS_QUO = 100;
}
