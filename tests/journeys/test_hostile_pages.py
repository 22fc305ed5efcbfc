"""The panel on somebody's page: what a page, its own or another, can make of it."""

import pytest
from litestar import Litestar, get

from privity.cli.serving import listen, port_of, serving
from tests.attacks.doors import the_sites_that_may_frame_the_panel
from tests.attacks.pages import the_panels_look_at_who_speaks
from tests.cast import ADA
from tests.journeys.town import Town

EVIL = "https://evil.example"
HIDDEN = "the canary sang at Marlow on the ninth"

FRAMES_THE_PANEL = """<!doctype html><script>
    window.heard = [];
    addEventListener("message", (event) => heard.push(event.data));
    window.frame_it = (address) => new Promise((done) => {
        const frame = document.createElement("iframe");
        frame.onload = () => {
            const { port1, port2 } = new MessageChannel();
            port1.onmessage = (event) => {
                heard.push(event.data);
                if (event.data[0] === "ask") port1.postMessage(["who", event.data[1], { nobody: true }, "x"]);
            };
            frame.contentWindow.postMessage("privity", "*", [port2]);
            for (const told of [["shown", true], ["shutdown"], "boot", { type: "set-token" }])
                frame.contentWindow.postMessage(told, "*");
            done();
        };
        frame.src = address;
        document.documentElement.append(frame);
    });
</script>"""

REFUSED = "chrome-error://chromewebdata/"
ONE_MORE_MESSAGE = """new Promise((told) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => told();
    port2.postMessage("after all the others");
})"""


@get("/", media_type="text/html", sync_to_thread=False)
def evil() -> str:
    return FRAMES_THE_PANEL


@pytest.mark.attack(
    "A-185", "A-193", "A-194", without=(the_sites_that_may_frame_the_panel, the_panels_look_at_who_speaks)
)
async def test_another_sites_page_that_holds_the_panel_hears_nothing_of_it(town: Town) -> None:
    listener = listen("127.0.0.1", 0)
    async with serving(Litestar([evil], logging_config=None), listener):
        page = await (await town.clean_browser()).new_page()
        await page.goto(f"http://localhost:{port_of(listener)}/")
        async with page.expect_event("framenavigated", lambda frame: frame != page.main_frame) as framed:
            await page.evaluate(
                "(address) => frame_it(address)", f"{town.chat}/widget/frame?workspace={town.acme.id}"
            )
        if (await framed.value).url != REFUSED:
            await page.wait_for_function("heard.length")
        await page.evaluate(ONE_MORE_MESSAGE)
        heard = await page.evaluate("heard")

    assert heard == []


@pytest.mark.attack("A-42", "A-196", "A-197", "A-199", "A-200")
async def test_a_script_on_the_shops_page_reads_no_word_and_no_secret(town: Town) -> None:
    await town.once_wrote(ADA, HIDDEN)
    conversation = await town.owner_db.fetchval("SELECT id FROM conversation")
    ada = await town.shopper()
    asked: list[str] = []
    ada.page.on("request", lambda request: asked.append(request.url))
    await ada.sign_in_as("Ada")
    await ada.visit(
        f"/?open_conversation={conversation}&origin={EVIL}&__proto__[workspace]=x#privity={conversation}"
    )
    await ada.page.evaluate(
        """() => { window.told = [];
            for (const event of ["ready", "show", "hide", "unread", "identity", "message", "state", "running", "ask"])
                privity("on", event, (detail) => told.push([event, detail])); }"""
    )
    await ada.open_chat()
    await ada.open_past(HIDDEN)

    reached = await ada.page.evaluate(
        """() => JSON.stringify([document.documentElement.outerHTML,
            document.querySelector("privity-chat").shadowRoot.innerHTML,
            document.querySelector("privity-chat").shadowRoot.querySelector("iframe").contentDocument,
            Object.entries(localStorage), Object.entries(sessionStorage), document.cookie, told,
            Object.entries(privity), String(privity("messages")), location.href])"""
    )

    sessions = await town.owner_db.fetch("SELECT id FROM session")
    assert await ada.said(HIDDEN).count() >= 1, "it stands in the panel, on the same screen"
    assert HIDDEN not in reached
    assert ADA.email not in reached
    frame = await ada.frame()
    assert frame.url.startswith(f"{town.chat}/widget/frame?workspace=")
    assert str(conversation) not in frame.url
    for address in asked:
        assert "eyJ" not in address, "a token begins like that"
        assert not [row for row in sessions if str(row["id"]) in address], address
    assert not [address for address in asked if EVIL in address.split("?", 1)[0]]
