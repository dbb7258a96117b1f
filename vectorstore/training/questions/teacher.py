"""The teacher: an English sentence encoder of BERT's kind, with its own words, from a sentence-transformers folder."""

from dataclasses import dataclass
from pathlib import Path

import torch
from tokenizers import Tokenizer
from torch import Tensor, nn
from torch.nn.functional import normalize
from transformers import BertModel

from vectorstore.training.questions.texts import tabled

LONGEST, BATCH = 64, 4_096


@dataclass(frozen=True, slots=True, eq=False)
class Teacher:
    """The encoder and its tokenizer."""

    model: BertModel
    tokenizer: Tokenizer

    @property
    def words(self) -> Tensor:
        """(v, d) its table of tokens."""
        table: Tensor = self.model.embeddings.word_embeddings.weight.detach()
        return table

    @torch.no_grad()
    def vectors(self, texts: list[str], device: torch.device) -> Tensor:
        """(n, d) vectors of English texts, each of length one."""
        model = self.model
        nn.Module.to(model, device)
        nn.Module.train(model, False)
        table = tabled(self.tokenizer, texts, LONGEST, 0, device, special=True)
        order = torch.argsort(table.counts)
        found = torch.zeros(len(texts), model.config.hidden_size, device=device)
        for start in range(0, len(order), BATCH):
            places = order[start : start + BATCH]
            tokens, counts = table.at(places)
            there = torch.arange(tokens.shape[1], device=device)[None] < counts[:, None]
            with torch.autocast(device.type, torch.bfloat16, enabled=device.type == "cuda"):
                rows = model(input_ids=tokens, attention_mask=there.long()).last_hidden_state
            found[places] = normalize(mean(rows.float(), there), dim=1)
        return found


def mean(rows: Tensor, where: Tensor) -> Tensor:
    """(b, l, d), (b, l) -> (b, d): the mean of the rows in each text that are `where`."""
    return (rows * where[..., None]).sum(dim=1) / where.sum(dim=1, keepdim=True)


def read_teacher(folder: Path) -> Teacher:
    """The teacher in a folder with config.json, model.safetensors and tokenizer.json. Raises OSError."""
    if not (folder / "tokenizer.json").is_file():
        raise FileNotFoundError(
            f"no tokenizer.json in {folder}: point --teacher at the folder of all-MiniLM-L6-v2"
        )
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.enable_truncation(LONGEST)
    model = BertModel.from_pretrained(str(folder), use_safetensors=True, add_pooling_layer=False)
    return Teacher(model, tokenizer)
