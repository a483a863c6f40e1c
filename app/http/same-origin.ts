/** The headers of a request that say where it comes from; undefined where the client sent none. */
export type Provenance = { origin: string | undefined; fetchSite: string | undefined };

/**
 * True where a request that may change something comes from one of our own pages. A missing, null, malformed or
 * foreign origin is none of them.
 */
export function isFromOwnPage({ origin, fetchSite }: Provenance, ownOrigins: readonly string[]): boolean {
  if (origin === undefined || !ownOrigins.includes(origin)) return false;
  return fetchSite === undefined || fetchSite === "same-origin";
}
