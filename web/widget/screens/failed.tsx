import * as words from "../words";

/** What didn't come, and can be asked for again. */
export const Failed = ({ retry }: { retry: () => void }) => (
  <p class="failed" role="alert">
    {words.failure} <Again retry={retry} />
  </p>
);

export const Again = ({ retry }: { retry: () => void }) => (
  <button type="button" class="link" onClick={retry}>
    Try again
  </button>
);
