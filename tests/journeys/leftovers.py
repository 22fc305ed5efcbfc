"""All that a browser holds of a page and of every frame in it: what is shown, printed, stored, and called."""

import json
from pathlib import Path
from typing import Any

from playwright.async_api import Frame, Page

SHOWN = """() => {
  const cookies = () => {
    try {
      return document.cookie;
    } catch (refused) {
      return refused.name;
    }
  };
  const held = [document.title, location.href, JSON.stringify(history.state), cookies()];
  for (const link of document.querySelectorAll("link")) held.push(link.href);
  const shadows = [document.documentElement];
  for (const root of shadows) {
    held.push(root.outerHTML ?? root.innerHTML, root.innerText ?? "");
    for (const each of root.querySelectorAll("*")) {
      if (each.shadowRoot) shadows.push(each.shadowRoot);
      if ("value" in each) held.push(String(each.value));
      held.push(getComputedStyle(each, "::before").content, getComputedStyle(each, "::after").content);
    }
  }
  return held.join("\\n");
}"""

STORED = """async () => {
  const answered = (request) => new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
  const inDatabase = async ({ name }) => {
    const database = await answered(indexedDB.open(name));
    const held = [name];
    for (const store of database.objectStoreNames)
      held.push(store, JSON.stringify(await answered(database.transaction(store).objectStore(store).getAll())));
    database.close();
    return held;
  };
  const inCache = async (name) => {
    const held = [name];
    for (const answer of await (await caches.open(name)).matchAll()) held.push(answer.url, await answer.text());
    return held;
  };
  const stores = [
    () => JSON.stringify(localStorage),
    () => JSON.stringify(sessionStorage),
    () => indexedDB.databases().then((all) => Promise.all(all.map(inDatabase))),
    () => caches.keys().then((all) => Promise.all(all.map(inCache))),
    () => navigator.serviceWorker.getRegistrations().then((workers) => workers.map((worker) => worker.scope).join()),
  ];
  // A browser that keeps nothing for a frame on another site's page refuses to say what is there.
  const held = stores.map((store) => new Promise((resolve) => resolve(store())).catch((refused) => refused.name));
  return (await Promise.all(held)).join("\\n");
}"""


async def held_by(page: Page) -> str:
    """As one text, to be searched."""
    held = [json.dumps(await page.context.storage_state())]
    held += [await held_in(frame) for frame in page.frames]
    await page.emulate_media(media="print")
    held += [await _asked(frame, "() => document.documentElement.innerText") for frame in page.frames]
    await page.emulate_media(media="screen")
    return "\n".join(held)


async def held_in(frame: Frame) -> str:
    """What one frame shows and stores."""
    return f"{await _asked(frame, SHOWN)}\n{await _asked(frame, STORED)}"


async def _asked(frame: Frame, question: str) -> str:
    answer: Any = await frame.evaluate(question)
    return str(answer)


def on_disk(folder: Path) -> bytes:
    """Every byte that a browser wrote of what somebody did in it, in each way that it writes text."""
    held = b"".join(file.read_bytes() for file in sorted(folder.rglob("*")) if file.is_file())
    return held + held.replace(b"\0", b"")
