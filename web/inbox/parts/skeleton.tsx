/** Quiet lines where words will stand. */
export function Skeleton({ words, lines }: { words: string; lines: number }) {
  return (
    <div class="skeleton" role="status">
      <span class="unseen">{words}</span>
      {Array.from({ length: lines }, (_, line) => (
        <span key={line} class="skeleton-line" />
      ))}
    </div>
  );
}
