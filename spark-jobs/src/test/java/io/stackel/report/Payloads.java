package io.stackel.report;

import java.util.List;

/** Texts that run as a program, fetch something or break the page where anything puts them into it as they are. */
final class Payloads {

    static final List<String> ALL = List.of(
            "<script>window.pwned=1</script>",
            "</script><script>window.pwned=2</script>",
            "</SCRIPT ><script>window.pwned=3</script>",
            "<!--<script>window.pwned=4",
            "--><script>window.pwned=5</script>",
            "]]><script>window.pwned=6</script>",
            "\"><script>window.pwned=7</script>",
            "'><script>window.pwned=8</script>",
            "<img src=x onerror=window.pwned=9>",
            "\" onerror=\"window.pwned=10\" x=\"",
            "' onmouseover='window.pwned=11",
            "<svg onload=window.pwned=12>",
            "<svg><script>window.pwned=13</script></svg>",
            "<svg><animate onbegin=window.pwned=14 attributeName=x dur=1s>",
            "<iframe srcdoc='<script>parent.pwned=15</script>'></iframe>",
            "<iframe src=javascript:parent.pwned=16></iframe>",
            "<a href=javascript:window.pwned=17 autofocus>x</a>",
            "<input autofocus onfocus=window.pwned=18>",
            "<details open ontoggle=window.pwned=19>",
            "<body onload=window.pwned=20>",
            "<video><source onerror=window.pwned=21></video>",
            "<object data=javascript:window.pwned=22></object>",
            "<meta http-equiv=refresh content='0;url=http://127.0.0.1:9/23'>",
            "<base href=http://127.0.0.1:9/24/>",
            "<link rel=stylesheet href=http://127.0.0.1:9/25.css>",
            "</style><style>@import 'http://127.0.0.1:9/26.css';</style>",
            "</title><script>window.pwned=27</script>",
            "\u2028window.pwned=28//",
            "\\u003cscript>window.pwned=29\\u003c/script>",
            "&lt;script&gt;window.pwned=30&lt;/script&gt;",
            "\"};window.pwned=31;//",
            "'-(window.pwned=32)-'",
            "${window.pwned=33}{{constructor.constructor('window.pwned=33')()}}",
            "</pre></td></table><form action=http://127.0.0.1:9/34><button>x</button></form>");

    private Payloads() {}

    /** All of them in one text. */
    static String together() {
        return String.join(" ", ALL);
    }
}
