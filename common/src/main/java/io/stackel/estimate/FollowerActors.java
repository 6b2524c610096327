package io.stackel.estimate;

import static io.stackel.math.Requirements.require;

import io.stackel.policy.ActionActor;
import io.stackel.policy.Actor;
import io.stackel.policy.Critic;
import io.stackel.policy.Policy;
import io.stackel.policy.ValueNetwork;
import java.util.List;
import java.util.Optional;

/** The followers of a request at work in one thread; each is made when it is first used. */
final class FollowerActors {

    private final Policy policy;
    private final Optional<ValueNetwork> values;
    private final List<Follower> followers;
    private final Actor[] actors;
    private final Critic[] critics;
    private double[] logs = {};
    private double[] lowerActions = {};
    private double[] upperActions = {};

    FollowerActors(Policy policy, Optional<ValueNetwork> values, List<Follower> followers) {
        this.policy = policy;
        this.values = values;
        this.followers = followers;
        actors = new Actor[followers.size()];
        critics = new Critic[followers.size()];
        int phi = values.map(ValueNetwork::parameters).orElse(0);
        for (Follower follower : followers) {
            int given = follower.value().length;
            require(
                    follower.upperValue().length == 0 && (given == 0 || given == phi),
                    "baselines of a problem that can only be sampled must be the " + phi
                            + " parameters of its value network, but were " + given + " and "
                            + follower.upperValue().length + " numbers");
        }
    }

    Actor actor(int follower) {
        if (actors[follower] == null) {
            actors[follower] = policy.actor(followers.get(follower).parameters());
        }
        return actors[follower];
    }

    boolean hasValues(int follower) {
        return followers.get(follower).value().length > 0;
    }

    /** Whether networks have values of actions. */
    boolean valuesOfActions() {
        return values.orElseThrow().ofActions();
    }

    /** The follower as one over numbered actions. */
    ActionActor actionActor(int follower) {
        if (actor(follower) instanceof ActionActor discrete) {
            return discrete;
        }
        throw new IllegalArgumentException("values of actions need a policy over numbered actions");
    }

    /** Writes V and U of each row. */
    void values(int follower, double[] observations, int count, double tau, double[] lower, double[] upper) {
        if (!valuesOfActions()) {
            critic(follower).values(observations, count, lower, upper);
            return;
        }
        int actions = readActions(follower, observations, count);
        expect(logs, lowerActions, actions, count, tau, lower);
        expect(logs, upperActions, actions, count, 0, upper);
    }

    /** Writes W - U of each row and the action taken there. */
    void upperAdvantages(int follower, double[] observations, double[] taken, int count, double[] into) {
        int actions = readActions(follower, observations, count);
        expect(logs, upperActions, actions, count, 0, into);
        for (int t = 0; t < count; t++) {
            into[t] = upperActions[t * actions + (int) taken[t]] - into[t];
        }
    }

    /** Fills in log pi, Q and W of each row's actions, whose number it returns. */
    private int readActions(int follower, double[] observations, int count) {
        int actions = values.orElseThrow().actions();
        if (logs.length < count * actions) {
            logs = new double[count * actions];
            lowerActions = new double[count * actions];
            upperActions = new double[count * actions];
        }
        actionActor(follower).allLogDensities(observations, count, logs);
        critic(follower).values(observations, count, lowerActions, upperActions);
        return actions;
    }

    /** Writes {@code sum_b pi(b) (values(b) - tau log pi(b))} of each row of {@code actions} numbers. */
    static void expect(double[] logs, double[] values, int actions, int count, double tau, double[] into) {
        for (int t = 0; t < count; t++) {
            double expected = 0;
            for (int i = t * actions; i < (t + 1) * actions; i++) {
                double p = StrictMath.exp(logs[i]);
                expected += p == 0 ? 0 : p * (values[i] - tau * logs[i]);
            }
            into[t] = expected;
        }
    }

    Critic critic(int follower) {
        if (critics[follower] == null) {
            critics[follower] = values.orElseThrow().at(followers.get(follower).value());
        }
        return critics[follower];
    }

    /** The number of parameters of a policy. */
    int policyParameters() {
        return policy.parameters();
    }
}
