"""Ten generations of CMA-ES by the packages of other people, from stated draws: see README.md."""

import math
import sys

import cma
import cmaes
import numpy as np

SIZE = 5
GENERATIONS = 10
STEP_SIZE = 0.4


def ellipsoid(x):
    return sum(10 ** (3 * i / (SIZE - 1)) * (x[i] - 0.3 * i) ** 2 for i in range(SIZE))


def root(covariance):
    """The symmetric root."""
    values, vectors = np.linalg.eigh(covariance)
    return vectors @ np.diag(np.sqrt(values)) @ vectors.T


def write(file, name, values):
    file.write(",".join([name] + [repr(float(v)) for v in np.ravel(values)]) + "\n")


def full(path, draws):
    options = {"seed": 1, "verbose": -9, "updatecovwait": 0, "CMA_active_injected": 1}
    strategy = cma.CMAEvolutionStrategy(SIZE * [0.5], STEP_SIZE, options)
    # The package starts with a covariance that is not quite the unit matrix.
    strategy.sm.C = np.eye(SIZE)
    strategy.sm.update_now(-1)
    # Its step rate has a 3 where the tutorial has a 5.
    effective = strategy.sp.weights.mueff
    strategy.adapt_sigma.initialize(strategy)
    strategy.adapt_sigma.cs = (effective + 2) / (SIZE + effective + 5)
    strategy.adapt_sigma.damps = 1 + strategy.adapt_sigma.cs
    with open(path, "w", encoding="ascii") as file:
        for _ in range(GENERATIONS):
            normals = draws.standard_normal((strategy.popsize, SIZE))
            points = [strategy.mean + strategy.sigma * root(strategy.sm.C) @ z for z in normals]
            values = [ellipsoid(x) for x in points]
            strategy.ask()
            strategy.tell(points, values, check_points=False)
            write(file, "normals", normals)
            write(file, "candidates", points)
            write(file, "values", values)
            write(file, "mean", strategy.mean)
            write(file, "stepSize", [strategy.sigma])
            write(file, "covariance", strategy.sm.C)


def diagonal(path, draws):
    strategy = cmaes.SepCMA(np.full(SIZE, 0.5), STEP_SIZE)
    tutorial = cmaes.CMA(np.full(SIZE, 0.5), STEP_SIZE)
    positive = tutorial._weights[: tutorial._mu]
    effective = tutorial._mu_eff
    strategy._weights = positive
    strategy._mu_eff = effective
    strategy._cc = tutorial._cc
    strategy._c_sigma = tutorial._c_sigma
    strategy._d_sigma = tutorial._d_sigma
    strategy._c1 = (SIZE + 2) / 3 * tutorial._c1
    # The package takes an approximate one.
    strategy._chi_n = math.sqrt(2) * math.gamma((SIZE + 1) / 2) / math.gamma(SIZE / 2)
    # The package leaves out the .25 of the tutorial's newer versions.
    many = 2 * (0.25 + effective + 1 / effective - 2) / ((SIZE + 2) ** 2 + effective)
    strategy._cmu = (SIZE + 2) / 3 * many
    with open(path, "w", encoding="ascii") as file:
        for _ in range(GENERATIONS):
            normals = draws.standard_normal((strategy.population_size, SIZE))
            points = [strategy._mean + strategy._sigma * np.sqrt(strategy._C) * z for z in normals]
            values = [ellipsoid(x) for x in points]
            strategy.tell([(x.copy(), value) for x, value in zip(points, values)])
            write(file, "normals", normals)
            write(file, "candidates", points)
            write(file, "values", values)
            write(file, "mean", strategy._mean)
            write(file, "stepSize", [strategy._sigma])
            write(file, "covariance", strategy._C)


if __name__ == "__main__":
    print("cma", cma.__version__, "cmaes", cmaes.__version__, "numpy", np.__version__, file=sys.stderr)
    full("full.csv", np.random.default_rng(1))
    diagonal("diagonal.csv", np.random.default_rng(2))
