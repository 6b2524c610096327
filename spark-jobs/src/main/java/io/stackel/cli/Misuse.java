package io.stackel.cli;

import io.stackel.experiment.Catalogue;
import io.stackel.experiment.CatalogueException;
import io.stackel.experiment.NearestWord;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Says what is wrong with the words of a command, and what was probably meant. */
final class Misuse {

    private static final Pattern SETTING = Pattern.compile("(?<key>[a-z][A-Za-z0-9]*(\\.[A-Za-z0-9]+)?)=(?<value>.*)");
    private static final Pattern OPTION = Pattern.compile("--?(?<key>[A-Za-z][A-Za-z0-9.-]*)(=(?<value>.*))?");
    private static final String SET = "--set";

    private Misuse() {}

    /** The message on one line. */
    static String text(ParameterException failure, ClassLoader loader) {
        if (!(failure instanceof UnmatchedArgumentException unmatched)
                || unmatched.getUnmatched().isEmpty()) {
            return failure.getMessage();
        }
        CommandLine command = failure.getCommandLine();
        List<String> words = unmatched.getUnmatched();
        String first = words.get(0);
        if (first.startsWith("-")) {
            return ofOption(command, first, words.stream().skip(1).findFirst(), loader);
        }
        if (!command.getSubcommands().isEmpty()) {
            return unknownCommand(command, first);
        }
        Matcher setting = SETTING.matcher(first);
        if (setting.matches() && takesSettings(command)) {
            return first + " must follow --set: --set " + first;
        }
        return failure.getMessage();
    }

    /** A word that names no command of a group. */
    static String unknownCommand(CommandLine group, String given) {
        List<String> names = List.copyOf(group.getSubcommands().keySet());
        String place = group.getCommandSpec().qualifiedName();
        return "there is no command '" + place + " " + given + "'"
                + NearestWord.of(given, names)
                        .map(near -> "; did you mean '" + place + " " + near + "'?")
                        .orElse("; there are " + String.join(", ", names));
    }

    private static String ofOption(CommandLine command, String word, Optional<String> next, ClassLoader loader) {
        CommandSpec spec = command.getCommandSpec();
        Matcher option = OPTION.matcher(word);
        String unknown = "there is no option " + word + " of '" + spec.qualifiedName() + "'";
        if (!option.matches()) {
            return unknown;
        }
        String key = option.group("key");
        Optional<String> value = Optional.ofNullable(option.group("value"))
                .or(() -> next.filter(following -> !following.startsWith("-")));
        List<String> paths = takesSettings(command) ? paths(key, loader) : List.of();
        if (!paths.isEmpty()) {
            return unknown + "; keys of the configuration are given by --set: "
                    + paths.stream()
                            .map(path -> SET + " " + path + "=" + value.orElse("VALUE"))
                            .collect(Collectors.joining(", or "));
        }
        List<String> options = spec.options().stream()
                .flatMap(one -> Stream.of(one.names()))
                .filter(name -> name.startsWith("--"))
                .toList();
        return unknown
                + NearestWord.of("--" + key, options)
                        .map(near -> "; did you mean " + near + "?")
                        .orElse("");
    }

    private static boolean takesSettings(CommandLine command) {
        return command.getCommandSpec().findOption(SET) != null;
    }

    /** The keys of configurations that are called so, with or without their section; none where a jar is broken. */
    private static List<String> paths(String key, ClassLoader loader) {
        try {
            return Catalogue.load(loader).vocabulary().paths().stream()
                    .filter(path -> path.equals(key) || path.endsWith("." + key))
                    .toList();
        } catch (CatalogueException broken) {
            return List.of();
        }
    }
}
