/** A sentence of the server's, in which `such words` are for a program. */
export function Worded({ words }: { words: string }) {
  return (
    <>{words.split("`").map((part, index) => (index % 2 === 1 ? <code key={index}>{part}</code> : part))}</>
  );
}
