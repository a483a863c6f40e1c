import type { SideSource } from "./side-source";

type Watched = { source: SideSource; readAtMs: number; isReading: boolean; revision: string | undefined };

/** Reads each source when it is due, beside the reader and not in its way, and tells what changed. */
export function watchSides(
  sources: readonly SideSource[],
  { tell, report }: { tell: (event: string, revision: string) => void; report: (error: unknown) => void },
) {
  const watched: Watched[] = sources.map((source) => ({
    source,
    readAtMs: Number.NEGATIVE_INFINITY,
    isReading: false,
    revision: undefined,
  }));

  const look = async (one: Watched) => {
    one.isReading = true;
    one.readAtMs = performance.now();
    try {
      const revision = await one.source.read();
      if (revision !== one.revision) tell(one.source.event, revision);
      one.revision = revision;
    } catch (error) {
      report(error);
    } finally {
      one.isReading = false;
    }
  };

  return {
    look: () => {
      for (const one of watched) {
        const isDue = performance.now() - one.readAtMs >= one.source.everySeconds * 1000;
        if (isDue && !one.isReading) void look(one);
      }
    },
    /** What was told last, for whoever comes later. */
    known: () =>
      watched.flatMap(({ source, revision }) => (revision === undefined ? [] : [{ event: source.event, revision }])),
  };
}
