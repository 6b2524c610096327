package io.stackel.report;

import java.util.List;
import java.util.Locale;

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
        GOOD("yes"),
        /** Neither. */
        NOTE("note"),
        /** To be kept in mind. */
        CARE("care"),
        /** Speaks against it. */
        BAD("no");

        private final String word;

        Grade(String word) {
            this.word = word;
        }

        /** The CSS class that colours the finding. */
        String style() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    static Finding good(String claim, String evidence) {
        return new Finding(Grade.GOOD, claim, evidence);
    }

    static Finding note(String claim, String evidence) {
        return new Finding(Grade.NOTE, claim, evidence);
    }

    static Finding care(String claim, String evidence) {
        return new Finding(Grade.CARE, claim, evidence);
    }

    static Finding bad(String claim, String evidence) {
        return new Finding(Grade.BAD, claim, evidence);
    }

    /** The worst grade of some findings; good where there are none. */
    static Grade worst(List<Finding> findings) {
        return findings.stream().map(Finding::grade).max(Grade::compareTo).orElse(Grade.GOOD);
    }

    /** A card with a heading, a verdict of a few words and what it rests on. */
    static Html card(String heading, String verdict, Grade grade, List<Finding> findings) {
        Html html = new Html()
                .open("div.card.verdict." + grade.style())
                .element("h3", heading)
                .element("span.word." + grade.style(), verdict)
                .open("ul.findings");
        for (Finding finding : findings) {
            html.open("li")
                    .element("span.mark." + finding.grade.style(), finding.grade.word)
                    .open("div")
                    .element("strong", finding.claim)
                    .text(finding.evidence.replace(" %", "\u00a0%"))
                    .close()
                    .close();
        }
        return html.close().close();
    }
}
