import { useEffect, useState } from "preact/hooks";
import type { Device } from "../../protocol/wire";
import type { Visit } from "../visit";
import * as words from "../words";
import { inherit } from "./inherit";
import { midSentence } from "./mid_sentence";
import * as seldom from "./seldom_api";
import * as seldomWords from "./seldom_words";
import { Sheet } from "./sheet";

/** Where this person is signed in to the chat, and how one of them ends. */
export function Devices({ visit, onClose }: { visit: Visit; onClose: () => void }) {
  const [devices, show] = useState<Device[]>([]);
  const [hasFailed, setFailed] = useState(false);
  const [hasEnded, setEnded] = useState(false);
  const attempt = (act: Promise<unknown>) => {
    setFailed(false);
    setEnded(false);
    act.catch(() => setFailed(true));
  };
  const look = async () => show((await seldom.devices(visit.api)).items);
  const end = async (device: Device) => {
    await seldom.endDevice(visit.api, device.id);
    await look();
    setEnded(true);
  };
  useEffect(() => attempt(look()), [visit]);
  return (
    <Sheet title={seldomWords.devices} onClose={onClose}>
      {hasFailed && <p role="alert">{words.failed}</p>}
      {hasEnded && (
        <p ref={inherit} tabIndex={-1} role="status">
          {seldomWords.deviceEnded}
        </p>
      )}
      <ul>
        {devices.map((device) => (
          <Line key={device.id} device={device} onEnd={() => attempt(end(device))} />
        ))}
      </ul>
      {visit.standing === "proved" && <p class="quiet-text">{seldomWords.deviceSite}</p>}
    </Sheet>
  );
}

function Line({ device, onEnd }: { device: Device; onEnd: () => void }) {
  const { client, this_one, started_at, last_seen_at } = device;
  const times = seldomWords.deviceTimes(midSentence(started_at), midSentence(last_seen_at));
  return (
    <li class="row">
      <p>
        {client ?? seldomWords.deviceElse}
        <br />
        <span class="quiet-text">{times}</span>
      </p>
      {this_one ? (
        <span class="quiet-text">{seldomWords.deviceThis}</span>
      ) : (
        <button type="button" class="button" onClick={onEnd}>
          {seldomWords.deviceEnd}
        </button>
      )}
    </li>
  );
}
