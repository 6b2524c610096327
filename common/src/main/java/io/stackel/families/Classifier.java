package io.stackel.families;

/** A model that gives C classes their logits; its loss is the cross-entropy {@code log sum_c exp(z_c) - z_label}. */
interface Classifier {

    /** The number n of parameters. */
    int parameters();

    /** A pass over rows with parameters, for one thread; holds the activations of the last row. */
    Pass pass(double[] parameters);

    /** What is computed row by row. */
    interface Pass {

        /** The loss of a row, which the other methods then refer to. */
        double loss(double[] rows, int offset, int label);

        /** Adds {@code scale} times the gradient of the row's loss. */
        void addGradient(double scale, double[] into);

        /** The class of the largest logit of the row, the first of equal ones. */
        int prediction();
    }
}
