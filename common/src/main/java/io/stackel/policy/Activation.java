package io.stackel.policy;

import io.stackel.math.Tanh;

/** What a hidden unit makes of its input. */
public enum Activation {
    /** The hyperbolic tangent. */
    TANH,
    /** The input where it is positive, else 0. */
    RELU;

    /** Applies it to all values. */
    void applyInPlace(double[] values) {
        if (this == TANH) {
            Tanh.applyInPlace(values, values.length);
        } else {
            for (int i = 0; i < values.length; i++) {
                values[i] = values[i] > 0 ? values[i] : 0;
            }
        }
    }

    /** Multiplies each gradient by the derivative at the unit whose output is given. */
    void pullBackInPlace(double[] outputs, double[] gradients) {
        if (this == TANH) {
            for (int i = 0; i < outputs.length; i++) {
                gradients[i] = gradients[i] * (1 - outputs[i] * outputs[i]);
            }
        } else {
            for (int i = 0; i < outputs.length; i++) {
                gradients[i] = outputs[i] > 0 ? gradients[i] : 0;
            }
        }
    }
}
