package io.stackel.estimate;

import io.stackel.problem.PairRule;
import io.stackel.random.Permutation;
import io.stackel.random.RandomStream;

/**
 * What {@link ActorCriticStep} is for a problem of preferences, where the upper objective is the loss on pairs of segments: a
 * unit has a pair of trajectories by the same policy where {@code ActorCriticStep} has one trajectory, trajectories 0 and 2
 * being the pair of the first follower and 1 and 3 that of the second if there are two.
 *
 * <p>The only upper reward of a trajectory is {@code 2 (baseline - loss) / discount^(end - 1)} at the last step of its
 * segment, end steps from the start. Its discounted return is minus twice the loss, since what a unit gives is the mean over
 * its trajectories while the gradient of f has the scores of both trajectories of a pair.
 *
 * @param terms for trajectories
 * @param rule how pairs are cut and labelled
 * @param baseline what is taken from the loss; any number is without bias
 */
public record PairActorCriticStep(ActorCriticStep terms, PairRule rule, double baseline) implements PairEstimand {

    /** The discounted return of a trajectory whose pair has this loss. */
    double gain(double loss) {
        return OF_A_PAIR * (baseline - loss);
    }

    @Override
    public Wanted wanted() {
        return terms.wanted();
    }

    @Override
    public boolean fitsValues() {
        return terms.fitsValues();
    }

    @Override
    public Estimation estimation(UnitSource source) {
        Rollouts rollouts = source.rollouts();
        PreferenceEstimator pairs = new PreferenceEstimator(rollouts.setting());
        ActorCriticEstimator critic = new ActorCriticEstimator(rollouts.setting());
        Permutation order = terms.minibatch().order(rollouts.request(), this);
        int players = terms.trajectoriesPerUnit();
        return new TrajectoryEstimation(rollouts, this, TrajectoryEstimation.NONE, terms.learner(), false) {
            @Override
            long number(long place) {
                return order.image(terms.minibatch().from() + place);
            }

            @Override
            void plan(LanePlan plan, long trajectory) {
                plan.add(trajectory, trajectory % players == 0 ? terms.first() : terms.second());
            }

            @Override
            void addUnit(long number, int lane, UnitSums unit) {
                for (int player = 0; player < players; player++) {
                    addPair(labels(rollouts.request(), number * players + player), lane + player, unit);
                }
            }

            /** A pair whose trajectories are in this lane and in that as many lanes on as a unit has players. */
            private void addPair(RandomStream random, int lane, UnitSums unit) {
                for (int place = 0; place < OF_A_PAIR; place++) {
                    pairs.read(
                            rule, played(lane + place * players, unit), place, random.nextInt(rule.latestStart() + 1));
                }
                double gain = gain(pairs.loss(rule, random.nextDouble()));
                if (players == 1 && terms.upperRewardWeight() == 0) {
                    gain = 0;
                }
                for (int place = 0; place < OF_A_PAIR; place++) {
                    Trajectory trajectory = trajectory(lane + place * players);
                    critic.add(terms, trajectory, gain, pairs.end(place), 1.0 / trajectoriesPerUnit(), unit);
                }
            }
        };
    }
}
