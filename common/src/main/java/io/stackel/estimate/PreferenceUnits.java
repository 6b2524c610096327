package io.stackel.estimate;

import io.stackel.policy.Policy;
import io.stackel.policy.ValueNetwork;
import io.stackel.problem.PreferenceProblem;
import io.stackel.problem.TrajectoryProblem;
import io.stackel.random.Permutation;
import io.stackel.random.Purpose;
import io.stackel.random.RandomStream;
import java.util.Optional;

/**
 * Units of a problem of preferences: those of {@link Role.Preferences} and {@link Role.CriticOfPairs}, formed of pairs of
 * trajectories; all other roles are played by {@link TrajectoryUnits}.
 *
 * <p>Segment starts and label of a pair are three draws of the stream at (seed, LABEL, role's stream and purpose, pair,
 * iteration, inner step).
 */
final class PreferenceUnits implements RoleUnits {

    private static final int PURPOSE_SHIFT = 24;

    private final BatchRequest request;
    private final Sampler sampler;
    private final TrajectoryUnits others;
    private final LanePlan plan = new LanePlan(TrajectoryUnits.LANES);
    private final PreferenceEstimator estimator;
    private final ActorCriticEstimator critic;
    private double[] step = {};

    private PreferenceUnits(TrajectoryProblem problem, Sampler sampler, BatchRequest request) {
        this.request = request;
        this.sampler = sampler;
        others = new TrajectoryUnits(problem, sampler, request);
        TrajectoryUnits.Setting setting = TrajectoryUnits.Setting.of(problem, request);
        estimator = new PreferenceEstimator(setting);
        critic = new ActorCriticEstimator(setting);
    }

    /** Draws from the tables of a problem of preferences. */
    static PreferenceUnits ofTables(FiniteTables tables, Policy policy, BatchRequest request) {
        Sampler sampler = new FiniteSampler(tables, policy, request, TrajectoryUnits.LANES);
        return new PreferenceUnits(tables.problem, sampler, request);
    }

    /** Plays the simulator of a problem of preferences. */
    static PreferenceUnits ofSimulator(
            PreferenceProblem problem, Policy policy, Optional<ValueNetwork> values, BatchRequest request) {
        Sampler sampler = new SimulatorSampler(problem, policy, values, request, TrajectoryUnits.LANES);
        return new PreferenceUnits(problem, sampler, request);
    }

    @Override
    public void add(Role role, long from, long to, UnitSums unit, TransitionCounts counts) {
        int group = TrajectoryUnits.LANES / Math.max(1, role.trajectoriesPerUnit());
        if (role instanceof Role.Preferences one) {
            Role.Gradient terms = one.terms();
            sampler.open(
                    terms.wanted().upper() ? terms.upper() : -1, terms.wanted().lower() ? terms.second() : -1, unit);
            for (long u = from; u < to; u += group) {
                addGroup(one, u, (int) Math.min(group, to - u), unit, counts);
            }
            sampler.close(unit);
        } else if (role instanceof Role.CriticOfPairs one) {
            sampler.open(-1, one.terms().learner(), unit);
            Permutation order = one.terms().minibatch().order(request, one);
            for (long u = from; u < to; u += group) {
                addGroup(one, order, u, (int) Math.min(group, to - u), unit);
            }
            sampler.close(unit);
        } else {
            others.add(role, from, to, unit, counts);
        }
    }

    private void addGroup(Role.Preferences role, long from, int units, UnitSums unit, TransitionCounts counts) {
        Role.Gradient terms = role.terms();
        int perUnit = role.trajectoriesPerUnit();
        plan.begin(role, terms.scale() == 0 ? Math.min(role.rule().steps(), request.horizon()) : request.horizon());
        boolean alike = terms.common();
        for (int i = 0; i < units * perUnit; i++) {
            long trajectory = from * perUnit + i;
            plan.add(
                    alike ? trajectory & ~1L : trajectory,
                    i % terms.trajectoriesPerUnit() == 0 ? terms.first() : terms.second());
        }
        sampler.play(plan);
        for (int i = 0; i < units; i++) {
            unit.begin();
            for (int player = 0; player < role.pairsPerUnit(); player++) {
                addPair(role, from + i, i * perUnit, player, unit);
            }
            for (int lane = i * perUnit; terms.counted() && lane < (i + 1) * perUnit; lane++) {
                sampler.count(lane, counts);
            }
            sampler.collect(unit);
            unit.end();
        }
    }

