import { render } from "preact";
import "./inbox.css";

render(<main>Privity</main>, document.body);
