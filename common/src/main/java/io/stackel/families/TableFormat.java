package io.stackel.families;

import java.util.List;

/**
 * A table of rows that a user brings, in the order of the documentation: what its reader accepts.
 *
 * @param name a heading
 * @param summary sentences on what the table is for, and the command that reads it
 * @param columns of the table, or keys of each line
 * @param example lines of a table
 */
public record TableFormat(String name, String summary, List<Column> columns, String example) {

    /**
     * One column of a table.
     *
     * @param value the values that it may have, in words
     * @param required whether a row without it is an error
     * @param example as it stands in a row
     * @param help one sentence
     */
    public record Column(String name, String value, boolean required, String example, String help) {}

    /** Labels that people gave to pairs of segments, one JSON object a line. */
    public static final TableFormat LABELS = new TableFormat(
            "Labels of people",
            """
            Pairs of segments that people compared, a JSON object a line. `stackel data preferences TABLE.jsonl
            --problem FILE.json` puts them into a problem file of kind [`preferences`](#preferences). A pair that several
            people labelled has a line for each of them, and counts once for each. The order of lines makes no difference.""",
            List.of(
                    new Column(
                            "pair",
                            "text or whole number",
                            true,
                            "\"pair\": \"17\"",
                            "Name of the pair; lines of one name have the same segments."),
                    new Column(
                            "annotator",
                            "text or whole number",
                            false,
                            "\"annotator\": \"ann\"",
                            "Name of the person; one line for each pair and person."),
                    new Column(
                            "label",
                            "number in [0, 1]",
                            true,
                            "\"label\": 1",
                            "How far the second segment is preferred."),
                    new Column(
                            "first",
                            "`observations`, `actions`",
                            true,
                            "\"first\": {\"observations\": [0, 3], \"actions\": [1, 0]}",
                            "First segment: numbers of its states and of its actions, two lists of one length, at least 1."),
                    new Column(
                            "second",
                            "`observations`, `actions`",
                            true,
                            "\"second\": {\"observations\": [0, 2], \"actions\": [0, 0]}",
                            "Second segment, in the same form; it may be longer or shorter than the first.")),
            """
            {"pair": "17", "annotator": "ann", "label": 1, "first": {"observations": [0, 3], "actions": [1, 0]}, "second": {"observations": [0, 2], "actions": [0, 0]}}
            {"pair": "17", "annotator": "bob", "label": 0.5, "first": {"observations": [0, 3], "actions": [1, 0]}, "second": {"observations": [0, 2], "actions": [0, 0]}}
            """);

    private static final Column TRAJECTORY =
            new Column("trajectory", "whole number of at least 0", true, "0", "Number that names the trajectory.");
    private static final Column STEP = new Column(
            "step",
            "whole number of at least 0",
            true,
            "0",
            "Place in the trajectory: 0, 1, 2, ... without gaps; rows may come in any order.");

    /** Trajectories of experts in a finite process. */
    static final TableFormat EXPERTS = new TableFormat(
            "Experts of a finite process",
            """
            What experts did, a row a step. `stackel data import TABLE.csv --label action --features trajectory,step,state
            --to URI` makes a data set of them, which `problem.table` of [`inverse-rl`](#problem-inverse-rl) names.""",
            List.of(
                    TRAJECTORY,
                    STEP,
                    new Column("state", "whole number in [0, S)", true, "1", "Number of the state."),
                    new Column(
                            "action",
                            "whole number in [-1, B)",
                            true,
                            "0",
                            "Number of the action; -1 in a last row whose state is the one where the trajectory was cut.")),
            """
            trajectory,step,state,action
            0,0,1,0
            0,1,0,-1
            """);

    /** Trajectories of experts on a control task. */
    static final TableFormat TASK_EXPERTS = new TableFormat(
            "Experts of a control task",
            """
            The same where `problem.task` names a task. `stackel data import TABLE.jsonl --label action --features
            trajectory,step,observation --to URI` makes a data set of them. A trajectory that is shorter than
            `problem.steps` ended by itself; there is no row for a cut.""",
            List.of(
                    TRAJECTORY,
                    STEP,
                    new Column(
                            "observation",
                            "list of numbers",
                            true,
                            "[0.01, -0.02, 0.03, 0.04]",
                            "Components of the observation before the step, as the task gives them."),
                    new Column(
                            "action",
                            "whole number in [0, B), or number",
                            true,
                            "1",
                            "Number of the action, or the action itself on a task of real actions.")),
            """
            {"trajectory": 0, "step": 0, "observation": [0.01, -0.02, 0.03, 0.04], "action": 1}
            """);

    /** What followers of a finite process did under a leader's offers. */
    static final TableFormat LOG = new TableFormat(
            "Log of a follower",
            """
            What a follower did, a row a step. `stackel data import TABLE.csv --label action --features
            trajectory,step,state,offer,reward,upper_reward --to URI` makes a data set of it, which `problem.log` of
            [`logged`](#problem-logged) names.""",
            List.of(
                    TRAJECTORY,
                    STEP,
                    new Column("state", "whole number in [0, S)", true, "1", "Number of the state."),
                    new Column(
                            "offer",
                            "whole number of at least 0",
                            true,
                            "2",
                            "Number of what the leader offered, the same in all rows of a trajectory."),
                    new Column(
                            "reward",
                            "number",
                            true,
                            "0.5",
                            "What the step was worth to the follower, without what was offered for it."),
                    new Column("upper_reward", "number", true, "0.1", "What the step was worth to the leader."),
                    new Column(
                            "action",
                            "whole number in [-1, B)",
                            true,
                            "0",
                            "Number of the action; -1 in a last row whose state is the one where the trajectory was cut"
                                    + " (both rewards 0).")),
            """
            trajectory,step,state,offer,reward,upper_reward,action
            0,0,1,2,0.5,0.1,0
            0,1,0,2,0,0,-1
            """);

    /** What a leader offered. */
    static final TableFormat OFFERS = new TableFormat(
            "Offers of a log",
            """
            The upper variable of each offer of a log. `stackel data import TABLE.jsonl --label offer --features x --to URI`
            makes a data set of them, which `problem.offers` of [`logged`](#problem-logged) names. In CSV, and in Parquet
            without lists, x has a column for each component, in order.""",
            List.of(
                    new Column("offer", "whole number of at least 0", true, "2", "Number of the offer, once each."),
                    new Column(
                            "x",
                            "list of numbers",
                            true,
                            "[0.1, 0.0, 0.3, 0.0]",
                            "The upper variable: a number for each state, action or both (`problem.featuresOf`), by state"
                                    + " and then by action.")),
            """
            {"offer": 2, "x": [0.1, 0.0, 0.3, 0.0]}
            """);

    /** All tables. */
    public static final List<TableFormat> ALL = List.of(LABELS, EXPERTS, TASK_EXPERTS, LOG, OFFERS);

    public TableFormat {
        columns = List.copyOf(columns);
    }

    /** The names of the columns, in order. */
    public List<String> names() {
        return columns.stream().map(Column::name).toList();
    }
}
