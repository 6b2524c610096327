package io.stackel.cli;

import io.stackel.run.HadoopSettings;
import io.stackel.store.RunReader;
import io.stackel.store.Stores;
import java.net.URI;
import picocli.CommandLine.Parameters;

/** The run that a command looks at. */
final class RunArgument {

    @Parameters(index = "0", paramLabel = "RUN", description = "The run's directory: a path or a URI.")
    private String run;

    URI place() {
        return Stores.uri(run);
    }

    RunReader reader() {
        return reader(place());
    }

    /** Opens a run that exists. */
    static RunReader reader(URI place) {
        return RunReader.open(Stores.openForReading(place, new HadoopSettings()));
    }
}
