package io.stackel.families;

import static io.stackel.random.NormalDraws.normal;
import static org.assertj.core.api.Assertions.assertThat;

import io.stackel.check.CheckPoint;
import io.stackel.check.CheckReport;
import io.stackel.check.CheckRule;
import io.stackel.check.GradientCheck;
import io.stackel.policy.Activation;
import io.stackel.policy.MlpGaussian;
import io.stackel.policy.MlpSoftmax;
import io.stackel.policy.Network;
import io.stackel.policy.Policy;
import io.stackel.problem.TrajectoryProblem;
import java.util.List;
import org.apache.spark.ml.linalg.DenseVector;

/** The checks of a control task, at a drawn point under a small network. */
final class TaskChecks {

    private TaskChecks() {}

    /** A network over numbered actions, or over those that are vectors. */
    static Policy policy(TrajectoryProblem problem) {
        int in = problem.observationSize();
        return problem.actions() > 0
                ? new MlpSoftmax(Network.of(in, List.of(5), problem.actions(), Activation.TANH), 0)
                : new MlpGaussian(Network.of(in, List.of(5), problem.actionSize(), Activation.TANH), 1, 0);
    }

    /** Requires all checks of a problem that can only be sampled, where the upper variable has this scale. */
    static CheckReport requirePassed(TrajectoryProblem problem, double scale) {
        Policy policy = policy(problem);
        double[] theta = normal(1, policy.parameters(), 0.4);
        policy.projectInPlace(theta);
        CheckPoint at = new CheckPoint(new DenseVector(normal(2, problem.upperSize(), scale)), theta, 0.1);
        CheckReport report = GradientCheck.run(problem, policy, at, new CheckRule(1, 512, 40));
        assertThat(report.failures()).as(report.text()).isEmpty();
        return report;
    }
}
