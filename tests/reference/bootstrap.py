"""src/stats/bootstrap.rs written again with NumPy: prints the intervals that its tests cite."""

import numpy as np

MASK = (1 << 64) - 1
HOURS = np.array([31.0, 12.5, 40.0, 8.0, 22.0, 65.0, 17.0, 9.5, 28.0, 33.0, 14.0, 51.0])
COUNTS = np.array([10.0, 6, 12, 5, 9, 14, 7, 4, 10, 11, 6, 13])


def splitmix(seed):
    """Four words of splitmix64 (Steele, Lea, Flood 2014)."""
    for _ in range(4):
        seed = (seed + 0x9E3779B97F4A7C15) & MASK
        z = ((seed ^ (seed >> 30)) * 0xBF58476D1CE4E5B9) & MASK
        z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & MASK
        yield z ^ (z >> 31)


def rotated(x, k):
    return ((x << k) | (x >> (64 - k))) & MASK


def words(seed):
    """xoshiro256** (Blackman, Vigna 2021)."""
    a, b, c, d = splitmix(seed)
    while True:
        yield (rotated((b * 5) & MASK, 7) * 9) & MASK
        t = (b << 17) & MASK
        c, d = c ^ a, d ^ b
        b, a = b ^ c, a ^ d
        c, d = c ^ t, rotated(d, 45)


for seed in [1, 2, 4294967297]:
    stream = words(seed)
    ratios = []
    for _ in range(1000):
        drawn = [((next(stream) >> 32) * 12) >> 32 for _ in range(12)]
        ratios.append(HOURS[drawn].sum() / COUNTS[drawn].sum())
    print(seed, [float(x) for x in np.percentile(ratios, [2.5, 97.5])])
