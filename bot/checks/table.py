"""The checks in the order in which their findings are told: a new one is a function and a line here."""

from bot.checks.bindings import check_bindings
from bot.checks.bodies import check_bodies
from bot.checks.coverage import check_coverage
from bot.checks.dates import check_dates
from bot.checks.direction import check_direction
from bot.checks.force import check_force
from bot.checks.negation import check_negation
from bot.checks.numbers import check_numbers
from bot.checks.order import check_order
from bot.checks.pivots import check_pivots
from bot.checks.quantity import check_quantity
from bot.checks.types import Check

CHECKS: dict[str, Check] = {
    "negation": check_negation,
    "numbers": check_numbers,
    "dates": check_dates,
    "bodies": check_bodies,
    "bindings": check_bindings,
    "force": check_force,
    "quantity": check_quantity,
    "direction": check_direction,
    "pivots": check_pivots,
    "order": check_order,
    "coverage": check_coverage,
}
