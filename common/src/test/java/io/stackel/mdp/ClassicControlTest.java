package io.stackel.mdp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.stackel.random.Purpose;
import io.stackel.random.RandomStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every environment against what Gymnasium's did, step by step; {@code gymnasium/transcripts.py} wrote it down. */
class ClassicControlTest {

    private static final double SAME = 1e-12;
    private static final double ROUNDED_TO_FLOAT = 6e-8;
    private static final int FIRST_OF_STATE = 6;

    private record Row(
            int episode,
            int step,
            double action,
            double reward,
            boolean terminated,
            boolean truncated,
            double[] state,
            double[] observation) {

        static Row of(String line, int stateSize) {
            String[] cells = line.split(",", -1);
            return new Row(
                    Integer.parseInt(cells[0]),
                    Integer.parseInt(cells[1]),
                    number(cells[2]),
                    number(cells[3]),
                    cells[4].equals("1"),
                    cells[5].equals("1"),
                    numbers(cells, FIRST_OF_STATE, FIRST_OF_STATE + stateSize),
                    numbers(cells, FIRST_OF_STATE + stateSize, cells.length));
        }

        private static double[] numbers(String[] cells, int from, int to) {
            return Arrays.stream(cells, from, to).mapToDouble(Row::number).toArray();
        }

        private static double number(String cell) {
            return cell.isEmpty() ? Double.NaN : Double.parseDouble(cell);
        }
    }

    @ParameterizedTest
    @EnumSource
    void transitionsAreThoseOfGymnasium(ClassicControl task) throws IOException {
        Environment environment = task.open();
        double[] state = new double[environment.stateSize()];
        double[] observation = new double[environment.observationSize()];
        Row before = null;
        int steps = 0;
        for (Row row : transcript(task)) {
            if (row.step > 0) {
                environment.startIn(before.state);
                double reward = environment.step(new double[] {row.action});
                environment.state(state);
                assertThat(state)
                        .as("%s", row)
                        .usingComparatorWithPrecision(SAME)
                        .containsExactly(row.state);
                assertThat(reward).isCloseTo(row.reward, within(SAME));
                assertThat(environment.terminated()).isEqualTo(row.terminated);
                environment.observe(observation);
                for (int i = 0; i < observation.length; i++) {
                    double slack = ROUNDED_TO_FLOAT * Math.max(1e-3, Math.abs(observation[i]));
                    assertThat(observation[i]).isCloseTo(row.observation[i], within(slack));
                }
                steps++;
            }
            before = row;
        }
        assertThat(steps).isGreaterThan(300);
    }

    @ParameterizedTest
    @EnumSource
    void theTimeLimitIsThatOfGymnasiumAndNoTermination(ClassicControl task) throws IOException {
        List<Row> cut = transcript(task).stream().filter(Row::truncated).toList();
        assertThat(cut).isNotEmpty().allSatisfy(row -> {
            assertThat(row.step).isEqualTo(task.timeLimit());
            assertThat(row.terminated).isFalse();
        });
    }

    @ParameterizedTest
    @EnumSource
    void startsAreInTheBoxOfGymnasiumAndVary(ClassicControl task) {
        Environment environment = task.open();
        double[] high = switch (task) {
            case CART_POLE -> new double[] {0.05, 0.05, 0.05, 0.05};
            case MOUNTAIN_CAR -> new double[] {-0.4, 0};
            case ACROBOT -> new double[] {0.1, 0.1, 0.1, 0.1};
            case PENDULUM -> new double[] {StrictMath.PI, 1};
        };
        double[] low = Arrays.stream(high).map(bound -> -bound).toArray();
        if (task == ClassicControl.MOUNTAIN_CAR) {
            low = new double[] {-0.6, 0};
        }
        RandomStream random = RandomStream.at(4, Purpose.CHECK, 0, 0, 0, 0);
        double[] smallest = high.clone();
        double[] largest = low.clone();
        double[] state = new double[environment.stateSize()];
        for (int i = 0; i < 1000; i++) {
            environment.start(random);
            environment.state(state);
            for (int j = 0; j < state.length; j++) {
                smallest[j] = Math.min(smallest[j], state[j]);
                largest[j] = Math.max(largest[j], state[j]);
            }
        }
        for (int j = 0; j < state.length; j++) {
            double width = high[j] - low[j];
            assertThat(smallest[j]).isBetween(low[j], low[j] + 0.02 * width);
            assertThat(largest[j]).isBetween(high[j] - 0.02 * width, high[j]);
        }
    }

    private static List<Row> transcript(ClassicControl task) throws IOException {
        int stateSize = task.open().stateSize();
        List<Row> rows = new ArrayList<>();
        try (InputStream in = ClassicControlTest.class.getResourceAsStream("/gymnasium/" + task.word() + ".csv")) {
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            text.lines().skip(1).forEach(line -> rows.add(Row.of(line, stateSize)));
        }
        return rows;
    }
}
