/** What pgstattuple counted. Bytes of rows are without padding and line pointers. */
export type CountedTable = { pages: number; liveTuples: number; liveBytes: number };
/** What pgstatindex counted. Density is the share of the leaf pages' room that entries take. */
export type CountedIndex = { pages: number; leafPages: number; leafDensityRatio: number; internalPages: number };

const headerBytes = 24;
const pointerBytes = 4;

/**
 * The share of a table's pages, 0 to 1, that its live rows would not need if they were written anew. Rows of one length
 * are laid out to the byte; of rows that differ the mean is taken, which leaves half a row unused at a page's end.
 */
export function exactTableBloat(
  { pages, liveTuples, liveBytes }: CountedTable,
  { pageBytes, fillRatio }: { pageBytes: number; fillRatio: number },
): number {
  if (pages === 0) return 0;
  if (liveTuples === 0) return 1;
  const meanBytes = liveBytes / liveTuples;
  const rowBytes = Math.ceil(meanBytes / 8) * 8 + pointerBytes;
  const usableBytes = Math.max(pageBytes * fillRatio - headerBytes, rowBytes);
  const isEven = Number.isInteger(meanBytes);
  const perPage = isEven ? Math.floor(usableBytes / rowBytes) : Math.max(1, usableBytes / rowBytes - 0.5);
  return Math.max(0, 1 - Math.ceil(liveTuples / perPage) / pages);
}

/** The share of a btree's pages, 0 to 1, that its entries would not need in an index built anew at its fillfactor. */
export function exactIndexBloat(
  { pages, leafPages, leafDensityRatio, internalPages }: CountedIndex,
  { fillRatio }: { fillRatio: number },
): number {
  if (pages <= 1) return 0;
  const share = Math.min(1, leafDensityRatio / fillRatio);
  return Math.max(0, 1 - (1 + (leafPages + internalPages) * share) / pages);
}
