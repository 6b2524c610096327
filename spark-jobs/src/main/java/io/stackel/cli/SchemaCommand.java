package io.stackel.cli;

import io.stackel.experiment.Catalogue;
import io.stackel.experiment.FileSchema;
import io.stackel.experiment.Reference;
import io.stackel.run.CommandFailure;
import io.stackel.run.ExitCode;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code stackel schema}. */
@Command(
        name = "schema",
        description =
                "Prints every key that a file may have, with those of your own jars: as JSON Schema for editors and"
                        + " validators, or as a reference to read.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  stackel schema > run.schema.json",
            "  stackel schema sweep > sweep.schema.json",
            "  stackel schema --markdown > REFERENCE.md",
            "",
            "An editor with yaml-language-server checks a file whose first line is",
            "  # yaml-language-server: $schema=run.schema.json"
        })
final class SchemaCommand extends Subcommand {

    @Parameters(
            paramLabel = "KIND",
            arity = "0..1",
            defaultValue = "run",
            description = "Which files: run (configurations, the default), sweep, or game (problem files).")
    private String kind;

    @Option(names = "--markdown", description = "Print the reference of all three kinds, in Markdown.")
    private boolean markdown;

    @Override
    ExitCode run() {
        Catalogue catalogue = Catalogue.load(loader());
        print(markdown ? Reference.markdown(catalogue) : schema().json(catalogue.vocabulary()));
        return ExitCode.SUCCESS;
    }

    private FileSchema schema() {
        Optional<FileSchema> known = Stream.of(FileSchema.values())
                .filter(one -> one.name().toLowerCase(Locale.ROOT).equals(kind))
                .findFirst();
        return known.orElseThrow(() -> CommandFailure.usage("KIND must be run, sweep or game, but was " + kind
                + "; for the keys of a problem of your own, read stackel schema --markdown"));
    }
}
