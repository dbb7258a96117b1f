"""Learns the subword vocabulary: Unicode normalisation, a split into runs of one script, a unigram model.

Punctuation and spaces are dropped: in a bag of tokens they carry no meaning. The split at every change of
script keeps kanji words, kana and loan words apart, and the unigram trainer fast on text without spaces.
"""

import json
from collections.abc import Iterable

from tokenizers import Regex, Tokenizer, models, normalizers, pre_tokenizers, trainers

from vectorstore.static import UNKNOWN

RUNS = r"\p{Han}+|\p{Hiragana}+|[\p{Katakana}ー]+|[\p{Latin}\p{M}]+|\p{Nd}+|\p{L}"


def learn_tokenizer(texts: Iterable[str], size: int) -> Tokenizer:
    """A unigram tokenizer of at most `size` tokens (Kudo 2018), NFKC and lower case inside it.

    The same texts give the same tokenizer.
    """
    learner = _bare(models.Unigram())
    trainer = trainers.UnigramTrainer(
        vocab_size=size, unk_token=UNKNOWN, special_tokens=[UNKNOWN], show_progress=False
    )
    learner.train_from_iterator(texts, trainer)
    pieces = json.loads(learner.to_str())["model"]["vocab"]
    tokenizer = _bare(models.Unigram(in_order(pieces), unk_id=0))
    tokenizer.add_special_tokens([UNKNOWN])
    return tokenizer


def in_order(pieces: Iterable[tuple[str, float]]) -> list[tuple[str, float]]:
    """The unknown token, then the pieces by falling score and alphabet.

    The trainer walks its hash maps in an order that changes from run to run: scores differ in their last
    digits, and those of the characters that it kept only for coverage by how late it met them. Rounding the
    first and levelling the second makes the result repeatable.
    """
    scores = {piece: round(score, 6) for piece, score in pieces if piece != UNKNOWN}
    level = min((score for piece, score in scores.items() if len(piece) > 1), default=-20.0)
    levelled = [(piece, max(score, level)) for piece, score in scores.items()]
    return [(UNKNOWN, 0.0), *sorted(levelled, key=lambda entry: (-entry[1], entry[0]))]


def _bare(model: models.Unigram) -> Tokenizer:
    tokenizer = Tokenizer(model)
    tokenizer.normalizer = normalizers.Sequence([normalizers.NFKC(), normalizers.Lowercase()])
    tokenizer.pre_tokenizer = pre_tokenizers.Split(Regex(RUNS), behavior="removed", invert=True)
    return tokenizer
