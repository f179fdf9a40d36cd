"""What prose says of means, covariances and independence."""

import pytest

from derivcheck.context.laws import Law, independent, laws
from derivcheck.context.sentences import INLINE


def spoken(text: str) -> list[Law]:
    """The laws of a sentence in which `M` stands for a formula."""
    return list(laws(text.replace("M", INLINE)))


@pytest.mark.parametrize(
    "text",
    [
        "a random vector M with mean M and covariance M",
        "the variable M has mean M, and variance M",
        "where M has a mean vector M and covariance matrix M",
        "设随机向量 M 的均值为 M，协方差矩阵为 M",
    ],
)
def test_mean_and_covariance(text: str) -> None:
    (law,) = spoken(text)
    first, second, third = (k for k, c in enumerate(text) if c == "M")
    assert law == Law(first, second, False, third)


@pytest.mark.parametrize(
    "text",
    [
        "M is zero-mean noise with covariance M",
        "M has zero mean and covariance M",
        "zero mean white noise M with covariance M",
        "零均值噪声 M，协方差为 M",
    ],
)
def test_zero_mean(text: str) -> None:
    (law,) = spoken(text)
    first, second = (k for k, c in enumerate(text) if c == "M")
    assert law == Law(first, None, True, second)


def test_covariance_alone() -> None:
    (law,) = spoken("a vector M with covariance M")
    assert (law.mean, law.zero, law.covariance is not None) == (None, False, True)


@pytest.mark.parametrize("text", ["the mean value theorem for M", "M by means of M", "the mean of M is M"])
def test_other_means(text: str) -> None:
    assert spoken(text) == []


def test_independent_of_another() -> None:
    text = "M is zero-mean noise with covariance M, independent of M".replace("M", INLINE)
    assert list(independent(text)) == [0]
