"""Settings: read once, at a door, from the environment (`DESK_…`) and nowhere else."""

from pathlib import Path
from typing import Literal

from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    """Every setting of the desk. The README's table is generated from this class."""

    model_config = SettingsConfigDict(env_prefix="DESK_", env_ignore_empty=True, extra="ignore")

    home: Path = Field(
        default=Path("data"), description="Where the library's editions and the desk's data live."
    )
    library: str = Field(
        default="",
        description="Folders of documents, separated by `:`. Empty: the bundled library of digests.",
    )
    chroma: str = Field(
        default="",
        description="Where the vectors live: a folder, `http://host:port`, or `cloud`. Empty: inside each edition.",
    )
    chroma_allow: str = Field(
        default="",
        description="Hosts, separated by commas, whose Chroma server may be used although it is another machine.",
    )
    embedder: str = Field(
        default="bundled", description="`bundled`, or the name or folder of any sentence-transformers model."
    )
    reranker: str = Field(
        default="", description="Name or folder of a cross-encoder that reorders the hits. Empty: none."
    )
    model: str = Field(
        default="",
        description="A language model as LangChain's `init_chat_model` names it (`openai:…`). Empty: none.",
    )
    model_url: str = Field(
        default="", description="Base URL of the language model's server, where it is not the provider's."
    )
    model_key: SecretStr = Field(
        default=SecretStr(""),
        description="Key of the language model's server. Empty: the provider's own environment variable.",
    )
    mask: bool = Field(
        default=True,
        description="Mask e-mail addresses, telephone numbers, My Numbers and the like in questions that go to the language model.",
    )
    keep_editions: int = Field(
        default=3, ge=1, description="How many editions of the library are kept for rolling back."
    )
    database: SecretStr = Field(
        default=SecretStr(""),
        description="Where accounts and tickets live: `postgresql://user@host/name`. Empty: `desk.sqlite` in `DESK_HOME`.",
    )
    keep_questions: int = Field(
        default=365, ge=1, description="Days after which `desk purge` erases the texts of a closed ticket."
    )
    keep_contacts: int = Field(
        default=90, ge=1, description="Days after which `desk purge` erases the contact of a closed ticket."
    )
    accept_documents: bool = Field(
        default=False,
        description="Mark documents that nobody of the staff has accepted (`desk library accept`) wherever they are cited.",
    )
    contact: str = Field(default="", description="How to reach the staff, as it stands under every reply.")
    host: str = Field(default="127.0.0.1", description="Address that `desk serve` listens on.")
    port: int = Field(default=7860, ge=1, le=65535, description="Port that `desk serve` listens on.")
    allowed_hosts: str = Field(
        default="",
        description="Host names, separated by commas, that browsers may use besides this machine's own.",
    )
    chat: Literal["open", "login"] = Field(
        default="open",
        description="`open`: anyone may ask. `login`: the chat, the library and the API need an account or a token.",
    )
    https: bool = Field(
        default=False, description="Browsers reach the desk by https alone: cookies are sent over https only."
    )
    proxy: str = Field(
        default="",
        description="Addresses or networks, separated by commas, of the reverse proxy whose `X-Forwarded-…` is believed.",
    )
    proxy_user: str = Field(
        default="",
        description="Header in which that proxy names who logged in (single sign-on), such as `X-Remote-User`.",
    )
    proxy_groups: str = Field(
        default="",
        description="Header in which it names their groups, separated by `;`, such as `X-Shib-Affiliation`.",
    )
    proxy_roles: str = Field(
        default="",
        description="Who is what there: `VALUE=ROLE`, separated by commas, of names or groups. Anyone else is a researcher.",
    )

    def folders(self, bundled: Path) -> tuple[Path, ...]:
        """The folders of the library, `bundled` where none is set."""
        return tuple(Path(part).expanduser() for part in self.library.split(":") if part) or (bundled,)


def listed(text: str) -> tuple[str, ...]:
    """The parts of a comma-separated setting."""
    return tuple(part.strip() for part in text.split(",") if part.strip())
