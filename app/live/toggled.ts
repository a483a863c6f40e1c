/** The set with `one` where it was without it, and without it where it had it. */
export function toggled<One>(set: ReadonlySet<One>, one: One): ReadonlySet<One> {
  const next = new Set(set);
  if (!next.delete(one)) next.add(one);
  return next;
}
