package io.stackel.cli;

import io.stackel.cli.Diagnosis.Grade;
import io.stackel.experiment.JsonText;
import io.stackel.run.ExitCode;
import io.stackel.run.HadoopSettings;
import io.stackel.store.Stores;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code stackel doctor}. */
@Command(
        name = "doctor",
        description = {
            "Checks what a run needs: Java, Spark, Hadoop, the store, the security of a cluster. Says how to fix what"
                    + " is not good.",
            "Ends with 2 if something is bad. Nothing is started; below --out a few small files are written and removed."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  stackel doctor",
            "  stackel doctor --out s3a://bucket/runs/mine",
            "  stackel --properties-file my.conf doctor --master spark://host:7077",
            "  stackel doctor --json | jq '.findings[] | select(.grade != \"good\")'"
        })
final class DoctorCommand extends Subcommand {

    @Option(
            names = "--out",
            paramLabel = "URI",
            description = "A place for runs; doctor tries every kind of request on it.")
    private Optional<String> out;

    @Option(names = "--master", paramLabel = "M", description = "Spark's master, whose security is graded.")
    private Optional<String> master;

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    @Override
    ExitCode run() {
        List<Diagnosis> findings = new ArrayList<>(MachineCheckup.findings());
        findings.addAll(SecurityCheckup.findings(System.getProperties(), master.orElse("local")));
        out.map(Stores::uri).ifPresent(place -> findings.addAll(store(place)));
        boolean well = findings.stream().noneMatch(finding -> finding.grade() == Grade.BAD);
        print(
                json
                        ? json(findings, well)
                        : findings.stream().map(Diagnosis::text).collect(Collectors.joining()));
        return well ? ExitCode.SUCCESS : ExitCode.USAGE;
    }

    private List<Diagnosis> store(URI place) {
        tell("opening " + place);
        return new StoreCheckup(environment().nanoTime()).findings(place, new HadoopSettings());
    }

    private static String json(List<Diagnosis> findings, boolean well) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("format", 1);
        tree.put("well", well);
        tree.put("findings", findings.stream().map(Diagnosis::tree).toList());
        return JsonText.indented(tree);
    }
}
