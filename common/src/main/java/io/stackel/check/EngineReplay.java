package io.stackel.check;

import io.stackel.estimate.BatchRequest;
import io.stackel.estimate.BatchResult;
import io.stackel.estimate.Estimand;
import io.stackel.estimate.Follower;
import io.stackel.estimate.Returns;
import io.stackel.policy.Actor;
import io.stackel.problem.ProblemException;
import io.stackel.problem.Simulator;
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

    private final CheckedContext<TrajectoryProblem> scene;
    private final TrajectoryProblem problem;
    private final Actor actor;
    private long steps;
    private long terminated;
    private double lowerReturn;
    private double upperReturn;

    EngineReplay(CheckedContext<TrajectoryProblem> scene) {
        this.scene = scene;
        problem = scene.problem();
        actor = scene.policy().actor(scene.at().lower());
    }

    /**
     * Plays both.
     *
     * @param observations receives the first observations of trajectories
     */
    void check(List<double[]> observations) {
        Playthrough play = new Playthrough(scene, scene.rule().horizon());
        Simulator simulator = play.simulator(scene.upper().values());
        for (int i = 0; i < TRAJECTORIES; i++) {
            observations.add(replay(play, simulator, i).start());
        }
        BatchResult.Estimate engine = engine();
        long unlike = Math.abs(engine.steps() - steps)
                + Math.abs(engine.terminated() - terminated)
                + Math.abs(engine.truncated() - (TRAJECTORIES - terminated));
        CheckResults results = scene.results();
        results.add(new Finding(
                "engine's steps, ends and cuts" + scene.where(),
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
        results.add(sameReturn("leader's", engine.upperReturn(), upperReturn / TRAJECTORIES));
        results.add(sameReturn("follower's", engine.lowerReturn(), lowerReturn / TRAJECTORIES));
    }

    private Finding sameReturn(String player, double engine, double replay) {
        return new Finding(
                "engine's " + player + " returns" + scene.where(),
                Math.abs(engine - replay),
                SAME * Math.max(1, Math.abs(replay)),
                "mean return of the engine's trajectories less that of their replay, up to the order of additions");
    }

    private BatchResult.Estimate engine() {
        List<Follower> followers = List.of(Follower.plain(scene.at().lower()));
        Estimand returns = new Returns(Purpose.CHECK, STREAM, TRAJECTORIES, 0, 0);
        BatchRequest request = scene.request(scene.rule().horizon(), TRAJECTORIES, followers, returns);
        return scene.evaluate(request).estimate(0);
    }

    /** The follower's action is drawn before what the environment takes. */
    private PlayedTrajectory replay(Playthrough play, Simulator simulator, int trajectory) {
        RandomStream random = RandomStream.at(scene.rule().seed(), Purpose.CHECK, STREAM, trajectory, 0, 0);
        List<Double> logs = new ArrayList<>();
        PlayedTrajectory played = play.play(simulator, random, (observation, action) -> {
            double[] log = new double[1];
            try {
                actor.draw(observation, 1, new RandomStream[] {random}, action, log);
            } catch (IndexOutOfBoundsException unread) {
                throw ProblemException.ofObservations(problem.states(), observation, 1, unread);
            }
            logs.add(log[0]);
        });
        double power = 1;
        for (int t = 0; t < logs.size(); t++) {
            PlayedTrajectory.Move move = played.moves().get(t);
            upperReturn += power * move.reward(true);
            lowerReturn += power * (move.reward(false) - problem.entropyWeight() * logs.get(t));
            power *= problem.discount();
            terminated += move.terminated() ? 1 : 0;
        }
        steps += logs.size();
        return played;
    }
}
