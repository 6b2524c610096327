package io.stackel.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * A script by which bash completes the last word of a command line.
 *
 * <p>Two tables are made from the declared commands: the words that may follow a command, and the values of an option. Where
 * neither has a word the shell offers files, among them the directories of runs.
 */
final class CompletionScript {

    /** Of the launcher, which stand before the command. */
    private static final List<String> LAUNCHER = List.of("--conf", "--jars", "--properties-file");

    private CompletionScript() {}

    /** The script for a command and all below it. */
    static String of(CommandSpec root) {
        List<CommandSpec> all = new ArrayList<>();
        collect(root, all);
        String names =
                all.stream().skip(1).map(command -> "\"" + path(command) + "\"").collect(Collectors.joining(" | "));
        StringBuilder values = new StringBuilder();
        StringBuilder words = new StringBuilder();
        for (CommandSpec command : all) {
            for (OptionSpec option : command.options()) {
                List<String> candidates = candidates(option);
                if (!candidates.isEmpty()) {
                    for (String name : option.names()) {
                        values.append(choice("    ", path(command) + " " + name, "", candidates));
                    }
                }
            }
            words.append(choice("      ", path(command) + ":-", "*", options(command)));
            List<String> following = following(command);
            if (!following.isEmpty()) {
                words.append(choice("      ", path(command) + ":", "*", following));
            }
        }
        return String.format(Locale.ROOT, """
            # Completes commands of stackel, their options and the values of these; files where there are no words.
            _stackel() {
              local word=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD-1]} command= each words=
              # Bash takes = for a word of its own.
              if [ "$previous" = = ]; then previous=${COMP_WORDS[COMP_CWORD-2]}; fi
              if [ "$word" = = ]; then word=; fi
              for each in "${COMP_WORDS[@]:1:$((COMP_CWORD - 1))}"; do
                case "${command:+$command }$each" in
                  %s) command="${command:+$command }$each" ;;
                esac
              done
              case "$command $previous" in
                " --conf" | " --jars" | " --properties-file") COMPREPLY=() && return ;;
            %s  esac
              if [ -z "$words" ]; then
                case "$command:$word" in
            %s    esac
              fi
              COMPREPLY=($(compgen -W "$words" -- "$word"))
            }
            complete -o default -F _stackel stackel
            """, names, values, words);
    }

    private static void collect(CommandSpec command, List<CommandSpec> into) {
        into.add(command);
        for (CommandLine below : command.subcommands().values()) {
            collect(below.getCommandSpec(), into);
        }
    }

    /** Without the name of the program. */
    private static String path(CommandSpec command) {
        return command.parent() == null ? "" : (path(command.parent()) + " " + command.name()).strip();
    }

    private static String choice(String indent, String exactly, String then, List<String> words) {
        return indent + "\"" + exactly + "\"" + then + ") words=\"" + String.join(" ", words) + "\" ;;\n";
    }

    private static List<String> options(CommandSpec command) {
        return Stream.concat(
                        command.options().stream().map(OptionSpec::longestName),
                        command.parent() == null ? LAUNCHER.stream() : Stream.empty())
                .sorted()
                .toList();
    }

    private static List<String> following(CommandSpec command) {
        CommandSpec group = command.userObject() instanceof HelpCommand ? command.root() : command;
        return Stream.concat(
                        group.subcommands().keySet().stream(),
                        command.positionalParameters().stream().flatMap(one -> candidates(one).stream()))
                .sorted()
                .toList();
    }

    private static List<String> candidates(ArgSpec argument) {
        return argument.completionCandidates() == null
                ? List.of()
                : StreamSupport.stream(argument.completionCandidates().spliterator(), false)
                        .toList();
    }
}
