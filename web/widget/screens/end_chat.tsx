import { reception } from "../desk";
import { words } from "../words";
import { MoreIcon } from "./icons";
import { Leaving } from "./leaving";

export const EndChat = () => (
  <Leaving
    opener={{ class: "quiet", "aria-label": words.menu, children: <MoreIcon /> }}
    question={[words.endAsk, words.endWhat, words.endKeep, words.end]}
    onLeave={() => reception.endChat()}
  />
);
