import { render } from "preact";
import { followAddress } from "./address";
import { App } from "./app";
import { arrive, hearTab, screen } from "./store/app";
import { followTabs } from "./tabs";
import "./inbox.css";

followAddress();
// A page that the browser kept asleep may wake up for somebody else.
addEventListener("pageshow", (event) => {
  if (event.persisted && screen.peek().name !== "set-up") location.reload();
});
render(<App />, document.getElementById("app") ?? document.body);
followTabs(hearTab);
void arrive();
