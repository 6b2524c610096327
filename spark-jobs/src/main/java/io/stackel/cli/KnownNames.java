package io.stackel.cli;

import io.stackel.experiment.Catalogue;
import java.util.Collection;
import java.util.Iterator;
import java.util.function.Function;

/** Names for the shell to complete, with those of the user's own jars. */
abstract class KnownNames implements Iterable<String> {

    private final Function<Catalogue, Collection<String>> names;

    KnownNames(Function<Catalogue, Collection<String>> names) {
        this.names = names;
    }

    @Override
    public Iterator<String> iterator() {
        return names.apply(Catalogue.load(Subcommand.loader())).iterator();
    }

    /** Values of problem.name. */
    static final class Problems extends KnownNames {
        Problems() {
            super(catalogue -> catalogue.problems().keySet());
        }
    }

    /** Values of algorithm.name. */
    static final class Algorithms extends KnownNames {
        Algorithms() {
            super(catalogue -> catalogue.algorithms().keySet());
        }
    }
}
