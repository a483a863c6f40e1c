const tokens =
  /"(?:[^"]|"")*"|[EeBbXxNn]?'(?:[^']|'')*'|\$\d+|\b(?:SubPlan|InitPlan|CTE|alternatives:)\s+\d+|\.col\d+|[A-Za-z_\u0080-\uffff][\w$\u0080-\uffff]*|\d+(?:\.\d*)?(?:[eE][-+]?\d+)?|\.\d+/g;

/** An expression of a plan without its constants: each reads `…`. Names, parameters and subplans stay. */
export function maskLiterals(expression: string): string {
  return expression.replace(tokens, (token) => (/^(?:[EeBbXxNn]?'|\.?\d)/.test(token) ? "…" : token));
}
