package io.stackel.estimate;

import java.util.List;

/**
 * Where a role's sums lie in the flat array of a chunk: z_upper, z_lower, their squares by coordinate if kept, then
 * {@link #SCALARS} scalars, then records, each of which one unit writes.
 */
record RoleLayout(int offset, int upperLength, int lowerLength, boolean diagonal, int recordsLength) {

    /** Sum of |z_upper|^2. */
    static final int UPPER_SQUARE = 0;

    /** Sum of |z_lower|^2. */
    static final int LOWER_SQUARE = 1;

    /** Sum over units of the mean |w_1 - w_2| / 2. */
    static final int SATURATION = 2;

    /** Sum of the leader's returns, and of their squares. */
    static final int UPPER_RETURN = 3;

    static final int UPPER_RETURN_SQUARE = 4;

    /** Sum of the follower's returns with entropy, and of their squares. */
    static final int LOWER_RETURN = 5;

    static final int LOWER_RETURN_SQUARE = 6;

    /** Sum of the leader's rewards, without discount. */
    static final int UPPER_TOTAL = 7;

    static final int SCALARS = 8;

    /** Counters of a role: units, steps, terminated, truncated, units whose z was not finite. */
    static final int UNITS = 0;

    static final int STEPS = 1;
    static final int TERMINATED = 2;
    static final int TRUNCATED = 3;
    static final int NON_FINITE = 4;
    static final int COUNTERS = 5;

    /** The layouts of a request's roles, one after the other. */
    static RoleLayout[] of(List<Role> roles, int upperSize, int lowerSize, int valueSize, boolean diagonal) {
        RoleLayout[] layouts = new RoleLayout[roles.size()];
        int offset = 0;
        for (int i = 0; i < layouts.length; i++) {
            Role role = roles.get(i);
            int records = role instanceof Role.Preferences pairs ? pairs.recordsLength() : 0;
            int lower = fitsValues(role) ? lowerSize + valueSize : hasLower(role) ? lowerSize : 0;
            layouts[i] = new RoleLayout(offset, hasUpper(role) ? upperSize : 0, lower, diagonal, records);
            offset = layouts[i].end();
        }
        return layouts;
    }

    private static boolean fitsValues(Role role) {
        return role instanceof Role.ActorCritic || role instanceof Role.CriticOfPairs;
    }

    private static boolean hasUpper(Role role) {
        return role instanceof Role.Bellman
                || role instanceof Role.Hpgd
                || role instanceof Role.Features
                || role instanceof Role.NikaidoIsoda
                || (role instanceof Role.Loss loss && loss.wanted().upper())
                || (role instanceof Role.Preferences pairs
                        && pairs.terms().wanted().upper())
                || (role instanceof Role.Gradient gradient && gradient.wanted().upper());
    }

    private static boolean hasLower(Role role) {
        return role instanceof Role.Bellman
                || role instanceof Role.NikaidoIsoda
                || (role instanceof Role.Loss loss && loss.wanted().lower())
                || (role instanceof Role.Preferences pairs
                        && pairs.terms().wanted().lower())
                || (role instanceof Role.Gradient gradient && gradient.wanted().lower());
    }

    int lowerOffset() {
        return offset + upperLength;
    }

    int upperSquares() {
        return offset + upperLength + lowerLength;
    }

    int lowerSquares() {
        return upperSquares() + upperLength;
    }

    int scalars() {
        return offset + (diagonal ? 2 : 1) * (upperLength + lowerLength);
    }

    int records() {
        return scalars() + SCALARS;
    }

    int end() {
        return records() + recordsLength;
    }
}