    /** The pair of a player of a unit whose first lane is {@code lane}: lanes player and player + pairs a unit. */
    private void addPair(Role.Preferences role, long unitNumber, int lane, int player, UnitSums unit) {
        int pairs = role.pairsPerUnit();
        long pair = unitNumber * pairs + player;
        RandomStream random = labels(role, role.terms().common() ? unitNumber * pairs : pair);
        for (int place = 0; place < Role.OfPairs.OF_A_PAIR; place++) {
            Trajectory trajectory = sampler.trajectory(plan, lane + player + place * pairs);
            unit.played(trajectory);
            estimator.read(
                    role.rule(), trajectory, place, random.nextInt(role.rule().latestStart() + 1));
            estimator.readRatios(role.terms(), trajectory, place);
        }
        double label = estimator.weigh(role, player, random.nextDouble(), unit);
        for (int place = 0; place < Role.OfPairs.OF_A_PAIR; place++) {
            int own = lane + player + place * pairs;
            estimator.add(role, sampler.trajectory(plan, own), place, player, unit);
            if (role.recorded()) {
                record(role, pair, place, own, unit);
            }
        }
        if (role.recorded()) {
            unit.note((int) (pair + 1) * role.recordLength() - 1, label);
        }
    }

    private RandomStream labels(Role role, long pair) {
        return RandomStream.at(
                request.seed(),
                Purpose.LABEL,
                role.stream() | role.purpose().code() << PURPOSE_SHIFT,
                pair,
                request.iteration(),
                request.innerStep());
    }

    private void record(Role.Preferences role, long pair, int place, int lane, UnitSums unit) {
        int size = role.stepSize();
        if (step.length != size) {
            step = new double[size];
        }
        int at = (int) pair * role.recordLength() + place * role.rule().segmentLength() * size;
        for (int t = estimator.from(place); t < estimator.end(place); t++) {
            sampler.step(lane, t, step);
            unit.note(at++, step[0] + 1.0);
            for (int i = 1; i < size; i++) {
                unit.note(at++, step[i]);
            }
        }
    }

    private void addGroup(Role.CriticOfPairs role, Permutation order, long from, int units, UnitSums unit) {
        Role.ActorCritic terms = role.terms();
        int perUnit = role.trajectoriesPerUnit();
        int players = terms.trajectoriesPerUnit();
        long[] numbers = new long[units];
        plan.begin(role, request.horizon());
        for (int i = 0; i < units; i++) {
            numbers[i] = order.image(terms.minibatch().from() + from + i);
            for (int j = 0; j < perUnit; j++) {
                plan.add(numbers[i] * perUnit + j, j % players == 0 ? terms.first() : terms.second());
            }
        }
        sampler.play(plan);
        for (int i = 0; i < units; i++) {
            unit.begin();
            for (int player = 0; player < players; player++) {
                addPair(role, numbers[i] * players + player, i * perUnit + player, unit);
            }
            sampler.collect(unit);
            unit.end();
        }
    }

    /** A pair whose trajectories are in this lane and in that as many lanes on as a unit has players. */
    private void addPair(Role.CriticOfPairs role, long pair, int lane, UnitSums unit) {
        int players = role.terms().trajectoriesPerUnit();
        RandomStream random = labels(role, pair);
        for (int place = 0; place < Role.OfPairs.OF_A_PAIR; place++) {
            Trajectory trajectory = sampler.trajectory(plan, lane + place * players);
            unit.played(trajectory);
            estimator.read(
                    role.rule(), trajectory, place, random.nextInt(role.rule().latestStart() + 1));
        }
        double gain = role.gain(estimator.loss(role.rule(), random.nextDouble()));
        if (players == 1 && role.terms().upperRewardWeight() == 0) {
            gain = 0;
        }
        for (int place = 0; place < Role.OfPairs.OF_A_PAIR; place++) {
            Trajectory trajectory = sampler.trajectory(plan, lane + place * players);
            critic.add(role.terms(), trajectory, gain, estimator.end(place), 1.0 / role.trajectoriesPerUnit(), unit);
        }
    }
}
