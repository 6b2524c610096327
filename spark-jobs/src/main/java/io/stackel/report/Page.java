package io.stackel.report;

import io.stackel.experiment.JsonText;
import io.stackel.math.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/**
 * One file of HTML that needs no other: styles, scripts and data are inside, and its content-security policy allows the
 * browser exactly these (by SHA-256) and no request to anywhere.
 *
 * @param title of the document
 * @param header what stands above all sections
 * @param sections in order, each with the name by which the page's own links find it
 * @param charts drawn in the browser, for each of which a figure stands in a section
 */
record Page(String title, Html header, List<Section> sections, List<Chart> charts) {

    /** A part of the page below a heading. */
    record Section(String id, String heading, Html content) {}

    /** The page as one HTML document. */
    String html() {
        String style = resource("uPlot.min.css") + "\n" + resource("report.css");
        String library = resource("uPlot.iife.min.js");
        String script = resource("report.js");
        return "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
                + "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; script-src "
                + hash(library) + " " + hash(script) + "; style-src " + hash(style)
                + "; base-uri 'none'; form-action 'none'\">\n"
                + "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
                + "<meta name=\"referrer\" content=\"no-referrer\">\n"
                + new Html().element("title", title) + "\n<style>" + style + "</style>\n</head>\n<body>\n" + body()
                + "\n<script type=\"application/json\" id=\"data\">" + json() + "</script>\n"
                + "<script>" + library + "</script>\n<script>" + script + "</script>\n</body>\n</html>\n";
    }

    private Html body() {
        Html body = new Html().element("a", "Skip to the content", "class", "skip", "href", "#content");
        body.open("header").add(header).open("nav", "aria-label", "Sections").open("ul");
        for (Section section : sections) {
            body.open("li")
                    .element("a", section.heading(), "href", "#" + section.id())
                    .close();
        }
        body.close().close().close().open("main", "id", "content", "tabindex", "-1");
        for (Section section : sections) {
            body.open("section", "aria-labelledby", section.id())
                    .element("h2", section.heading(), "id", section.id())
                    .add(section.content())
                    .close();
        }
        return body.close()
                .element(
                        "footer",
                        "Made by Stackel from what the store holds; it may be deleted and made again. Charts by uPlot"
                                + " 1.6.32, MIT License, (c) 2022 Leon Sorokin.");
    }

    /** The data in a form in which no text ends the element that holds it. */
    private String json() {
        String json = JsonText.compact(
                Map.of("charts", charts.stream().map(Chart::tree).toList()));
        return json.replace("&", "\\u0026").replace("<", "\\u003c").replace(">", "\\u003e");
    }

    private static String hash(String content) {
        byte[] digest = HexFormat.of().parseHex(Sha256.of(content));
        return "'sha256-" + Base64.getEncoder().encodeToString(digest) + "'";
    }

    private static String resource(String name) {
        try (InputStream stream = Page.class.getResourceAsStream(name)) {
            if (stream == null) {
                throw new IllegalStateException("the jar must hold io/stackel/report/" + name);
            }
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8).strip();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
