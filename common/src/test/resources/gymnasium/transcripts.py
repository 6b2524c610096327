"""Writes what Gymnasium's classic control environments do, one CSV file an environment.

    python -m venv venv && venv/bin/pip install gymnasium==1.4.0 numpy==2.4.6
    venv/bin/python transcripts.py

Rows with step 0 are a start, the other rows are what a step led to. Columns: episode, step, action, reward, terminated,
truncated, then the state of the dynamics (s0, s1, ..., float64) and the observation (o0, o1, ..., float32). Episodes
whose number is at least 100 start in a state drawn from a wider range and have one step.
"""

import csv

import gymnasium
import numpy as np

SCATTERED = 100


def cart_pole(state, rng):
    return int(state[2] + 0.3 * state[3] + 0.05 * state[0] + 0.1 * state[1] > 0)


def mountain_car(state, rng):
    return 2 if state[1] >= 0 else 0


def acrobot(state, rng):
    return 2 if state[3] > 0 else 0


def pendulum(state, rng):
    return rng.uniform(-2.5, 2.5, 1)


def uniform(count):
    return lambda state, rng: int(rng.integers(count))


def play(writer, env, number, policy, rng, limit=None, start=None):
    observation, _ = env.reset(seed=number)
    if start is not None:
        env.unwrapped.state = start
        observation = []
    write(writer, env, number, 0, "", "", False, False, observation)
    step, over = 0, False
    while not over and (limit is None or step < limit):
        action = policy(env.unwrapped.state, rng)
        observation, reward, terminated, truncated, _ = env.step(action)
        step += 1
        over = terminated or truncated
        shown = repr(float(np.asarray(action).reshape(-1)[0]))
        write(writer, env, number, step, shown, repr(float(reward)), terminated, truncated, observation)


def write(writer, env, number, step, action, reward, terminated, truncated, observation):
    size = env.observation_space.shape[0]
    state = [repr(float(s)) for s in env.unwrapped.state]
    seen = [repr(float(o)) for o in observation] or [""] * size
    writer.writerow([number, step, action, reward, int(terminated), int(truncated), *state, *seen])


def transcript(name, identifier, state_size, policies, low, high):
    env = gymnasium.make(identifier, disable_env_checker=True)
    size = env.observation_space.shape[0]
    rng = np.random.default_rng(2026)
    with open(name + ".csv", "w", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        head = ["episode", "step", "action", "reward", "terminated", "truncated"]
        writer.writerow(head + [f"s{i}" for i in range(state_size)] + [f"o{i}" for i in range(size)])
        for number, policy in enumerate(policies):
            play(writer, env, number, policy, rng)
        for number in range(SCATTERED, SCATTERED + 60):
            play(writer, env, number, policies[-1], rng, limit=1, start=rng.uniform(low, high))


transcript("cart-pole", "CartPole-v1", 4, [cart_pole] + 4 * [uniform(2)], [-2.6, -3, -0.25, -3], [2.6, 3, 0.25, 3])
transcript("mountain-car", "MountainCar-v0", 2, [mountain_car, uniform(3)], [-1.2, -0.07], [0.6, 0.07])
transcript("acrobot", "Acrobot-v1", 4, [acrobot, uniform(3)], [-3.2, -3.2, -12.6, -28.3], [3.2, 3.2, 12.6, 28.3])
transcript("pendulum", "Pendulum-v1", 2, 2 * [pendulum], [-9, -8], [9, 8])
