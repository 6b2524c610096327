package io.stackel.report;

import java.util.List;

/**
 * One thing that speaks for or against a result.
 *
 * @param grade how it speaks
 * @param claim in a few words
 * @param evidence the figures, and the rule by which the grade was given
 */
record Finding(Grade grade, String claim, String evidence) {

    /** From best to worst. */
    enum Grade {
        /** Speaks for it. */
        GOOD("good", "yes"),
        /** Neither. */
        NOTE("note", "note"),
        /** To be kept in mind. */
        CARE("care", "care"),
        /** Speaks against it. */
        BAD("bad", "no");

        private final String style;
        private final String word;

        Grade(String style, String word) {
            this.style = style;
            this.word = word;
        }

        /** The CSS class that colours the finding. */
        String style() {
            return style;
        }
    }

    /** The worst grade of some findings; good where there are none. */
    static Grade worst(List<Finding> findings) {
        return findings.stream().map(Finding::grade).max(Grade::compareTo).orElse(Grade.GOOD);
    }

    /** A card with a heading, a verdict of a few words and what it rests on. */
    static Html card(String heading, String verdict, Grade grade, List<Finding> findings) {
        Html html = new Html()
                .open("div", "class", "card verdict " + grade.style())
                .element("h3", heading)
                .element("span", verdict, "class", "word " + grade.style())
                .open("ul", "class", "findings");
        for (Finding finding : findings) {
            html.open("li")
                    .element("span", finding.grade().word, "class", "mark " + finding.grade().style)
                    .open("div")
                    .element("strong", finding.claim())
                    .text(finding.evidence())
                    .close()
                    .close();
        }
        return html.close().close();
    }
}
