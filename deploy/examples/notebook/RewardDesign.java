package org.example;

import io.stackel.api.Run;
import io.stackel.api.RunListener;
import io.stackel.api.Stackel;
import io.stackel.api.StackelException;
import java.io.IOException;
import org.apache.spark.sql.SparkSession;

/** Solves a problem of reward design on a session of its own and reads the answer: CONFIGURATION OUT (README.md). */
public final class RewardDesign {

    private RewardDesign() {}

    public static void main(String[] arguments) throws IOException {
        try (SparkSession spark = SparkSession.builder().getOrCreate()) {
            Run run = Stackel.file(arguments[0])
                    .set("stop.iterations", 60)
                    .on(spark)
                    .out(arguments[1])
                    .listener(RunListener.printing(System.err, 5))
                    .run();
            double[] x = run.x();
            double[][] policy = run.policy();
            System.out.println(run);
            System.out.println(x.length + " numbers of x; the policy is a table of " + policy.length + " states and "
                    + policy[0].length + " actions");
            run.metrics(spark)
                    .select("iteration", "samples", "upperObjectiveAtBestResponse")
                    .orderBy("iteration")
                    .show();
        } catch (StackelException failure) {
            System.err.println(failure.getMessage());
            System.exit(failure.exitCode());
        }
    }
}
