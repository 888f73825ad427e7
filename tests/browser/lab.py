"""A lab that the server's owner has set up beforehand: people with accounts, a course, what it asks of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import httpx2
from playwright.sync_api import Browser, BrowserContext

from tests.browser.serving import Served

PASSWORD = "a heron over slow brown water"


@dataclass(frozen=True)
class Member:
    """Somebody with an account."""

    id: str
    name: str
    sign_in: str
    password: str = PASSWORD


class Lab:
    """Over REST, with the bearer token of the installation."""

    def __init__(self, server: Served) -> None:
        token = (server.data / "token").read_text().strip()
        self._server, self.base = server, server.base
        self._owner = httpx2.Client(base_url=server.base, headers={"Authorization": f"Bearer {token}"}, timeout=30)

    def close(self) -> None:
        self._owner.close()

    def ask(self, method: str, path: str, body: object = None) -> Any:
        """As the owner. An answer that is not well fails with its message."""
        answer = self._owner.request(method, path, json=body)
        assert answer.is_success, (method, path, answer.text)
        return answer.json() if answer.content else None

    def person(self, name: str, *roles: str, time_percent: int = 100) -> Member:
        """Somebody new, who has chosen their password."""
        sign_in = name.casefold().replace(" ", ".")
        wish = {"name": name, "sign_in": sign_in, "roles": list(roles), "time_percent": time_percent}
        made = self.ask("POST", "/api/accounts", wish)
        ticket = made["address"].partition("#ticket=")[2].partition("&")[0]
        with httpx2.Client(base_url=self._server.base, headers={"Origin": self._server.base}) as browser:
            chosen = browser.post("/api/invitations", json={"ticket": ticket, "password": PASSWORD})
            assert chosen.is_success, chosen.text
        return Member(made["id"], name, sign_in)

    def course(self, title: str, *people: tuple[Member, str]) -> str:
        """A new course with these in it, each `learner` or `staff`; its id."""
        course: str = self.ask("POST", "/api/courses", {"title": title})["id"]
        for member, part in people:
            self.ask("POST", f"/api/courses/{course}/people", {"sign_ins": [member.sign_in], "part": part})
        return course

    def assignment(self, course: str, case_id: str, **form: object) -> str:
        """A published one, open without a last day; its id."""
        usual: dict[str, object] = {
            "title": "Week 3", "case_id": case_id, "portrayal": "teaching", "kind": "formative", "zone": "UTC",
            "attempts": 2, "release": "immediate", "draft": "hidden", "second_marking": False,
            "retention": {"kind": "course"}, "study": None, "published": True,
        }  # fmt: skip
        made: str = self.ask("POST", f"/api/courses/{course}/assignments", usual | form)["id"]
        return made

    def context(self, browser: Browser, member: Member, **options: Any) -> BrowserContext:
        """A browser of theirs, signed in."""
        made = browser.new_context(base_url=self._server.base, **options)
        wish = {"sign_in": member.sign_in, "password": member.password}
        answer = made.request.post("/api/sign-in", data=wish, headers={"Origin": self._server.base})
        assert answer.ok, answer.text()
        return made
