/** What `?ended=<count>` in the address says; undefined without it. */
export function describeEnded(search: URLSearchParams): string | undefined {
  const text = search.get("ended");
  if (!text || !/^\d{1,4}$/.test(text)) return undefined;
  const count = Number(text);
  if (count === 0) return "No session was ended: it had ended already.";
  return count === 1 ? "One session was ended." : `${count} sessions were ended.`;
}
