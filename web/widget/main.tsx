import { render } from "preact";
import { begin } from "./desk";
import { App } from "./screens/app";
import "./widget.css";

render(<App />, document.body);
begin();
