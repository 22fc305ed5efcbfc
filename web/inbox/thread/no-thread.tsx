/** What stands in the middle while no conversation is open. */
export function NoThread() {
  return (
    <main class="thread no-thread">
      <p>Choose a conversation.</p>
      <p class="hint">
        <kbd>j</kbd> and <kbd>k</kbd> move, <kbd>Enter</kbd> opens, <kbd>?</kbd> shows all keys.
      </p>
    </main>
  );
}
