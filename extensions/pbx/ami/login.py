"""Signing in by challenge, so that the secret never crosses the wire."""

import hashlib

from django.utils.translation import gettext as _

from extensions.pbx.ami.account import Account, Timings
from extensions.pbx.ami.client import AmiClient
from extensions.pbx.ami.wire import Wire
from extensions.pbx.driver import PbxAway, PbxFault


class SignInRefused(PbxFault):
    """The PBX answered and does not know this user and secret, or not from here."""


async def connect(account: Account, timings: Timings | None = None, *, events: bool = True) -> AmiClient:
    """A signed-in connection to a PBX that is up and running.

    Args:
        account: where and as whom.
        timings: deadlines; those of an installation where None.
        events: whether it tells what happens; False for one that only asks.
    Raises:
        PbxAway: nobody answers, in time, as Asterisk does, or it is still starting.
        SignInRefused: it answers and refuses.
    """
    timings = timings or Timings()
    client = AmiClient(account, timings, await Wire.open(account, timings))
    try:
        await _sign_in(client, events=events)
        client.keep_alive()
        await client.be_booted()
        await client.ping()
    except BaseException:
        await client.close()
        raise
    return client


async def _sign_in(client: AmiClient, *, events: bool) -> None:
    account = client.account
    try:
        challenge = (await client.action("Challenge", ("AuthType", "MD5"))).get("Challenge")
        if not challenge:
            raise PbxFault
        # MD5 is what the protocol offers; the challenge is used once, and the wire is private or TLS.
        key = hashlib.md5(f"{challenge}{account.secret}".encode(), usedforsecurity=False).hexdigest()
        # Without any events Asterisk does not say that it has fully booted, either.
        wanted = ("Events", "on" if events else "system")
        await client.action("Login", ("AuthType", "MD5"), ("Username", account.user), ("Key", key), wanted)
    except PbxAway:
        raise
    except PbxFault:
        raise SignInRefused(_("The PBX at %(account)s refuses this sign-in.") % {"account": account}) from None
