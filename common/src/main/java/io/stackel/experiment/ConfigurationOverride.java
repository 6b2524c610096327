package io.stackel.experiment;

import io.stackel.experiment.Tree.Entry;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * One {@code --set key=value}: a value that replaces the file's, in the same scalars.
 *
 * <p>The key is {@code key} or {@code section.key}. A value in quotes is text; a value without is taken as it stands, so
 * that {@code #} and {@code :} need no quotes; one in brackets is a list, one in braces a whole section. Of two overrides
 * of one key the later wins.
 */
final class ConfigurationOverride {

    private ConfigurationOverride() {}

    /** {@code top} with {@code override} applied; what is wrong with the override itself goes to {@code mistakes}. */
    static Tree.Section apply(Tree.Section top, String override, List<Mistake> mistakes) {
        int equals = override.indexOf('=');
        String path = (equals < 0 ? override : override.substring(0, equals)).strip();
        Position position = Position.override(CoreScalar.printable(path));
        if (equals < 0 || path.isEmpty() || override.length() > CoreScalar.LONGEST) {
            mistakes.add(Mistake.of(
                    position,
                    CoreScalar.printable(path),
                    "an override must be key=value with at most " + CoreScalar.LONGEST + " characters, but was "
                            + CoreScalar.printable(override)));
            return top;
        }
        Tree value = value(position, override.substring(equals + 1).strip(), mistakes);
        int dot = path.indexOf('.');
        if (dot < 0) {
            return top.with(path, new Entry(position, value));
        }
        String section = path.substring(0, dot);
        Tree.Section changed = top.value(section)
                .flatMap(Tree::section)
                .orElse(new Tree.Section(position, Map.of()))
                .with(path.substring(dot + 1), new Entry(position, value));
        return top.with(section, new Entry(top.entries().containsKey(section) ? top.at(section) : position, changed));
    }

    private static Tree value(Position position, String text, List<Mistake> mistakes) {
        if (text.startsWith("{") && text.endsWith("}")) {
            return ConfigurationReader.read(position.source(), text.getBytes(StandardCharsets.UTF_8), mistakes);
        }
        if (!text.startsWith("[") || !text.endsWith("]")) {
            return new Tree.Scalar(position, scalar(text));
        }
        String inside = text.substring(1, text.length() - 1);
        List<Tree> items = new ArrayList<>();
        for (String item : inside.isBlank() ? new String[0] : inside.split(",", -1)) {
            items.add(new Tree.Scalar(position, scalar(item.strip())));
        }
        return new Tree.Sequence(position, items);
    }

    private static CoreScalar scalar(String text) {
        boolean quoted = text.length() > 1 && (text.charAt(0) == '"' || text.charAt(0) == '\'');
        if (!quoted || text.charAt(text.length() - 1) != text.charAt(0)) {
            return CoreScalar.plain(text);
        }
        return CoreScalar.quoted(text.substring(1, text.length() - 1));
    }
}
