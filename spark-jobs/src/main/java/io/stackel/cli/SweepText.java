package io.stackel.cli;

import io.stackel.experiment.JsonText;
import io.stackel.run.CommandText;
import io.stackel.sweep.SweepStatus;
import io.stackel.sweep.TrialStatus;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** How a sweep stands, for people and for programs. */
record SweepText(LoadedSweep sweep, SweepStatus status) {

    private static final int SHOWN = 5;

    /** A line for each state, then the causes why trials are not complete. */
    String text() {
        StringBuilder text = new StringBuilder();
        text.append("sweep    ").append(sweep.directory().root()).append('\n');
        text.append("trials   ").append(sweep.plan().trials().size()).append('\n');
        status.counts().forEach((state, count) -> text.append(String.format(Locale.ROOT, "%-8s %d%n", state, count)));
        SweepCode.mixtures(status)
                .forEach(mixture -> text.append("notice: ").append(mixture).append('\n'));
        status.notices()
                .forEach(notice -> text.append("notice: ").append(notice).append('\n'));
        Map<String, List<String>> causes = new TreeMap<>();
        for (TrialStatus one : status.trials()) {
            if (!one.ended() && !one.reason().isEmpty()) {
                causes.computeIfAbsent(one.state() + ": " + one.reason(), reason -> new ArrayList<>())
                        .add(one.trial().name());
            }
        }
        causes.forEach((reason, names) -> {
            text.append('\n').append(names.size()).append(' ').append(reason).append('\n');
            names.stream()
                    .limit(SHOWN)
                    .forEach(name -> text.append("  trials/").append(name).append('\n'));
            if (names.size() > SHOWN) {
                text.append("  and ").append(names.size() - SHOWN).append(" more\n");
            }
        });
        advise(text);
        return text.toString();
    }

    private void advise(StringBuilder text) {
        String place = CommandText.shown(sweep.directory().root());
        if (!status.failed().isEmpty()) {
            text.append("\nfix the cause, then: stackel sweep retry ")
                    .append(place)
                    .append(" --failed\n");
        }
        if (status.trials().stream().anyMatch(TrialStatus::damaged)) {
            text.append(
                            "\nrestore what is damaged from a copy, or remove that trial's directory to start it anew; then:"
                                    + " stackel sweep run ")
                    .append(place)
                    .append('\n');
        }
    }

    /** One JSON object; what is not known yet is null. */
    String json() {
        Map<String, Object> entries = new LinkedHashMap<>();
        entries.put("name", sweep.plan().name());
        entries.put("sweep", sweep.directory().root().toString());
        Map<String, Object> counts = new LinkedHashMap<>();
        status.counts().forEach((state, count) -> counts.put(state.word(), count));
        entries.put("counts", counts);
        entries.put("notices", status.notices());
        List<Object> trials = new ArrayList<>();
        for (TrialStatus one : status.trials()) {
            Map<String, Object> entry = new LinkedHashMap<>();
            entry.put("name", one.trial().name());
            entry.put("axes", one.trial().axes());
            entry.put("seed", one.trial().seed());
            entry.put("state", one.state().word());
            entry.put("exitCode", one.exitCode());
            entry.put("reason", one.reason());
            entry.put("run", one.status().map(status -> status.entries()));
            trials.add(entry);
        }
        entries.put("trials", trials);
        return JsonText.indented(entries);
    }
}
