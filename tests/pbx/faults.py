"""The ways in which an answer can go wrong."""

import asyncio

from extensions.pbx.ami.message import MOST_LINE, Message
from tests.pbx.peer import Caller, Handler


async def half_and_close(caller: Caller, action: Message) -> None:
    await caller.raw(b"Response: Succ")
    caller.writer.close()


async def half_and_stall(caller: Caller, action: Message) -> None:
    await caller.raw(b"Response: Success\r\nActionID: " + action.get("ActionID").encode())


async def long_line(caller: Caller, action: Message) -> None:
    await caller.raw(b"x" * (MOST_LINE + 1))


async def garbage(caller: Caller, action: Message) -> None:
    await caller.raw(bytes(range(256)) * 64)


async def endless_message(caller: Caller, action: Message) -> None:
    while True:
        await caller.raw(b"Output: 1234567890\r\n" * 20_000)


async def answers_of_others(caller: Caller, action: Message) -> None:
    for other in ("1", "portal-1", action.get("ActionID") + "0", ""):
        await caller.tell(("Response", "Success"), ("ActionID", other), ("Message", "not yours"))


async def silence(caller: Caller, action: Message) -> None:
    pass


async def slow_trickle(caller: Caller, action: Message) -> None:
    for byte in b"Response: Success\r\nActionID: " + action.get("ActionID").encode() + b"\r\n\r\n":
        await caller.raw(bytes([byte]))
        await asyncio.sleep(0.05)


async def list_without_end(caller: Caller, action: Message) -> None:
    await caller.list(action, "CoreShowChannel", [[("Channel", "PJSIP/x")]], complete=False)


async def list_then_drop(caller: Caller, action: Message) -> None:
    await list_without_end(caller, action)
    caller.drop()


async def list_of_millions(caller: Caller, action: Message) -> None:
    await caller.answer(action, "Success", ("EventList", "start"))
    while True:
        await caller.event("CoreShowChannel", ("ActionID", action.get("ActionID")))


MODES: list[Handler] = [
    half_and_close,
    half_and_stall,
    long_line,
    garbage,
    endless_message,
    answers_of_others,
    silence,
    slow_trickle,
    list_without_end,
    list_then_drop,
    list_of_millions,
]


async def drop(caller: Caller, action: Message) -> None:
    caller.drop()


async def refuse(caller: Caller, action: Message) -> None:
    await caller.answer(action, "Error", ("Message", "Authentication failed"))
