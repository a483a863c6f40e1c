export type Archiver = {
  mode: string;
  /** The command or library that takes the WAL away; null where none is set or it may not be read. */
  way: string | null;
  archivedCount: number;
  failedCount: number;
  lastArchivedAt: Date | null;
  /** The newest segment; null where none was archived, or a history file after it. */
  lastArchivedWal: string | null;
  lastFailedAt: Date | null;
  lastFailedWal: string | null;
};

export type Stanza = {
  name: string;
  /** What pgBackRest itself holds against it; null where nothing. */
  fault: string | null;
  archiveMin: string | null;
  archiveMax: string | null;
  backups: { label: string; type: string; isFaulty: boolean; endedAt: Date; walStart: string | null }[];
};

export type Archiving = { state: "off" | "failing" | "silent" | "careless" | "working"; sentence: string };

/** cp as the whole command, or as what ends it. */
const bareCopy = /(^|[;&|]\s*)cp\s/;

/** Whether WAL leaves the server now: a failure that no success followed is a failure of now. */
export function judgeArchiver(archiver: Archiver): Archiving {
  const { mode, way, lastArchivedAt, lastFailedAt, lastFailedWal } = archiver;
  if (mode === "off" || way === null)
    return { state: "off", sentence: "WAL is not archived: only what a backup holds can be brought back." };
  if (lastFailedAt && (!lastArchivedAt || lastFailedAt > lastArchivedAt))
    return { state: "failing", sentence: `Archiving fails now, at ${lastFailedWal ?? "an unknown segment"}.` };
  if (!lastArchivedAt) return { state: "silent", sentence: "Archiving is on, and no segment has been archived yet." };
  if (bareCopy.test(way))
    return {
      state: "careless",
      sentence:
        "Segments are copied by cp, which overwrites what stands there, and a power cut can lose what it wrote.",
    };
  return { state: "working", sentence: "Segments leave the server one after another." };
}

export type PointInTime = { from: Date; until: Date; stanza: string } | { why: string };

/**
 * The span to any moment of which the server can be brought back: from the end of the oldest sound backup whose WAL is
 * still there, to the last segment that was archived. The first failure that nothing followed closes it.
 */
export function pointInTimeWindow(archiver: Archiver, stanzas: readonly Stanza[] | string | null): PointInTime {
  const { state, sentence } = judgeArchiver(archiver);
  if (state === "off") return { why: sentence };
  if (typeof stanzas === "string") return { why: stanzas };
  if (stanzas === null)
    return { why: "WAL is archived, and no pgBackRest here tells from which base backup it could be replayed." };
  const { lastArchivedAt: until, lastArchivedWal } = archiver;
  const sound = stanzas.flatMap(({ name, fault, archiveMin, backups }) =>
    fault === null
      ? backups.flatMap(({ isFaulty, endedAt, walStart }) =>
          !isFaulty && walStart !== null && archiveMin !== null && walStart >= archiveMin ? [{ name, endedAt }] : [],
        )
      : [],
  );
  const [oldest] = sound.sort((one, other) => +one.endedAt - +other.endedAt);
  if (!oldest || !until || oldest.endedAt > until)
    return { why: "No sound base backup has all of the WAL that followed it." };
  const newestWal = stanzas.find(({ name }) => name === oldest.name)?.archiveMax ?? "";
  if (lastArchivedWal !== null && newestWal < lastArchivedWal)
    return { why: `The server counts ${lastArchivedWal} as archived, and pgBackRest has nothing beyond ${newestWal}.` };
  return { from: oldest.endedAt, until, stanza: oldest.name };
}
