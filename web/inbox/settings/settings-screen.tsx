import { Views } from "../list/views";
import { pathToSetting, SETTINGS, type Setting } from "../places";
import type { Desk } from "../store/desk";
import { SETTING_NAMES } from "../words/settings";
import { ChatSettings } from "./chat-settings";
import { IdentityHealthSetting } from "./identity-health";
import { MovingIn } from "./moving-in";
import { SignIns } from "./sign-ins";
import { SigningKeysSetting } from "./signing-keys";
import { TokenDebugger } from "./token-debugger";

export function SettingsScreen({ desk, setting }: { desk: Desk; setting: Setting }) {
  return (
    <div class="settings">
      <Views desk={desk} />
      <main class="setting">
        <Tabs current={setting} />
        <div class="setting-body">
          <h1>{SETTING_NAMES[setting]}</h1>
          <Chosen desk={desk} setting={setting} />
        </div>
      </main>
    </div>
  );
}

function Chosen({ desk, setting }: { desk: Desk; setting: Setting }) {
  switch (setting) {
    case "keys":
      return <SigningKeysSetting desk={desk} />;
    case "sign-ins":
      return <SignIns desk={desk} />;
    case "chat":
      return <ChatSettings desk={desk} />;
    case "legacy":
      return <MovingIn desk={desk} />;
    case "token":
      return <TokenDebugger desk={desk} />;
    case "health":
      return <IdentityHealthSetting desk={desk} />;
  }
}

function Tabs({ current }: { current: Setting }) {
  return (
    <nav class="tabs" aria-label="Settings">
      <ul>
        {SETTINGS.map((setting) => (
          <li key={setting}>
            <a href={pathToSetting(setting)} aria-current={setting === current ? "page" : undefined}>
              {SETTING_NAMES[setting]}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}
