package io.stackel.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlainTextTest {

    @ParameterizedTest
    @CsvSource({
        "0000, NUL",
        "0007, bell",
        "0008, backspace",
        "000b, vertical tab",
        "000d, carriage return",
        "001b, escape",
        "007f, delete",
        "0085, next line",
        "009b, control sequence introducer",
        "009d, operating system command",
        "061c, Arabic letter mark",
        "200b, zero width space",
        "200e, left-to-right mark",
        "2028, line separator",
        "202a, embedding",
        "202e, override",
        "2066, isolate",
        "2069, end of isolate",
        "feff, byte order mark",
        "d800, half a character"
    })
    void whatATerminalObeysIsShown(String code, String name) {
        String text = "a" + (char) Integer.parseInt(code, 16) + "b";

        assertThat(PlainText.of(text)).as(name).isEqualTo("a\\u" + code + "b");
    }

    @Test
    void whatLiesBeyondSixteenBitsIsShownInTwoParts() {
        assertThat(PlainText.of("a\udb40\udc41b")).as("a tag").isEqualTo("a\\udb40\\udc41b");
    }

    @Test
    void linesTabsAndLettersOfAllScriptsStay() {
        String text = "first\n\tsecond: \u00e4\u20ac\u4e2d\ud83d\ude00 \u2013 ~";

        assertThat(PlainText.of(text)).isEqualTo(text);
    }

    @Test
    void credentialsAreHiddenToo() {
        assertThat(PlainText.of("opening s3a://a:b@c/\u001b[2J")).isEqualTo("opening s3a://***@c/\\u001b[2J");
    }
}
