"""What the stages share: the optimiser, its rate, and one step."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from math import cos, pi

import torch
from torch import Tensor, nn


@dataclass(frozen=True, slots=True, eq=False)
class Steps:
    """`total` steps of AdamW over parts of a model, each part with its own highest rate."""

    optimiser: torch.optim.Optimizer
    rates: tuple[float, ...]
    total: int
    rise: int
    clip: float

    def __iter__(self) -> Iterator[int]:
        """The numbers of the steps; the rate rises for the first ones, then falls along half a cosine to a thousandth."""
        for step in range(self.total):
            now = min(1.0, (step + 1) / self.rise) * (0.5 + 0.5 * cos(pi * step / self.total)) + 1e-3
            for group, rate in zip(self.optimiser.param_groups, self.rates, strict=True):
                group["lr"] = rate * now
            yield step

    def take(self, losses: Iterable[Tensor]) -> float:
        """One step down the sum of losses, which may be worked out one after the other to need less room; that sum."""
        self.optimiser.zero_grad(set_to_none=True)
        total = 0.0
        for loss in losses:
            torch.autograd.backward(loss)
            total += float(loss.detach())
        nn.utils.clip_grad_norm_(
            [one for group in self.optimiser.param_groups for one in group["params"]], self.clip
        )
        self.optimiser.step()
        return total


def steps(
    parts: Sequence[tuple[list[nn.Parameter], float, float]], total: int, rise: int, clip: float
) -> Steps:
    """Steps over `parts`: parameters, highest rate, weight decay."""
    groups = [{"params": part, "lr": rate, "weight_decay": decay} for part, rate, decay in parts]
    optimiser = torch.optim.AdamW(groups, betas=(0.9, 0.98))
    return Steps(optimiser, tuple(rate for _, rate, _ in parts), total, rise, clip)


def halves(device: torch.device) -> torch.autocast:
    """Half precision where the device is fast at it."""
    fast = device.type == "cuda" or bool(torch.cpu.get_capabilities().get("avx512_bf16"))
    return torch.autocast(device.type, torch.bfloat16, enabled=fast)
