import { path } from "../address";
import { pathTo, pathToSetting, settingAt, VIEWS, type View } from "../places";
import { signOut } from "../store/app";
import type { Desk } from "../store/desk";
import type { Listing } from "../store/listing";
import { VIEW_NAMES } from "../words/views";

export function Views({ desk }: { desk: Desk }) {
  return (
    <nav class="views" aria-label="Views">
      <p class="wordmark">{desk.me.workspace.name}</p>
      <ul>
        {VIEWS.map((view) => (
          <ViewLink key={view} desk={desk} view={view} />
        ))}
      </ul>
      <footer>
        <p class="me" title={desk.me.teammate.email}>
          {desk.me.teammate.name}
        </p>
        <a href={pathToSetting("keys")} aria-current={settingAt(path.value) === null ? undefined : "true"}>
          Settings
        </a>
        <button
          type="button"
          class="quiet"
          aria-haspopup="dialog"
          onClick={() => (desk.sheet.value = "palette")}
        >
          Commands <kbd>{COMMANDS_KEY}</kbd>
        </button>
        <button type="button" class="quiet" onClick={() => signOut(desk)}>
          Sign out
        </button>
      </footer>
    </nav>
  );
}

const COMMANDS_KEY = /Mac|iP(hone|ad)/.test(navigator.platform) ? "⌘K" : "Ctrl K";

function ViewLink({ desk, view }: { desk: Desk; view: View }) {
  const here = settingAt(path.value) === null && desk.lists.found.value === null && desk.view() === view;
  const count = view === "closed" || view === "blocked" ? null : countOf(desk.lists.of(view));
  return (
    <li>
      <a
        href={pathTo(view)}
        aria-current={here ? "page" : undefined}
        onClick={() => desk.lists.searchFor("")}
      >
        <span>{VIEW_NAMES[view]}</span>
        {count !== null && <span class="count">{count}</span>}
      </a>
    </li>
  );
}

/** How many there are, as far as it is known: "50+" while more could be loaded. */
function countOf(listing: Listing): string | null {
  const amount = listing.items.value.length;
  if (!listing.loaded.value || amount === 0) return null;
  return listing.cursor.value === null ? String(amount) : `${amount}+`;
}
