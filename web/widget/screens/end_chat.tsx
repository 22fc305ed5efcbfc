import { config } from "../config";
import { reception } from "../desk";
import type { Visit } from "../visit";
import * as words from "../words";
import { MoreIcon } from "./icons";
import { SharedComputer } from "./later";
import { Leaving } from "./leaving";

export const EndChat = ({ visit }: { visit: Visit }) => (
  <Leaving
    opener={{ class: "quiet", "aria-label": words.menu, children: <MoreIcon /> }}
    question={[words.endAsk, words.endWhat, words.endKeep, words.end]}
    onLeave={() => reception.endChat()}
  >
    {config.adoption_days > 0 && <SharedComputer visit={visit} />}
  </Leaving>
);
