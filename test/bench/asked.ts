interface Asked {
  /** What is measured by name. */
  names: readonly string[];
  /** The rows of `--only`. */
  only: readonly string[];
}

/** What to say to whoever asks for what cannot be measured so; null: all of it can. */
export function whatIsNotThere(
  asked: Asked,
  there: { names: readonly string[]; rows: readonly { id: string }[] },
): string | null {
  const noRows = asked.only.filter((id) => !there.rows.some((row) => row.id === id));
  const named = noRows.filter((id) => there.names.includes(id));
  const unknown = [...asked.names.filter((name) => !there.names.includes(name)), ...noRows].filter(
    (one) => !named.includes(one),
  );
  if (unknown.length > 0) return `There is no ${unknown.join(', ')}. --list shows what there is.`;
  return named.length > 0 ? `By name, without --only: npm run bench -- ${named.join(' ')}` : null;
}
