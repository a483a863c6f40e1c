/**
 * The names in a list or a path as SQL quotes them: `public."a.b"` by "." is public and a.b, `x, "Y z"` by "," is x and
 * Y z. What PostgreSQL writes itself is understood; nothing else needs to be.
 */
export function splitNames(text: string, separator: "." | ","): string[] {
  const parts = text.match(separator === "." ? /(?:"(?:[^"]|"")*"|[^".])+/g : /(?:"(?:[^"]|"")*"|[^",])+/g) ?? [];
  return parts.map((part) => part.trim()).map((part) => (part.startsWith('"') ? unquote(part) : part));
}

/** Quoted where SQL would take the bare name for another: a name of a column or table that comes from people. */
export function quoteName(name: string): string {
  return /^[a-z_][a-z0-9_]*$/.test(name) ? name : `"${name.replaceAll('"', '""')}"`;
}

function unquote(quoted: string): string {
  return quoted.slice(1, -1).replaceAll('""', '"');
}
