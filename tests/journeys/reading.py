"""A screen, looked at as by somebody who does not see it: axe-core finds what is missing there."""

from pathlib import Path
from typing import Any

from playwright.async_api import Frame, Page

import privity

AXE = Path(privity.__file__).parents[2] / "web" / "node_modules" / "axe-core" / "axe.min.js"

AT_REST = """() => {
    for (const one of document.getAnimations())
        if (one.effect.getComputedTiming().endTime < Infinity) one.finish();
}"""


async def faults(screen: Page | Frame) -> list[str]:
    """Each fault by its rule, with the places where it stands. What fades in gets its colour at
    once."""
    await screen.evaluate(AT_REST)
    await screen.evaluate(AXE.read_text("utf-8"))
    found: dict[str, Any] = await screen.evaluate("axe.run(document)")
    return [
        f"{fault['id']}: {fault['help']} {[node['html'] for node in fault['nodes']]}"
        for fault in found["violations"]
    ]
