package io.stackel.cli;

import io.stackel.check.AlgorithmContract;
import io.stackel.check.CheckReport;
import io.stackel.check.Finding;
import io.stackel.check.PolicyContract;
import io.stackel.experiment.Catalogue;
import io.stackel.experiment.Experiment;
import java.util.ArrayList;
import java.util.List;

/** What {@code check} adds where a configuration names a policy or an algorithm that does not ship with Stackel. */
final class OwnContracts {

    private static final int BATCHES = 8;

    private OwnContracts() {}

    /** The contracts of such parts, {@code policy: ...} and {@code algorithm: ...}. */
    static List<Finding> of(Experiment experiment, long seed) {
        Catalogue shipped = Catalogue.shipped();
        List<Finding> findings = new ArrayList<>();
        experiment
                .setup()
                .trajectories()
                .filter(setup -> !shipped.policies()
                        .containsKey(experiment.configuration().policy().name()))
                .ifPresent(setup ->
                        add("policy: ", PolicyContract.check(setup.policy(), setup.problem(), seed), findings));
        if (!shipped.algorithms()
                .containsKey(experiment.configuration().algorithm().name())) {
            add("algorithm: ", AlgorithmContract.check(experiment, BATCHES), findings);
        }
        return findings;
    }

    private static void add(String part, CheckReport report, List<Finding> into) {
        for (Finding one : report.findings()) {
            into.add(new Finding(part + one.name(), one.error(), one.bound(), one.explanation()));
        }
    }
}
