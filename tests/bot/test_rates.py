"""Clients that are too fast wait; the memory of clients is bounded."""

from bot.web.rates import Buckets, Rate


def test_a_bucket_refills_and_never_overflows() -> None:
    now = [0.0]
    buckets = Buckets(Rate(per_minute=60, burst=2), lambda: now[0])
    assert [buckets.take("a") for _ in range(3)] == [0.0, 0.0, 1.0]
    now[0] = 3600.0
    assert [buckets.take("a") for _ in range(3)] == [0.0, 0.0, 1.0]


def test_memory_of_clients_is_bounded() -> None:
    buckets = Buckets(Rate(60, 1), lambda: 0.0, capacity=2)
    for key in "abc":
        buckets.take(key)
    assert buckets.take("c") > 0 and buckets.take("a") == 0.0  # the one unused for longest starts afresh
