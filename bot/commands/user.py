"""DOOR: `desk user`: the accounts of those who log in, and the tokens of programs."""

import getpass
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Annotated

import typer

from bot.accounts.accounts import AccountError, Accounts, account_name
from bot.accounts.passwords import SHORTEST, WeakPassword
from bot.accounts.roles import ROLES, Role, role_of
from bot.console import BadInput, plain_errors
from bot.settings import Settings
from bot.wiring import data_of

app = typer.Typer(
    add_completion=False, no_args_is_help=True, help="Accounts of those who log in, and tokens of programs."
)
Name = Annotated[str, typer.Argument(help="The account's name.")]
RoleText = Annotated[str, typer.Option("--role", help=f"One of {', '.join(ROLES)}.")]


@contextmanager
def _accounts() -> Iterator[Accounts]:
    with plain_errors():
        data = data_of(Settings())
        try:
            yield Accounts(data, f"console:{getpass.getuser()}")
        except (AccountError, WeakPassword) as error:
            raise BadInput(str(error)) from None
        finally:
            data.close()


def _password() -> str:
    """Typed twice where a person sits there, else the first line of standard input."""
    if not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\r\n")
    first = getpass.getpass(f"Password ({SHORTEST} characters or more): ")
    if getpass.getpass("Once more: ") != first:
        raise BadInput("the two passwords differ")
    return first


def _role(text: str) -> Role:
    try:
        return role_of(text)
    except ValueError as error:
        raise BadInput(str(error)) from None


@app.command()
def add(name: Name, role: RoleText) -> None:
    """Add an account; its password is asked for, or read from standard input."""
    with _accounts() as accounts:
        chosen = _role(role)
        accounts.add(account_name(name), chosen, _password())
        typer.echo(f"{account_name(name)} is {chosen}", err=True)


@app.command("list")
def list_accounts() -> None:
    """List the accounts: name, role, number of tokens, day of making, and whether it is disabled."""
    with _accounts() as accounts:
        for one in accounts.every():
            state = "disabled" if one.disabled else "open"
            typer.echo(f"{one.name}\t{one.role}\t{one.tokens} tokens\t{one.made:%Y-%m-%d}\t{state}")


@app.command()
def password(name: Name) -> None:
    """Set another password; whoever is logged in with the old one is logged out."""
    with _accounts() as accounts:
        accounts.set_password(name, _password())


@app.command()
def role(name: Name, role: Annotated[str, typer.Argument(help=f"One of {', '.join(ROLES)}.")]) -> None:
    """Give an account another role; its logins end."""
    with _accounts() as accounts:
        accounts.set_role(name, _role(role))


@app.command()
def disable(name: Name) -> None:
    """Close an account: its logins and tokens end at once."""
    with _accounts() as accounts:
        accounts.set_disabled(name, True)


@app.command()
def enable(name: Name) -> None:
    """Open a closed account again; its old tokens stay worthless."""
    with _accounts() as accounts:
        accounts.set_disabled(name, False)


@app.command()
def token(
    name: Name,
    revoke: Annotated[
        bool, typer.Option("--revoke", help="Make all of its tokens worthless instead.")
    ] = False,
) -> None:
    """Print a new token of the API for an account. It is shown this once."""
    with _accounts() as accounts:
        if revoke:
            typer.echo(f"{accounts.drop_tokens(name)} tokens revoked", err=True)
        else:
            typer.echo(accounts.token(name))
