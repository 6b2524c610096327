package io.stackel.estimate;

import static io.stackel.math.Requirements.require;

import io.stackel.policy.Policy;
import io.stackel.policy.ValueNetwork;
import io.stackel.problem.ProblemException;
import io.stackel.problem.Simulator;
import io.stackel.problem.Step;
import io.stackel.problem.TrajectoryProblem;
import io.stackel.random.Purpose;
import io.stackel.random.RandomStream;
import java.util.Optional;
import org.apache.spark.ml.linalg.DenseVector;

/**
 * Plays environments that can only be sampled, the lanes in step, so that a policy draws for all of them at once. Each
 * lane has one environment and one stream: the environment's start, then per step the follower's action (one word if it
 * is numbered) and what the environment takes. A lane's trajectory does not depend on the lanes beside it.
 */
final class SimulatorSampler implements Sampler {

    private final RolloutRequest request;
    private final TrajectoryProblem problem;
    private final FollowerActors actors;
    private final Simulator[][] simulators;
    private final SimulatorTrajectory[] lanes;
    private final RandomStream[] streams;
    private final SimulatorTrajectory.OpenUnit open = new SimulatorTrajectory.OpenUnit();
    private final Step step = new Step();
    private final int[] running;
    private final int[] drawing;
    private final RandomStream[] drawn;
    private final double[] observation;
    private final double[] observations;
    private final double[] action;
    private final double[] actions;
    private final double[] logDensities;

    SimulatorSampler(
            TrajectoryProblem problem,
            Policy policy,
            Optional<ValueNetwork> values,
            RolloutRequest request,
            int laneCount) {
        this.request = request;
        this.problem = problem;
        actors = new FollowerActors(policy, values, request.followers());
        simulators = new Simulator[request.uppers().size()][laneCount];
        lanes = new SimulatorTrajectory[laneCount];
        streams = new RandomStream[laneCount];
        for (int lane = 0; lane < laneCount; lane++) {
            lanes[lane] = new SimulatorTrajectory(
                    actors,
                    problem.discount(),
                    problem.entropyWeight(),
                    problem.observationSize(),
                    policy.actionSize(),
                    request.horizon(),
                    open);
            streams[lane] = RandomStream.at(0, Purpose.TRAINING, 0, 0, 0, 0);
        }
        running = new int[laneCount];
        drawing = new int[laneCount];
        drawn = new RandomStream[laneCount];
        observation = new double[problem.observationSize()];
        observations = new double[laneCount * observation.length];
        action = new double[policy.actionSize()];
        actions = new double[laneCount * action.length];
        logDensities = new double[laneCount];
    }

    @Override
    public void play(LanePlan plan) {
        for (int lane = 0; lane < plan.lanes; lane++) {
            start(plan, lane);
        }
        int left = plan.lanes;
        for (int t = 0; t < plan.limit && left > 0; t++) {
            for (int follower = 0; follower < request.followers().size(); follower++) {
                draw(plan, follower, left);
            }
            int still = 0;
            for (int k = 0; k < left; k++) {
                if (!lanes[running[k]].terminated()) {
                    running[still++] = running[k];
                }
            }
            left = still;
        }
    }

    private void start(LanePlan plan, int lane) {
        boolean plain = plan.startState[lane] == LanePlan.FROM_START
                && plan.firstAction[lane] == LanePlan.DRAWN
                && plan.policy[lane] >= 0
                && plan.firstPolicy[lane] == plan.policy[lane];
        require(plain, "chosen start states and first actions need a finite problem, with tables");
        request.seek(streams[lane], plan.purpose, plan.stream, plan.trajectory[lane]);
        running[lane] = lane;
        lanes[lane].begin(plan.policy[lane]);
        Simulator simulator = simulator(plan, lane);
        simulator.start(streams[lane]);
        simulator.observe(observation);
        lanes[lane].observe(observation);
    }

    private Simulator simulator(LanePlan plan, int lane) {
        Simulator[] ofUpper = simulators[plan.upper];
        if (ofUpper[lane] == null) {
            ofUpper[lane] = problem.simulator(new DenseVector(request.uppers().get(plan.upper)), request.context());
            if (ofUpper[lane] == null) {
                throw new ProblemException("simulator() must return an environment, but returned null");
            }
        }
        return ofUpper[lane];
    }

    /** Moves those of the first {@code left} running lanes that a follower plays by one step. */
    private void draw(LanePlan plan, int follower, int left) {
        int count = 0;
        for (int k = 0; k < left; k++) {
            int lane = running[k];
            if (plan.policy[lane] == follower) {
                lanes[lane].lastObservation(observations, count * observation.length);
                drawn[count] = streams[lane];
                drawing[count++] = lane;
            }
        }
        if (count == 0) {
            return;
        }
        try {
            actors.actor(follower).draw(observations, count, drawn, actions, logDensities);
        } catch (IndexOutOfBoundsException unread) {
            throw ProblemException.ofObservations(problem.states(), observations, count, unread);
        }
        for (int k = 0; k < count; k++) {
            int lane = drawing[k];
            System.arraycopy(actions, k * action.length, action, 0, action.length);
            Simulator simulator = simulator(plan, lane);
            step.clear();
            simulator.step(action, streams[lane], step);
            lanes[lane].append(action, logDensities[k], step);
            if (!step.terminated()) {
                simulator.observe(observation);
                lanes[lane].observe(observation);
            }
        }
    }

    @Override
    public Trajectory trajectory(LanePlan plan, int lane) {
        return lanes[lane];
    }

    @Override
    public void step(int lane, int t, double[] into) {
        into[0] = 0;
        lanes[lane].step(t, into, 1);
    }

    /** Trajectories add their gradients to the unit itself. */
    @Override
    public void open(int upper, int follower, UnitSums unit) {
        open.unit = unit;
        open.follower = follower;
    }
}
