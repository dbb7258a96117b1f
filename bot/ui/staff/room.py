"""The staff's page as a room of the server, at /desk."""

from bot.desk.approved import Answers
from bot.desk.office import Office
from bot.ui.mount import Room
from bot.ui.staff.export import PATH, export_routes
from bot.ui.staff.page import build_staff
from bot.ui.staff.shared import ROLES


def staff_room(office: Office, answers: Answers, contact: str = "") -> Room:
    """The room; `contact` stands under every reply that is exported."""
    return Room(
        path="/desk",
        roles=ROLES,
        name="staff",
        build=lambda: build_staff(office, answers),
        style="staff.css",
        files=export_routes(office, contact),
        file_paths=PATH,
    )
