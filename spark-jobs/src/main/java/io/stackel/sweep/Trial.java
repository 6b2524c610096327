package io.stackel.sweep;

import io.stackel.experiment.JsonText;
import io.stackel.experiment.RunIdentity;
import java.io.Serializable;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One run of a sweep.
 *
 * @param name of its directory: the configuration's name and 12 digits of its identity
 * @param identity SHA-256 of what makes it this run
 * @param seed of the run
 * @param axes the value of each axis but the seed, in the order of the axes
 * @param configuration every key after defaults, as JSON that the decoder takes
 */
public record Trial(String name, String identity, long seed, Map<String, String> axes, String configuration)
        implements Serializable {

    public Trial {
        if (!RunIdentity.isRunName(name, identity)) {
            throw new IllegalArgumentException(
                    "a trial's name must be the configuration's, a hyphen and the first 12 digits"
                            + " of its identity, but was " + JsonText.quoted(name) + " for the identity "
                            + JsonText.quoted(identity));
        }
        axes = Collections.unmodifiableMap(new LinkedHashMap<>(axes));
    }
}
