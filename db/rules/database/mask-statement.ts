/** What the text is cut off in the middle of goes on to its end: a literal or a comment then has no closing mark. */
const tokens =
  /"(?:[^"]|"")*"?|[Ee]'(?:[^'\\]|\\[\s\S]?|'')*'?|(?:[BbXxNn]|[Uu]&)?'(?:[^']|'')*'?|\$([A-Za-z_\u0080-\uffff][\w\u0080-\uffff]*)?\$[\s\S]*?(?:\$\1\$|$)|--[^\n]*|\/\*[\s\S]*?(?:\*\/|$)|\$\d+|[A-Za-z_\u0080-\uffff][\w$\u0080-\uffff]*|(?:\d[\d_]*(?:\.\d*)?|\.\d+)(?:[eE][-+]?\d+)?|0[xXoObB][\da-fA-F_]+/g;

/**
 * A statement as people may see it: each literal reads `…`, comments are gone, names and parameters stay. For texts as
 * they were sent, and for those of pg_stat_statements, which keeps the literals of what is no query.
 */
export function maskStatement(text: string): string {
  return text.replace(tokens, (token) => {
    if (token.startsWith("--") || token.startsWith("/*")) return "";
    return /^(?:\.?\d|(?:[EeBbXxNn]|[Uu]&)?'|\$(?!\d))/.test(token) ? "…" : token;
  });
}
