import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";

import { afterAll, beforeAll, expect, test } from "vitest";

import type { Worker } from "../../../db/jobs/worker";
import { deleteBackup } from "../../../db/operations/delete-backup";
import { takeBackup } from "../../../db/operations/take-backup";
import { verifyBackup } from "../../../db/operations/verify-backup";
import { type BackupStage, openBackupStage } from "./backup-stage";

let stage: BackupStage;
let worker: Worker;

beforeAll(async () => {
  stage = await openBackupStage();
  worker = await stage.startWorker();
});
afterAll(async () => {
  await worker?.stop();
  await stage?.close();
});

test("a backup is complete without a proof, and a restore of it proves it and measures how long recovery takes", async () => {
  const id = await stage.take();
  expect(readdirSync(stage.folder)).toEqual([id]);
  expect(readdirSync(join(stage.folder, id)).sort()).toEqual(["dump", "manifest.json"]);
  const [taken] = await stage.listRows();
  expect(taken).toMatchObject({ id, state: "complete", proof: "none", restoreSeconds: null });
  expect(taken?.rowCount).toBeGreaterThan(30);

  const run = await stage.verify(id);
  expect(run).toMatchObject({ state: "done", outcome: expect.stringMatching(/is proved/) });
  const [proved] = await stage.listRows();
  expect(proved).toMatchObject({ proof: "proved", proofRunId: run.id, restoreSeconds: expect.any(Number) });
  expect(await stage.listLeftovers()).toEqual([]);
}, 60_000);

test("the last proved backup is not deleted, another one is, and its line stays", async () => {
  const [proved] = await stage.listRows();
  const id = await stage.take();
  await expect(stage.ask(deleteBackup, { backup: proved?.id })).rejects.toThrow(/the last backup that is proved/);
  expect(await stage.carryOut(deleteBackup, { backup: id })).toMatchObject({
    state: "done",
    outcome: `${id} was deleted.`,
  });
  expect(existsSync(join(stage.folder, id))).toBe(false);
  expect((await stage.listRows()).map(({ state }) => state)).toEqual(["complete", "deleted"]);
  await expect(stage.ask(verifyBackup, { backup: id })).rejects.toThrow(/is deleted/);
}, 60_000);

test("another database, and a backup that there is not, are refused", async () => {
  await expect(stage.ask(takeBackup, { database: "postgres" })).rejects.toThrow(/no database postgres/);
  await expect(stage.ask(verifyBackup, { backup: "../../etc" })).rejects.toThrow(/There is no backup/);
});
