package io.stackel.store;

import java.util.List;

/**
 * Where a run stands: the newest commit whose files are whole.
 *
 * @param commit the commit
 * @param state the bytes of its data file, checked against the commit; not to be written to
 * @param chain all commits from the first to this one
 * @param notices what was found damaged and passed over, a sentence each
 */
public record Head(Commit commit, byte[] state, List<Commit> chain, List<String> notices) {

    public Head {
        chain = List.copyOf(chain);
        notices = List.copyOf(notices);
    }
}
