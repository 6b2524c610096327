package io.stackel.cli;

import io.stackel.experiment.Catalogue;
import io.stackel.experiment.ConfigurationSchema;
import io.stackel.run.ExitCode;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code stackel schema}. */
@Command(
        name = "schema",
        description = "Prints the JSON Schema of configurations, with what your own jars bring, for editors.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  stackel schema > stackel.schema.json",
            "  and as the first line of a configuration:  # yaml-language-server: $schema=stackel.schema.json"
        })
final class SchemaCommand implements Callable<Integer> {

    private final Surroundings surroundings;

    SchemaCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
        surroundings
                .out()
                .print(ConfigurationSchema.json(
                        Catalogue.load(surroundings.loader()).vocabulary()));
        surroundings.out().flush();
        return ExitCode.SUCCESS.code();
    }
}
