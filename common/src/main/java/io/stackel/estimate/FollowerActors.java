package io.stackel.estimate;

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

    FollowerActors(Policy policy, Optional<ValueNetwork> values, List<Follower> followers) {
        this.policy = policy;
        this.values = values;
        this.followers = followers;
        actors = new Actor[followers.size()];
        critics = new Critic[followers.size()];
        int phi = values.map(ValueNetwork::parameters).orElse(0);
        for (Follower follower : followers) {
            int given = follower.value().length;
            if (follower.upperValue().length > 0 || (given > 0 && given != phi)) {
                throw new IllegalArgumentException("baselines of a problem that can only be sampled must be the " + phi
                        + " parameters of its value network, but were " + given + " and "
                        + follower.upperValue().length + " numbers");
            }
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
