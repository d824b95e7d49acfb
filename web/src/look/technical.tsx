/** What the server wrote for engineers, beside the words for everybody: small, and said in its own language. */
export function Technical({ says }: { says: string | undefined }) {
  if (!says) return null;
  return (
    <small class="technical" lang="en">
      {says}
    </small>
  );
}
