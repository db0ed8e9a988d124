"""The intervals of tests/metrics_lenses.rs, computed again with NumPy from the same random stream.

Run with `python3 tests/reference/comparison.py`; needs numpy only.
"""

import numpy as np

MASK = (1 << 64) - 1
HOUR, WEEK = 3600, 7 * 86400
THIS, OTHER = 0x434D5001, 0x434D5002


def rotl(x, k):
    return ((x << k) | (x >> (64 - k))) & MASK


def stream(seed):
    """xoshiro256**, seeded by splitmix64 (Blackman & Vigna)."""
    state = []
    for _ in range(4):
        seed = (seed + 0x9E3779B97F4A7C15) & MASK
        z = seed
        z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & MASK
        z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & MASK
        state.append(z ^ (z >> 31))
    while True:
        yield (rotl((state[1] * 5) & MASK, 7) * 9) & MASK
        t = (state[1] << 17) & MASK
        state[2] ^= state[0]
        state[3] ^= state[1]
        state[1] ^= state[2]
        state[0] ^= state[3]
        state[2] ^= t
        state[3] = rotl(state[3], 45)


def draws(weeks, purpose, seed=1, count=1000):
    words = stream(purpose << 32 | seed)
    return [[((next(words) >> 32) * weeks) >> 32 for _ in range(weeks)] for _ in range(count)]


def tickets(week):
    a = [(i * 9 * HOUR, (1 + (week * 7 + i * 13) % 40) * HOUR) for i in range(6 + week % 5)]
    b = [(i * 11 * HOUR, (9 + (week * 5 + i * 17) % 60) * HOUR) for i in range(4 + week % 3)]
    return [[(week * WEEK + at, lead) for at, lead in team] for team in (a, b)]


FIGURES = {
    "lead_time.p50": lambda leads: np.percentile(leads, 50),
    "lead_time.p85": lambda leads: np.percentile(leads, 85),
    "lead_time.mean": lambda leads: np.mean(leads),
}


def line(name, difference, low, high):
    print(f'    ("{name}", {float(difference)!r}, {float(low)!r}, {float(high)!r}),')


def run(title, ours, theirs, our_draws, their_draws, flows):
    print(title)
    for name, figure in FIGURES.items():
        flat = lambda side, weeks: [lead for w in weeks for _, lead in side[w]]
        every = range(len(ours)), range(len(theirs))
        value = figure(flat(ours, every[0])) - figure(flat(theirs, every[1]))
        drawn = [figure(flat(ours, a)) - figure(flat(theirs, b)) for a, b in zip(our_draws, their_draws)]
        line(name, value, *np.percentile(drawn, [2.5, 97.5]))
    for name, (mine, other) in flows.items():
        rate = lambda pairs, weeks: sum(pairs[w][0] for w in weeks) / sum(pairs[w][1] for w in weeks)
        value = rate(mine, range(len(mine))) - rate(other, range(len(other)))
        drawn = [rate(mine, a) - rate(other, b) for a, b in zip(our_draws, their_draws)]
        line(name, value, *np.percentile(drawn, [2.5, 97.5]))


def by_week(instants, days):
    return [(sum(1 for at in instants if at // WEEK == w), length) for w, length in enumerate(days)]


teams = [[tickets(w)[team] for w in range(20)] for team in (0, 1)]
ends = [[at + lead for week in team for at, lead in week] for team in teams]
newest = max(max(e) for e in ends)
last_day = newest // 86400
weeks = last_day // 7 + 1
# The window is that of the days up to the newest instant; its last week may be cut.
days = [min(7, last_day + 1 - 7 * w) for w in range(weeks)]
padded = [team + [[]] * (weeks - 20) for team in teams]
same = draws(weeks, THIS)
opened = [[at for week in team for at, _ in week] for team in teams]
flows = {
    "throughput.per_day": [by_week(side, days) for side in ends],
    "arrivals.per_day": [by_week(side, days) for side in opened],
}
run("PAIRED", padded[0], padded[1], same, same, flows)

both = [teams[0][w] + teams[1][w] for w in range(20)]
counts = [(len(week), days[w]) for w, week in enumerate(both)]
run(
    "INDEPENDENT",
    both[:10],
    both[10:],
    draws(10, THIS),
    draws(10, OTHER),
    {"arrivals.per_day": (counts[:10], counts[10:])},
)
