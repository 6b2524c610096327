package io.stackel.experiment;

import io.stackel.experiment.Tree.Entry;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * Reads one YAML document into a {@link Tree}.
 *
 * <p>It works on the parser's events, so that what it refuses is never built: text above {@value CheckedText#MOST_BYTES} bytes,
 * nesting below {@value #DEEPEST} levels and more than {@value #MOST_NODES} values end the reading; tags, anchors,
 * aliases, duplicate keys and further documents are mistakes that let it go on.
 */
final class ConfigurationReader {

    static final int DEEPEST = 20;
    static final int MOST_NODES = 10_000;

    private final String source;
    private final List<Mistake> mistakes;
    private int nodes;

    private ConfigurationReader(String source, List<Mistake> mistakes) {
        this.source = source;
        this.mistakes = mistakes;
    }

    /**
     * The top section of {@code bytes}.
     *
     * @param source name for positions
     * @param mistakes receives what is wrong; the result is then as much as could be read
     */
    static Tree.Section read(String source, byte[] bytes, List<Mistake> mistakes) {
        ConfigurationReader reader = new ConfigurationReader(source, mistakes);
        Tree.Section empty = new Tree.Section(new Position(source, 1, 1), Map.of());
        try {
            return reader.document(CheckedText.of(source, bytes)).orElse(empty);
        } catch (ConfigurationException refusal) {
            mistakes.addAll(refusal.mistakes());
        } catch (MarkedYamlEngineException syntax) {
            Position position = syntax.getProblemMark().map(reader::position).orElse(empty.position());
            mistakes.add(Mistake.of(position, "", "text is not YAML: " + CoreScalar.printable(syntax.getProblem())));
        } catch (YamlEngineException | IndexOutOfBoundsException | IllegalArgumentException syntax) {
            mistakes.add(Mistake.of(
                    empty.position(),
                    "",
                    "text is not YAML: " + CoreScalar.printable(String.valueOf(syntax.getMessage()))));
        }
        return empty;
    }

    private Optional<Tree.Section> document(String text) {
        LoadSettings settings = LoadSettings.builder()
                .setLabel(source)
                .setCodePointLimit(CheckedText.MOST_BYTES)
                .build();
        Iterator<Event> events = new Parse(settings).parseString(text).iterator();
        Optional<Tree.Section> top = Optional.empty();
        int documents = 0;
        while (events.hasNext()) {
            Event event = events.next();
            if (event.getEventId() == Event.ID.DocumentStart && ++documents > 1) {
                throw ConfigurationException.at(position(event), "text must be one document, but here starts another");
            }
            if (event instanceof NodeEvent node) {
                top = top(node(node, events, 1));
            }
        }
        return top;
    }

    private Optional<Tree.Section> top(Tree tree) {
        if (tree.section().isEmpty() && !tree.isNothing()) {
            mistakes.add(Mistake.of(tree.position(), "", "text must be a section of keys, but was " + tree.shown()));
        }
        return tree.section();
    }

    private Tree node(NodeEvent event, Iterator<Event> events, int depth) {
        Position position = position(event);
        if (++nodes > MOST_NODES) {
            throw ConfigurationException.at(position, "text must have at most " + MOST_NODES + " values, but has more");
        }
        if (depth > DEEPEST) {
            throw ConfigurationException.at(
                    position, "text must be nested at most " + DEEPEST + " levels, but is deeper");
        }
        event.getAnchor()
                .ifPresent(anchor -> refuse(position, "anchors and aliases are not allowed", anchor.getValue()));
        if (event instanceof ScalarEvent scalar) {
            return scalar(position, scalar);
        }
        if (event instanceof CollectionStartEvent collection) {
            collection.getTag().ifPresent(tag -> refuse(position, "tags are not allowed", tag));
            return event.getEventId() == Event.ID.MappingStart
                    ? section(position, events, depth)
                    : sequence(position, events, depth);
        }
        return new Tree.Scalar(position, CoreScalar.plain(""));
    }

    private Tree scalar(Position position, ScalarEvent event) {
        event.getTag().ifPresent(tag -> refuse(position, "tags are not allowed", tag));
        if (event.getValue().length() > CoreScalar.LONGEST) {
            throw ConfigurationException.at(
                    position, "a value must have at most " + CoreScalar.LONGEST + " characters, but has more");
        }
        return new Tree.Scalar(
                position, event.isPlain() ? CoreScalar.plain(event.getValue()) : CoreScalar.quoted(event.getValue()));
    }

    private Tree sequence(Position position, Iterator<Event> events, int depth) {
        List<Tree> items = new ArrayList<>();
        while (events.next() instanceof NodeEvent item) {
            items.add(node(item, events, depth + 1));
        }
        return new Tree.Sequence(position, items);
    }

    private Tree section(Position position, Iterator<Event> events, int depth) {
        Map<String, Entry> entries = new LinkedHashMap<>();
        while (events.next() instanceof NodeEvent keyEvent) {
            Tree key = node(keyEvent, events, depth + 1);
            Tree value = node((NodeEvent) events.next(), events, depth + 1);
            if (key instanceof Tree.Scalar scalar) {
                String name = scalar.value().text();
                Entry first = entries.putIfAbsent(name, new Entry(key.position(), value));
                if (first != null) {
                    String shown = CoreScalar.printable(name);
                    mistakes.add(Mistake.of(
                            key.position(), shown, "key " + shown + " is given twice, first at " + first.position()));
                }
            } else {
                mistakes.add(Mistake.of(key.position(), "", "a key must be a word, but was " + key.shown()));
            }
        }
        return new Tree.Section(position, entries);
    }

    private void refuse(Position position, String rule, String value) {
        mistakes.add(Mistake.of(position, "", rule + ", but here is " + CoreScalar.printable(value)));
    }

    private Position position(Event event) {
        return event.getStartMark().map(this::position).orElse(new Position(source, 1, 1));
    }

    private Position position(Mark mark) {
        return new Position(source, mark.getLine() + 1, mark.getColumn() + 1);
    }
}
