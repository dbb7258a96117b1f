"""Every number of the recipe, in one place. The defaults are the shipped model's; `evals/LOG.md` says what came of them."""

from dataclasses import dataclass, replace

from vectorstore.questions import LONGEST


@dataclass(frozen=True, slots=True)
class Recipe:
    """How the model of questions is taught: four stages, each with a rate that rises, and falls along a cosine."""

    longest: int = LONGEST  # tokens of a text that training looks at
    decay: float = 0.01  # weight decay of everything but the table of tokens
    clip: float = 1.0  # longest gradient of a step
    seed: int = 1

    # 1: the student learns to give the teacher's vector of an English sentence, from it and from its translation.
    english: int = 230  # characters of an English sentence that is used, at most
    japanese: int = 130  # characters of a Japanese one
    batch: int = 1_536  # pairs of sentences a step
    steps: int = 2_040
    rate: float = 3e-4  # of the layers
    table_rate: float = 2e-3  # of the table of tokens
    likeness: float = (
        20.0  # weight of how alike the batch's sentences are to one another, against the vectors themselves
    )
    alike: int = 768  # sentences of a batch that are compared for that
    domain: float = 0.3  # weight of a batch's part that is of the domain: questions and terms
    domain_share: float = 0.125  # that part, of the batch

    # 2: questions of one set draw near, and their near misses and all other sets move away. The table stays.
    sets: int = 48  # sets a step
    set_rounds: float = 12.0
    set_rate: float = 1e-4
    temperature: float = 0.05  # divides the cosines before the softmax
    own: float = 3.0  # how much a near miss counts against another question
    kept: int = 512  # pairs of sentences a step that hold the student to its teacher

    # 3: a copy of the student of stage 1 learns to read two questions together. The table stays.
    pairs: int = 256  # pairs that ask the same a step, as many near misses, and half as many of other sets
    pair_rounds: float = 6.0
    pair_rate: float = 1e-4
    pair_dropout: float = 0.1
    nearest: int = 24  # questions of other sets, the nearest ones, that a question is set against
    parts: int = 4  # of a step, each of one length or so: what is filled up is worked out for nothing
    judge: int = 256  # width of what judges two questions that were read together

    # 4: both go on, on further sets too, in which order and roles make the difference and askers tell their case first.
    often: float = 3.0  # how often a further set is drawn, against the others' once
    further_pairs: int = 96
    further_pair_rounds: float = 0.55
    further_pair_rate: float = 6e-5
    further_sets: int = 24
    further_set_rounds: float = 1.5
    further_set_rate: float = 3e-5

    def further(self) -> "Recipe":
        """The numbers of stage 4 in the place of those of stages 2 and 3."""
        return replace(
            self,
            pairs=self.further_pairs,
            pair_rounds=self.further_pair_rounds,
            pair_rate=self.further_pair_rate,
            sets=self.further_sets,
            set_rounds=self.further_set_rounds,
            set_rate=self.further_set_rate,
        )
