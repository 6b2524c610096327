package io.stackel.estimate;

import io.stackel.policy.Policy;
import io.stackel.random.Purpose;
import io.stackel.random.RandomStream;

/**
 * Units of a problem of preferences: those of {@link Role.Preferences}, formed of pairs of trajectories; all other roles are
 * played by {@link TrajectoryUnits}.
 *
 * <p>Segment starts and label of a pair are three draws of the stream at (seed, LABEL, role's stream and purpose, pair,
 * iteration, inner step).
 */
final class PreferenceUnits implements RoleUnits {

    private static final int PURPOSE_SHIFT = 24;

    private final BatchRequest request;
    private final FiniteSampler sampler;
    private final TrajectoryUnits others;
    private final LanePlan plan = new LanePlan(TrajectoryUnits.LANES);
    private final PreferenceEstimator estimator;

    private PreferenceUnits(FiniteTables tables, Policy policy, BatchRequest request) {
        this.request = request;
        sampler = new FiniteSampler(tables, policy, request, TrajectoryUnits.LANES);
        others = new TrajectoryUnits(tables.problem, sampler, request);
        estimator = new PreferenceEstimator(TrajectoryUnits.Setting.of(tables.problem, request));
    }

    /** Draws from the tables of a problem of preferences. */
    static PreferenceUnits ofTables(FiniteTables tables, Policy policy, BatchRequest request) {
        return new PreferenceUnits(tables, policy, request);
    }

    @Override
    public void add(Role role, long from, long to, UnitSums unit, TransitionCounts counts) {
        if (!(role instanceof Role.Preferences one)) {
            others.add(role, from, to, unit, counts);
            return;
        }
        Role.Gradient terms = one.terms();
        sampler.open(terms.upperGradient() ? terms.upper() : -1, terms.lowerGradient() ? terms.second() : -1, unit);
        int group = TrajectoryUnits.LANES / one.trajectoriesPerUnit();
        for (long u = from; u < to; u += group) {
            addGroup(one, u, (int) Math.min(group, to - u), unit, counts);
        }
        sampler.close(unit);
    }

    private void addGroup(Role.Preferences role, long from, int units, UnitSums unit, TransitionCounts counts) {
        Role.Gradient terms = role.terms();
        int perUnit = role.trajectoriesPerUnit();
        plan.begin(role, terms.scale() == 0 ? Math.min(role.rule().steps(), request.horizon()) : request.horizon());
        for (int i = 0; i < units * perUnit; i++) {
            plan.add(from * perUnit + i, i % terms.trajectoriesPerUnit() == 0 ? terms.first() : terms.second());
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
        RandomStream random = RandomStream.at(
                request.seed(),
                Purpose.LABEL,
                role.stream() | role.purpose().code() << PURPOSE_SHIFT,
                pair,
                request.iteration(),
                request.innerStep());
        for (int place = 0; place < Role.Preferences.OF_A_PAIR; place++) {
            Trajectory trajectory = sampler.trajectory(plan, lane + player + place * pairs);
            unit.played(trajectory);
            estimator.read(role, trajectory, place, random.nextInt(role.rule().latestStart() + 1));
        }
        double label = estimator.weigh(role, player, random.nextDouble(), unit);
        for (int place = 0; place < Role.Preferences.OF_A_PAIR; place++) {
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

    private void record(Role.Preferences role, long pair, int place, int lane, UnitSums unit) {
        int at = (int) pair * role.recordLength() + place * role.rule().segmentLength();
        for (int t = estimator.from(place); t < estimator.end(place); t++) {
            unit.note(at++, sampler.cell(lane, t) + 1.0);
        }
    }
}
