package io.stackel.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stackel.math.Tensor;
import io.stackel.optim.Optimizer.Update;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class SgdTest {

    @Test
    void plainDescentHasNoState() {
        Sgd sgd = new Sgd();
        double[] x = {1, 2};
        assertThat(sgd.init(2)).isEmpty();
        Update update = sgd.step(sgd.init(2), x, new double[] {4, -8}, 0.25);
        assertThat(update.x()).containsExactly(0, 4);
        assertThat(update.state()).isEmpty();
        assertThat(x).containsExactly(1, 2);
    }

    @Test
    void momentumCarriesTheVelocity() {
        Sgd sgd = new Sgd(0.5);
        double[] gradient = {4, -8};
        Update first = sgd.step(sgd.init(2), new double[] {1, 2}, gradient, 0.25);
        assertThat(first.x()).containsExactly(0, 4);
        Update second = sgd.step(first.state(), first.x(), gradient, 0.25);
        assertThat(second.x()).containsExactly(-1.5, 7);
        assertThat(second.state()).containsEntry("velocity", Tensor.of(6.0, -12.0));
        assertThat(first.state()).containsEntry("velocity", Tensor.of(4.0, -8.0));
        assertThat(sgd.step(first.state(), first.x(), gradient, 0.25)).isEqualTo(second);
    }

    @Test
    void refusesWhatDoesNotFit() {
        assertThatThrownBy(() -> new Sgd(1.0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("momentum must be in [0, 1), but was 1.0");
        assertThatThrownBy(() -> new Sgd().step(new TreeMap<>(), new double[1], new double[2], 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("x and gradient must have the same length, but had 1 and 2");
        assertThatThrownBy(() -> new Sgd(0.5).step(new TreeMap<>(), new double[1], new double[1], 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("state must have 1 real values named velocity, but had only []");
        Sgd sgd = new Sgd(0.5);
        assertThatThrownBy(() -> sgd.step(sgd.init(2), new double[1], new double[1], 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("state must have 1 real values named velocity, but had Real of size 2");
    }
}
