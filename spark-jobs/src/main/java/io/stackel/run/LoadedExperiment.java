package io.stackel.run;

import io.stackel.algorithm.Algorithm;
import io.stackel.algorithm.MisfitException;
import io.stackel.experiment.Catalogue;
import io.stackel.experiment.ConfigurationDecoder;
import io.stackel.experiment.ConfigurationException;
import io.stackel.experiment.Experiment;
import io.stackel.experiment.ExperimentConfiguration;
import io.stackel.experiment.KeyChange;
import io.stackel.experiment.ProblemSelection;
import io.stackel.experiment.RunIdentity;
import io.stackel.math.Sha256;
import io.stackel.problem.BlockSource;
import io.stackel.store.Head;
import io.stackel.store.RunHeader;
import io.stackel.store.RunReader;
import io.stackel.store.StoredDataSets;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A configuration with everything that it names.
 *
 * @param text of which it was decoded, for messages
 * @param configuration decoded and checked; {@code problem.file} and data sets are the URIs at which they were found
 * @param problemFile the content of {@code problem.file}, if there is one
 * @param identity what makes two configurations the same run
 * @param code of the user's own that it is made of
 * @param experiment problem, policy, rules
 */
public record LoadedExperiment(
        Text text,
        ExperimentConfiguration configuration,
        Optional<byte[]> problemFile,
        RunIdentity identity,
        ProblemCode code,
        Experiment experiment) {

    private static final String PROBLEM_FILE = "problem.file";

    /**
     * What the user gave.
     *
     * @param source where the text came from
     * @param content UTF-8
     * @param overrides {@code key=value}, as in {@code --set}
     */
    public record Text(String source, byte[] content, List<String> overrides) {

        public ExperimentConfiguration decode(ConfigurationDecoder decoder, List<String> more) {
            return decoder.decode(
                    source,
                    content,
                    Stream.concat(overrides.stream(), more.stream()).toList());
        }

        /** What the parts say that do not fit each other is the configuration's mistake. */
        private <T> T fitting(Supplier<T> part) {
            try {
                return part.get();
            } catch (MisfitException misfit) {
                throw ConfigurationDecoder.misfit(source, content, overrides, misfit);
            } catch (IllegalArgumentException unfit) {
                throw CommandFailure.usage(source + ": " + unfit.getMessage(), unfit);
            }
        }
    }

    /**
     * Reads, decodes and builds.
     *
     * @param overrides {@code key=value}, as in {@code --set}
     */
    public static LoadedExperiment load(String location, List<String> overrides, ClassLoader loader) {
        return decode(location, InputFile.read(location, "configuration"), overrides, loader);
    }

    /**
     * The experiment of a run, from what its last commit recorded.
     *
     * @throws CommandFailure if it is not the one that the run was started with, as where a file that the configuration
     *     names has changed
     */
    public static LoadedExperiment ofRun(URI out, RunReader reader, Head head, ClassLoader loader) {
        return ofRun(out, reader, head, Catalogue.load(loader));
    }

    /** The experiment of a run, from what its last commit recorded, of a catalogue that is at hand. */
    public static LoadedExperiment ofRun(URI out, RunReader reader, Head head, Catalogue catalogue) {
        LoadedExperiment loaded = decodeRecord(
                "the configuration of " + out, CommitSummary.of(head).configurationText(), catalogue);
        List<KeyChange> changes =
                loaded.identity().changesSince(reader.header().identity().canonicalJson());
        if (!changes.isEmpty()) {
            throw new CommandFailure(
                    ExitCode.DATA,
                    "the experiment of the run at " + out
                            + " cannot be built again, because something has changed (recorded -> found): "
                            + changes.stream().map(KeyChange::toString).collect(Collectors.joining(", "))
                            + "; put the old content back, or use the version that started the run");
        }
        return loaded;
    }

    /** Decodes and builds a configuration whose text is at hand. */
    public static LoadedExperiment decode(String source, byte[] content, List<String> overrides, ClassLoader loader) {
        return decode(new Text(source, content, overrides), Catalogue.load(loader));
    }

    /** Decodes and builds what the user gave, of a catalogue that is at hand. */
    public static LoadedExperiment decode(Text text, Catalogue catalogue) {
        return build(text, new ConfigurationDecoder(catalogue.vocabulary()), catalogue);
    }

    /** Decodes and builds a resolved configuration that a run or a sweep recorded, perhaps with an older version. */
    public static LoadedExperiment decodeRecord(String source, byte[] content, ClassLoader loader) {
        return decodeRecord(source, content, Catalogue.load(loader));
    }

    private static LoadedExperiment decodeRecord(String source, byte[] content, Catalogue catalogue) {
        return build(
                new Text(source, content, List.of()),
                new ConfigurationDecoder(catalogue.vocabulary()).ofRecords(),
                catalogue);
    }

    private static LoadedExperiment build(Text text, ConfigurationDecoder decoder, Catalogue catalogue) {
        BlockSource data = new StoredDataSets(new HadoopSettings());
        Located located = Located.of(text, decoder);
        Experiment experiment =
                text.fitting(() -> Experiment.of(located.configuration(), catalogue, located.problemFile(), data));
        return new LoadedExperiment(
                text,
                located.configuration(),
                located.problemFile(),
                located.identity(),
                ProblemCode.of(located.configuration(), catalogue),
                experiment);
    }

    /**
     * A decoded configuration and what it names outside of itself; nothing is built yet.
     *
     * @param configuration {@code problem.file} and data sets are the URIs at which they were found
     */
    public record Located(ExperimentConfiguration configuration, Optional<byte[]> problemFile, RunIdentity identity) {

        public static Located of(Text text, ConfigurationDecoder decoder) {
            BlockSource data = new StoredDataSets(new HadoopSettings());
            ExperimentConfiguration given = text.decode(decoder, List.of());
            List<String> found = new ArrayList<>();
            SortedMap<String, String> digests = new TreeMap<>();
            Optional<byte[]> problemFile = Optional.empty();
            for (Map.Entry<String, String> place : given.places().entrySet()) {
                String key = place.getKey();
                if (key.equals(PROBLEM_FILE)) {
                    LocatedFile located = LocatedFile.beside(text.source(), place.getValue());
                    problemFile = Optional.of(located.content());
                    found.add(key + "=" + located.uri());
                    digests.put(key, Sha256.of(located.content()));
                } else {
                    URI uri = LocatedFile.dataSetBeside(text.source(), key, place.getValue());
                    found.add(key + "=" + uri);
                    digests.put(key, data.open(uri.toString()).sha256());
                }
            }
            ExperimentConfiguration absolute = found.isEmpty() ? given : text.decode(decoder, found);
            return new Located(absolute, problemFile, RunIdentity.of(absolute, digests));
        }
    }

    /**
     * Builds the algorithm.
     *
     * @throws ConfigurationException if it cannot solve this problem this way
     */
    public Algorithm algorithm() {
        return text.fitting(experiment::algorithm);
    }

    /** What has changed in the code of the user's own since a run stood where it stands, for people. */
    public Optional<String> codeChange(Head head) {
        return code.changeSince(CommitSummary.of(head).code().problem());
    }

    /** The name of the run's directory unless the user gives another. */
    public String runName() {
        return identity.runName(configuration.name());
    }

    /** The name of its problem, or its file. */
    String problemName() {
        ProblemSelection problem = configuration.problem();
        return problem instanceof ProblemSelection.Named named ? named.name() : problem.toString();
    }

    /** Steps of the largest batch, at most: units times horizon; 0 where a model is fitted to rows. */
    public double stepsOfBatch() {
        if (!configuration.has("sampling")) {
            return 0;
        }
        long units = Stream.of("upper", "lower", "evaluation")
                .map(section -> section + ".units")
                .filter(key -> configuration.keys().containsKey(key))
                .mapToLong(key -> ((Number) configuration.keys().get(key).value()).longValue())
                .max()
                .orElse(0);
        return (double) units * configuration.section("sampling").count("horizon");
    }

    /** What the run's directory begins with. */
    public RunHeader header() {
        return new RunHeader(identity, Experiment.NUMERICS_VERSION);
    }
}
