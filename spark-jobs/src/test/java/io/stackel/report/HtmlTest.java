package io.stackel.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class HtmlTest {

    @Test
    void textAndAttributesAreEscaped() {
        Html html = new Html()
                .open("p", "title", "\"><b onclick='x'>")
                .text("a < b & c > 'd'\u0000")
                .close();

        assertThat(html)
                .hasToString(
                        "<p title=\"&quot;&gt;&lt;b onclick=&#39;x&#39;&gt;\">a &lt; b &amp; c &gt; &#39;d&#39;\uFFFD</p>");
    }

    @Test
    void elementsMustBeEnded() {
        Html html = new Html().open("ul").open("li");

        assertThatThrownBy(html::toString)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("elements must be ended, but [li, ul] are not");
    }
}
