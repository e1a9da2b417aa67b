"""The textbook formulas in plain loops, slow and obvious, to hold against the product's."""

import math


def mean(values):
    return math.fsum(values) / len(values)


def covariance(a, b):
    middle_a, middle_b = mean(a), mean(b)
    return math.fsum((x - middle_a) * (y - middle_b) for x, y in zip(a, b, strict=True)) / (len(a) - 1)


def correlation(a, b):
    return covariance(a, b) / math.sqrt(covariance(a, a) * covariance(b, b))


def sums(columns):
    return [math.fsum(values) for values in zip(*columns, strict=True)]


def alpha(columns):
    """From the variances of the items and of the sum."""
    k, total = len(columns), sums(columns)
    return k / (k - 1) * (1 - math.fsum(covariance(c, c) for c in columns) / covariance(total, total))


def rest_correlation(columns, item):
    others = [column for place, column in enumerate(columns) if place != item]
    return correlation(columns[item], sums(others))


def alpha_without(columns, item):
    return alpha([column for place, column in enumerate(columns) if place != item])


def split_half(columns):
    return correlation(sums(columns[0::2]), sums(columns[1::2]))


def lambda4(columns):
    odd, even, whole = sums(columns[0::2]), sums(columns[1::2]), sums(columns)
    return 2 * (1 - (covariance(odd, odd) + covariance(even, even)) / covariance(whole, whole))


def inter_item(columns):
    return [correlation(columns[i], columns[j]) for i in range(len(columns)) for j in range(i)]


def pairwise_alpha(columns):
    """Columns may hold None; each covariance uses the people who answered both items."""
    k = len(columns)
    cov = [[0.0] * k for _ in range(k)]
    for i in range(k):
        for j in range(k):
            both = [(x, y) for x, y in zip(columns[i], columns[j], strict=True) if None not in (x, y)]
            cov[i][j] = covariance([x for x, _ in both], [y for _, y in both])
    total = math.fsum(math.fsum(row) for row in cov)
    return k / (k - 1) * (1 - math.fsum(cov[i][i] for i in range(k)) / total)
