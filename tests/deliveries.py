"""What the sockets of this process are still telling."""

import asyncio


def under_way() -> "list[asyncio.Task[object]]":
    """A socket judges and tells beside what it answers: a pong may overtake what was heard before the ping."""
    return [task for task in asyncio.all_tasks() if _delivers(task)]


async def all_made() -> None:
    """Returns when every socket has told what it heard. Raises what one broke down with: nobody else would see it."""
    while working := under_way():
        await asyncio.gather(*working)


def _delivers(task: "asyncio.Task[object]") -> bool:
    """A socket that ends says so in a task of its own."""
    return getattr(task.get_coro(), "__qualname__", "") in ("Socket._work", "Line.close")
