package io.stackel.problem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class SettingsTest {

    private final Settings settings = Settings.of(Map.of("step", 0.5, "states", 7L, "kind", "walk", "loop", true));

    @Test
    void valuesComeInTheirTypes() {
        assertThat(settings.real("step")).isEqualTo(0.5);
        assertThat(settings.whole("states")).isEqualTo(7L);
        assertThat(settings.count("states")).isEqualTo(7);
        assertThat(settings.text("kind")).isEqualTo("walk");
        assertThat(settings.flag("loop")).isTrue();
        assertThat(settings.has("step")).isTrue();
        assertThat(settings.has("Step")).isFalse();
    }

    @Test
    void anotherTypeAndAMissingKeyAreRefusedByName() {
        assertThatThrownBy(() -> settings.whole("step"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("setting step must be a Long, but was 0.5");
        assertThatThrownBy(() -> settings.real("absent")).hasMessage("setting absent must be a Double, but was null");
        assertThatThrownBy(() -> Settings.of(Map.of("states", 1L << 31)).count("states"))
                .isInstanceOf(ArithmeticException.class);
    }

    @Test
    void settingsAreACopyInTheOrderOfTheKeys() {
        SortedMap<String, Object> values = new TreeMap<>(Map.of("b", 1L, "a", 2L));
        Settings copy = new Settings(values);
        values.put("c", 3L);
        assertThat(copy.values().keySet()).containsExactly("a", "b");
        assertThatThrownBy(() -> copy.values().put("d", 4L)).isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void parametersSayWhatMayBeLeftOut() {
        Parameter real = Parameter.real("step", 0.1, Range.POSITIVE, "Step size.");
        assertThat(real.fallback()).contains(0.1);
        assertThat(real.required()).isFalse();
        assertThat(real.effect()).isEqualTo(Parameter.Effect.IDENTITY);
        assertThat(real.mandatory().required()).isTrue();
        assertThat(real.mandatory().fallback()).isEmpty();
        assertThat(real.optional().required()).isFalse();
        assertThat(real.optional().fallback()).isEmpty();
        assertThat(real.optional().range()).isEqualTo(Range.POSITIVE);
        assertThat(real.with(Parameter.Effect.FREE).effect()).isEqualTo(Parameter.Effect.FREE);
        Parameter choice = Parameter.choice("kind", "walk", List.of("walk", "ride"), "Kind.");
        assertThat(choice.type()).isEqualTo(Parameter.Type.CHOICE);
        assertThat(choice.with(Parameter.Effect.TUNABLE).choices()).containsExactly("walk", "ride");
        assertThat(Parameter.whole("states", 3, Range.atLeast(1), "States.").fallback())
                .contains(3L);
        assertThat(Parameter.flag("loop", true, "Loop.").fallback()).contains(true);
        assertThat(Parameter.text("uri", "here", "Where.").type()).isEqualTo(Parameter.Type.TEXT);
    }
}
