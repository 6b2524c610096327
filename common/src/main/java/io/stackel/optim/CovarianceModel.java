package io.stackel.optim;

import io.stackel.math.RowMath;
import io.stackel.math.SymmetricRoot;
import io.stackel.math.Tensor;
import java.util.Arrays;

/** The covariances that {@link CovarianceAdaptation} learns, as arrays: of n coordinates all pairs, or the variances alone. */
public enum CovarianceModel {
    /** All of C, [n][n] numbers. */
    FULL {
        @Override
        Tensor identity(int n) {
            double[] identity = new double[n * n];
            for (int i = 0; i < n; i++) {
                identity[i * n + i] = 1;
            }
            return tensor(identity, n);
        }

        @Override
        Tensor tensor(double[] values, int n) {
            return new Tensor.Real(values, n, n);
        }

        @Override
        double[] root(double[] covariance, int n) {
            return SymmetricRoot.of(covariance, n);
        }

        @Override
        double[] times(double[] root, double[] vector) {
            double[] product = new double[vector.length];
            for (int i = 0; i < product.length; i++) {
                product[i] = RowMath.dot(root, i * vector.length, vector);
            }
            return product;
        }

        @Override
        void addOuter(double weight, double[] vector, double[] into) {
            for (int i = 0; i < vector.length; i++) {
                RowMath.addScaled(weight * vector[i], vector, 0, vector.length, into, i * vector.length);
            }
        }
    },

    /** The diagonal of C, [n] numbers; the others are 0. */
    DIAGONAL {
        @Override
        Tensor identity(int n) {
            double[] ones = new double[n];
            Arrays.fill(ones, 1);
            return tensor(ones, n);
        }

        @Override
        Tensor tensor(double[] values, int n) {
            return Tensor.of(values);
        }

        @Override
        double[] root(double[] covariance, int n) {
            double[] root = new double[n];
            for (int i = 0; i < n; i++) {
                root[i] = Math.sqrt(covariance[i]);
            }
            return root;
        }

        @Override
        double[] times(double[] root, double[] vector) {
            double[] product = new double[vector.length];
            for (int i = 0; i < product.length; i++) {
                product[i] = root[i] * vector[i];
            }
            return product;
        }

        @Override
        void addOuter(double weight, double[] vector, double[] into) {
            for (int i = 0; i < vector.length; i++) {
                into[i] += weight * (vector[i] * vector[i]);
            }
        }
    };

    /** The covariance 1 of every coordinate. */
    abstract Tensor identity(int n);

    abstract Tensor tensor(double[] values, int n);

    /** The symmetric root. */
    abstract double[] root(double[] covariance, int n);

    /** A root times a vector. */
    abstract double[] times(double[] root, double[] vector);

    /** Adds as much of {@code weight vector vector'} as is kept. */
    abstract void addOuter(double weight, double[] vector, double[] into);
}
