import { afterAll, beforeAll, describe, expect, test } from "vitest";

import { createEmptyDatabase } from "../../../support/databases";
import { majors, startVersion } from "../../../support/version-matrix";
import { lockCases, lockCasesApart, lockCasesOf18, lockFixture } from "./lock-cases";
import { fileOf, observeLocks, observeWaiting, openSessions, type Sessions, stateLocks } from "./observe-locks";

async function openServer(major: number): Promise<{ url: string; close: () => Promise<unknown> }> {
  if (major === 15) {
    const { url, drop } = await createEmptyDatabase();
    return { url, close: drop };
  }
  const { url, stop } = await startVersion(major);
  return { url, close: stop };
}

describe.each(majors.filter((major) => major === 15 || major === 18))("on PostgreSQL %i", (major) => {
  let server: Awaited<ReturnType<typeof openServer>>;
  let sessions: Sessions;
  beforeAll(async () => {
    server = await openServer(major);
    sessions = openSessions(server.url);
    await sessions.acting.unsafe(lockFixture);
  });
  afterAll(async () => {
    await sessions.close();
    await server.close();
  });

  test("each statement locks what is stated, and does to the rows what is stated", async () => {
    const wrong: string[] = [];
    for (const statement of major === 18 ? [...lockCases, ...lockCasesOf18] : lockCases) {
      const stated = JSON.stringify(await stateLocks(sessions, statement));
      const observed = await observeLocks(sessions, statement).then(JSON.stringify, String);
      if (stated !== observed) wrong.push(`${statement}\n  stated   ${stated}\n  observed ${observed}`);
    }
    expect(wrong.join("\n")).toBe("");
  });

  test.each(Object.entries(lockCasesApart))(
    "what no transaction may hold asks of %s for the stated lock",
    async (table, statement) => {
      const [stated, before] = [await stateLocks(sessions, statement), await fileOf(sessions, table)];
      const mode = await observeWaiting(sessions, table, statement);
      const isRewritten = (await fileOf(sessions, table)) !== before;
      const [, statedMode, work] = /^([A-Z ]+) ([a-z]+)$/.exec(stated[`public.${table}`] ?? "") ?? [];
      expect({ mode: statedMode, isRewritten: work === "rewrite" }).toEqual({ mode, isRewritten });
    },
  );
});
