import "./callback.css";

/**
 * Where a provider sends people back to. What its address says goes to the panel that opened this window, and to nobody
 * else: the panel alone knows whether it waits for it. A window that lost its opener on the way asks by a channel.
 */
const said = Object.fromEntries(new URLSearchParams(location.search));
history.replaceState(null, "", location.pathname);
if (opener) opener.postMessage({ signedIn: said }, location.origin);
else new BroadcastChannel("privity:signed-in").postMessage({ signedIn: said });
document.body.textContent = "You can close this window, and go on in the chat.";
close();
