"""What every way in by a password has in common: tries are counted, and whoever is right holds a cookie afterwards."""

from __future__ import annotations

from fastapi import Request, Response

from server.api.access import cookie_name
from server.api.problems import TooOften
from server.api.services import Services
from server.api.sign_in import set_cookie
from server.api.tickets import DEVICE_LIFE, SIGN_IN_LIFE
from server.store.people.accounts import Account, folded
from server.store.people.failed_sign_ins import Try

KNOWN = "-known"
"""Behind the cookie's name: the browser is one in which somebody has signed in before. It opens nothing by itself."""


async def trying(request: Request, given: Services, sign_in: str, account: Account | None) -> Try:
    """This try, counted; it counts as failed until it is forgiven. Raises `TooOften`, and `Busy` without counting."""
    given.passwords.refuse_crowd()
    tried = await try_of(request, given, sign_in, account)
    if wait_s := await given.store.admissions.count_try(tried, given.tickets.now()):
        minutes = -(-wait_s // 60)
        after = "in a minute" if minutes == 1 else f"in {minutes} minutes"
        raise TooOften(
            "Too many tries to sign in have failed.", wait_s=wait_s, code="too_many_tries", field="password",
            mend=f"Try again {after}, or ask your lab's administrator for a link to choose a new password.",
        )  # fmt: skip
    return tried


async def try_of(request: Request, given: Services, sign_in: str, account: Account | None) -> Try:
    """From where somebody comes in, and as whom; not counted."""
    device = request.cookies.get(cookie_name(given) + KNOWN, "")
    known = bool(device) and account is not None and await given.tickets.known_for(device) == account.id
    place = device if known else (request.client.host if request.client else "")
    return Try.of(folded(sign_in), place, known)


async def let_in(request: Request, response: Response, given: Services, account: Account, tried: Try) -> None:
    """Sign them in in this browser; whoever was signed in here no longer is.

    Raises `Conflict` where the account was closed, or its password changed, while this went on.
    """
    cookie, kept = given.tickets.fresh("cookie", SIGN_IN_LIFE)
    device, remembered = given.tickets.fresh("device", DEVICE_LIFE)
    secrets = [kept] if tried.known else [kept, remembered]
    await given.store.admissions.let_in(account, tried, secrets)
    if before := request.cookies.get(cookie_name(given), ""):
        await given.tickets.forget(before)
    set_cookie(response, given, cookie, int(SIGN_IN_LIFE.total_seconds()))
    if not tried.known:
        set_cookie(response, given, device, int(DEVICE_LIFE.total_seconds()), KNOWN)
