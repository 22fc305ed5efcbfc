import { render } from "preact";
import "./widget.css";

render(<main>Privity</main>, document.body);
