package io.stackel.cli;

import io.stackel.experiment.Catalogue;
import io.stackel.experiment.ConfigurationSchema;
import io.stackel.run.ExitCode;
import picocli.CommandLine.Command;

/** {@code stackel schema}. */
@Command(
        name = "schema",
        description = "Prints the JSON Schema of configurations, with what your own jars bring, for editors.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  stackel schema > stackel.schema.json",
            "  and as the first line of a configuration:",
            "  # yaml-language-server: $schema=stackel.schema.json"
        })
final class SchemaCommand extends Subcommand {

    @Override
    ExitCode run() {
        print(ConfigurationSchema.json(Catalogue.load(loader()).vocabulary()));
        return ExitCode.SUCCESS;
    }
}
