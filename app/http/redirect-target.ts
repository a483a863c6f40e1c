/**
 * The path to go on to, where `text` is a path of this origin in plain form; undefined for anything else: another
 * origin however it is written, a scheme, a control character, a backslash, an encoded slash, or more than 2,000
 * characters.
 */
export function safeRedirectTarget(text: string | null | undefined): string | undefined {
  if (!text || text.length > 2_000 || !/^\/(?!\/)[\x21-\x7e]*$/.test(text) || text.includes("\\")) return undefined;
  const [path = ""] = text.split(/[?#]/);
  if (path.includes("//") || /%(?:2f|5c|0[0-9a-f]|1[0-9a-f]|7f)/i.test(path)) return undefined;
  const base = "http://console.invalid";
  const url = URL.canParse(text, base) ? new URL(text, base) : undefined;
  if (url?.origin !== base || url.pathname.startsWith("//")) return undefined;
  return `${url.pathname}${url.search}${url.hash}`;
}
