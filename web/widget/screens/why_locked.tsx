import * as seldomWords from "./seldom_words";

export const WhyLocked = () => <p class="quiet-text">{seldomWords.whyLocked}</p>;
