// Names the whole panel, which is there already: so the bundler keeps it in one piece, which packs better than two.
import "./app";
import styles from "./seldom.css";

const sheet = new CSSStyleSheet();
sheet.replaceSync(styles);
document.adoptedStyleSheets.push(sheet);

/** What few people open: one file beside the panel's own, fetched by the first of these that is needed. */
export { AccountMenu } from "./account_menu";
export { CodeByMail } from "./code_by_mail";
export { OfferCard } from "./offer_card";
export { SharedComputer } from "./shared_computer";
export { SignInAt } from "./sign_in_at";
export { WhyLocked } from "./why_locked";
