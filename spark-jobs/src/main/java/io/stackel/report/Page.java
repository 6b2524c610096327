package io.stackel.report;

import io.stackel.experiment.JsonText;
import io.stackel.math.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/**
 * One file of HTML that needs no other: style, script and data are inside, and its content-security policy allows the
 * browser exactly these (by SHA-256), pictures that the script makes for a download, and no request to anywhere.
 */
final class Page {

    private record Section(String id, String heading, Html content) {}

    private final String title;
    private final Html header;
    private final Html tiles = new Html().open("dl.tiles");
    private final List<Section> sections = new ArrayList<>();
    private final List<Chart> charts = new ArrayList<>();
    private OptionalInt reloadSeconds = OptionalInt.empty();

    /**
     * Begins a page with what stands above all sections.
     *
     * @param kind of the page: {@code Stackel run report}
     * @param name of what it is about
     * @param what that is, for somebody who has never seen such a page
     * @param verdict in a sentence or two
     */
    Page(String title, String kind, String name, String what, String verdict) {
        this.title = title;
        header = new Html()
                .open("div.bar")
                .open("div")
                .element("p.kind", kind)
                .element("h1", name)
                .element("p.soft", what)
                .close()
                .element("button.theme", "Dark colours", "type", "button", "hidden", "hidden")
                .close()
                .element("p.lead", verdict);
    }

    /** Adds a figure to those that are read first. */
    Page tile(String name, String value, String under) {
        tiles.open("div.tile")
                .element("dt", name)
                .element("dd", value)
                .element("dd.under", under)
                .close();
        return this;
    }

    /**
     * Adds a part below a heading.
     *
     * @param id by which the page's own links find it
     */
    void section(String id, String heading, Html content) {
        sections.add(new Section(id, heading, content));
    }

    /** Lets the browser load the page again and again, because it is written again and again. */
    void reload(OptionalInt seconds) {
        reloadSeconds = seconds;
    }

    /** The figure of a chart, which the browser draws on this page. */
    Html figure(Chart chart) {
        charts.add(chart);
        return chart.figure();
    }

    /** The page as one HTML document. */
    String html() {
        String style = resource("report.css");
        String script = resource("report.js");
        return "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
                + "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; script-src "
                + hash(script) + "; style-src " + hash(style)
                + "; img-src blob:; base-uri 'none'; form-action 'none'\">\n"
                + "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
                + "<meta name=\"referrer\" content=\"no-referrer\">\n"
                + new Html().element("title", title) + "\n<style>" + style + "</style>\n</head>\n<body>\n" + body()
                + "\n<script type=\"application/json\" id=\"data\">" + json() + "</script>\n"
                + "<script>" + script + "</script>\n</body>\n</html>\n";
    }

    private Html body() {
        Html body = new Html().element("a.skip", "Skip to the content", "href", "#content");
        body.element(
                "noscript", "The charts and their tables need JavaScript; everything else can be read without it.");
        body.open("header").add(header).add(tiles.close());
        body.open("nav", "aria-label", "Sections").open("ul");
        for (Section section : sections) {
            body.open("li")
                    .element("a", section.heading, "href", "#" + section.id)
                    .close();
        }
        body.close().close().close().open("main", "id", "content", "tabindex", -1);
        for (Section section : sections) {
            body.open("section", "aria-labelledby", section.id)
                    .element("h2", section.heading, "id", section.id)
                    .add(section.content)
                    .close();
        }
        return body.close()
                .element("footer", "Made by Stackel from what the store holds; it may be deleted and made again.");
    }

    /** The data in a form in which no text ends the element that holds it. */
    private String json() {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("format", 1);
        reloadSeconds.ifPresent(seconds -> tree.put("reloadSeconds", seconds));
        tree.put("charts", charts.stream().map(Chart::tree).toList());
        String json = JsonText.compact(tree);
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
