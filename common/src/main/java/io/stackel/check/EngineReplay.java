package io.stackel.check;

import io.stackel.algorithm.LocalOracle;
import io.stackel.estimate.BatchRequest;
import io.stackel.estimate.BatchResult;
import io.stackel.estimate.ChunkEvaluator;
import io.stackel.estimate.Follower;
import io.stackel.estimate.Returns;
import io.stackel.policy.Actor;
import io.stackel.policy.Policy;
import io.stackel.problem.ProblemException;
import io.stackel.problem.Simulator;
import io.stackel.problem.Step;
import io.stackel.problem.TrajectoryProblem;
import io.stackel.random.Purpose;
import io.stackel.random.RandomStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The engine's rollouts of a simulator against a replay of the same streams, one loop over trajectories: lengths, ends
 * by themselves and cuts at the horizon, and both players' mean returns.
 */
final class EngineReplay {

    private static final int STREAM = 3;
    private static final int TRAJECTORIES = 64;
    private static final double SAME = 1e-12;

    private final TrajectoryProblem problem;
    private final Policy policy;
    private final int context;
    private final CheckPoint at;
    private final CheckRule rule;
    private final String where;
    private final double[] observation;
    private final double[] action;
    private final double[] log = new double[1];
    private final Actor actor;
    private long steps;
    private long terminated;
    private double lowerReturn;
    private double upperReturn;

    EngineReplay(TrajectoryProblem problem, Policy policy, int context, CheckPoint at, CheckRule rule, String where) {
        this.problem = problem;
        this.policy = policy;
        this.context = context;
        this.at = at;
        this.rule = rule;
        this.where = where;
        observation = new double[problem.observationSize()];
        action = new double[policy.actionSize()];
        actor = policy.actor(at.lower());
    }

    /**
     * Plays both.
     *
     * @param observations receives the first observations of trajectories
     */
    List<Finding> check(List<double[]> observations) {
        Simulator simulator = problem.simulator(at.upper(), context);
        for (int i = 0; i < TRAJECTORIES; i++) {
            replay(simulator, i, observations);
        }
        BatchResult.Estimate engine = engine();
        long unlike = Math.abs(engine.steps() - steps)
                + Math.abs(engine.terminated() - terminated)
                + Math.abs(engine.truncated() - (TRAJECTORIES - terminated));
        List<Finding> findings = new ArrayList<>();
        findings.add(new Finding(
                "engine's steps, ends and cuts" + where,
                unlike,
                0,
                String.format(
                        Locale.ROOT,
                        "counted by the engine: %d steps, %d ended, %d cut at the horizon; in a replay: %d, %d, %d",
                        engine.steps(),
                        engine.terminated(),
                        engine.truncated(),
                        steps,
                        terminated,
                        TRAJECTORIES - terminated)));
        findings.add(sameReturn("leader's", engine.upperReturn(), upperReturn / TRAJECTORIES));
        findings.add(sameReturn("follower's", engine.lowerReturn(), lowerReturn / TRAJECTORIES));
        return findings;
    }

    private Finding sameReturn(String player, double engine, double replay) {
        return new Finding(
                "engine's " + player + " returns" + where,
                Math.abs(engine - replay),
                SAME * Math.max(1, Math.abs(replay)),
                "mean return of the engine's trajectories less that of their replay, up to the order of additions");
    }

    private BatchResult.Estimate engine() {
        BatchRequest request = rule.request(
                context,
                rule.horizon(),
                TRAJECTORIES,
                at.upper(),
                List.of(Follower.plain(at.lower())),
                new Returns(Purpose.CHECK, STREAM, TRAJECTORIES, 0, 0));
        try (LocalOracle oracle = LocalOracle.single(new ChunkEvaluator.Source(problem, policy))) {
            return oracle.evaluate(request, "returns against a replay").estimate(0);
        }
    }

    /** The follower's action is drawn before what the environment takes. */
    private void replay(Simulator simulator, int trajectory, List<double[]> observations) {
        RandomStream random = RandomStream.at(rule.seed(), Purpose.CHECK, STREAM, trajectory, 0, 0);
        Step step = new Step();
        double power = 1;
        boolean running = true;
        simulator.start(random);
        for (int t = 0; t < rule.horizon() && running; t++) {
            simulator.observe(observation);
            if (t == 0) {
                observations.add(observation.clone());
            }
            try {
                actor.draw(observation, 1, new RandomStream[] {random}, action, log);
            } catch (IndexOutOfBoundsException unread) {
                throw ProblemException.ofObservations(problem.states(), observation, 1, unread);
            }
            step.clear();
            simulator.step(action, random, step);
            upperReturn += power * step.upperReward();
            lowerReturn += power * (step.lowerReward() - problem.entropyWeight() * log[0]);
            power *= problem.discount();
            running = !step.terminated();
            steps++;
        }
        terminated += running ? 0 : 1;
    }
}
