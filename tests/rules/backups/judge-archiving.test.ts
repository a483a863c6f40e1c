import { expect, test } from "vitest";

import { judgeRecovery } from "../../../db/database/read-targets";
import {
  type Archiver,
  judgeArchiver,
  pointInTimeWindow,
  type Stanza,
} from "../../../db/rules/backups/judge-archiving";

const at = (minute: number) => new Date(Date.UTC(2026, 10, 23, 12, minute));
const working: Archiver = {
  mode: "on",
  way: "pgbackrest --stanza=main archive-push %p",
  archivedCount: 9,
  failedCount: 1,
  lastArchivedAt: at(50),
  lastArchivedWal: "000000010000000000000009",
  lastFailedAt: at(10),
  lastFailedWal: "000000010000000000000003",
};
const stanza: Stanza = {
  name: "main",
  fault: null,
  archiveMin: "000000010000000000000002",
  archiveMax: "000000010000000000000009",
  backups: [
    { label: "full", type: "full", isFaulty: false, endedAt: at(5), walStart: "000000010000000000000002" },
    { label: "incr", type: "incr", isFaulty: false, endedAt: at(30), walStart: "000000010000000000000004" },
  ],
};

test.each<[string, Partial<Archiver>]>([
  ["off", { mode: "off" }],
  ["off", { way: null }],
  ["failing", { lastFailedAt: at(51) }],
  ["failing", { lastArchivedAt: null }],
  ["silent", { lastArchivedAt: null, lastFailedAt: null }],
  ["careless", { way: "cp %p /mnt/wal/%f" }],
  ["careless", { way: "test ! -f /mnt/wal/%f && cp %p /mnt/wal/%f" }],
  ["working", {}],
  ["working", { way: "rsync-and-scp %p" }],
])("archiving is %s with %o", (state, changes) => {
  expect(judgeArchiver({ ...working, ...changes }).state).toBe(state);
});

test("any moment is within reach from the oldest sound backup whose WAL is there to the last segment", () => {
  expect(pointInTimeWindow(working, [stanza])).toEqual({ from: at(5), until: at(50), stanza: "main" });
  const [full, incremental] = stanza.backups as [Stanza["backups"][0], Stanza["backups"][0]];
  const without = (changes: Partial<Stanza>) => pointInTimeWindow(working, [{ ...stanza, ...changes }]);
  expect(without({ archiveMin: "000000010000000000000003" })).toMatchObject({ from: at(30) });
  expect(without({ backups: [{ ...full, isFaulty: true }, incremental] })).toMatchObject({ from: at(30) });
});

test.each<[string, Partial<Archiver>, Stanza[] | string | null]>([
  ["nothing is archived", { mode: "off" }, [stanza]],
  ["pgBackRest is not there", {}, null],
  ["pgBackRest does not answer", {}, "It did not answer."],
  ["the stanza is at fault", {}, [{ ...stanza, fault: "no valid backups" }]],
  ["the WAL after the backups is gone", {}, [{ ...stanza, archiveMin: "000000010000000000000008" }]],
  ["pgBackRest lacks what the server calls archived", { lastArchivedWal: "00000001000000000000000A" }, [stanza]],
  ["no segment left since the backup", { lastArchivedAt: at(1) }, [stanza]],
])("no window is claimed where %s", (_, changes, stanzas) => {
  expect(pointInTimeWindow({ ...working, ...changes }, stanzas)).toHaveProperty("why");
});

test("recovery is unknown until a restore measured it, and then judged by its hour", () => {
  const now = at(59);
  expect(judgeRecovery(undefined, now).map(({ value, severity }) => [value, severity])).toEqual([
    [null, "unknown"],
    [null, "unknown"],
  ]);
  const proved = { id: "b", provedAt: at(40), restoreSeconds: 3599, snapshotAt: at(0) };
  expect(judgeRecovery(proved, now).map(({ severity }) => severity)).toEqual(["ok", "ok"]);
  const slow = { ...proved, restoreSeconds: 3600, snapshotAt: new Date(at(0).getTime() - 3_600_000) };
  expect(judgeRecovery(slow, now).map(({ severity }) => severity)).toEqual(["warning", "warning"]);
});

test("data at risk is told by WAL where that is better, amber as no restore proved it, and by the proof where that meets its hour", () => {
  const now = at(59);
  const window = pointInTimeWindow(working, [stanza]);
  const proved = { id: "b", provedAt: at(40), restoreSeconds: 60, snapshotAt: new Date(+now - 7_200_000) };
  const [, nightly] = judgeRecovery(proved, now, window);
  expect(nightly).toMatchObject({
    value: 540,
    severity: "warning",
    note: expect.stringContaining("pgBackRest's main"),
  });
  expect(judgeRecovery(undefined, now, window)[1]).toMatchObject({ value: 540, severity: "warning" });
  const fresh = { ...proved, snapshotAt: at(20) };
  expect(judgeRecovery(fresh, now, window)[1]).toMatchObject({ value: 2340, severity: "ok" });
  expect(judgeRecovery(proved, now, { why: "It did not answer." })[1]).toMatchObject({
    value: 7200,
    severity: "warning",
  });
  expect(judgeRecovery(undefined, now, { why: "It did not answer." })[1]).toMatchObject({ severity: "unknown" });
});
