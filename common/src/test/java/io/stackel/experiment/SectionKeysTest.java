package io.stackel.experiment;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stackel.problem.Parameter;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class SectionKeysTest {

    private static final Parameter KEY = Parameter.flag("key", true, "A key.");

    @Test
    void keyIsDeclaredOnce() {
        assertThatThrownBy(() -> SectionKeys.of(List.of(KEY, KEY)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("key key must be declared once");
    }

    @Test
    void ruleReadsDeclaredKeys() {
        SectionKeys.Rule rule = new SectionKeys.Rule(List.of("key", "other"), "key", settings -> Optional.empty());
        assertThatThrownBy(() -> new SectionKeys(List.of(KEY), List.of(rule)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("keys of a rule must be declared, but were [key, other]");
    }

    @Test
    void nameAndFileAreReserved() {
        SectionKeys keys = SectionKeys.of(List.of(Parameter.text("file", "", "A file.")));
        TreeMap<String, SectionKeys> problems = new TreeMap<>(Map.of("p", keys));

        assertThatThrownBy(() -> new Vocabulary(problems, new TreeMap<>(), new TreeMap<>(), new TreeSet<>()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("keys of p must not be called file");
    }
}
