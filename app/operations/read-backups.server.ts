import { isPermitted } from "~/auth/permissions";
import type { SignedIn } from "~/auth/signed-in";
import { backupDirectory } from "../../db/backups/backup-place";
import { listBackups, readSource } from "../../db/backups/catalogue";
import { retention } from "../../db/backups/keep-retention";
import { listBeside } from "../../db/backups/list-beside";
import { readArchiver, readStanzas } from "../../db/backups/read-archiving";
import { readRecovery } from "../../db/backups/read-recovery";
import { isScheduled } from "../../db/backups/request-scheduled";
import { consoleDatabase, securyflex } from "../../db/connections";
import { judgeRecovery } from "../../db/database/read-targets";
import { unreadableReason } from "../../db/database/unreadable-reason";
import { backUp } from "../../db/jobs/back-up";
import { nextSlot } from "../../db/jobs/job";
import { OperationRefusal } from "../../db/operation";
import { isAnswering, pagePatienceMs } from "../../db/probe";
import { describeRetention } from "../../db/rules/backups/choose-kept";
import { judgeArchiver, pointInTimeWindow } from "../../db/rules/backups/judge-archiving";
import { measureDrift } from "../../db/rules/backups/measure-drift";

/** Every backup of the watched database with its proof, and what they are worth. */
export async function readBackups(signedIn: SignedIn) {
  const readAt = new Date();
  const frame = {
    readAt,
    mayAct: isPermitted(signedIn.staff.role, "database.backup"),
    directory: backupDirectory(),
    kept: describeKept(),
    nextAt: isScheduled() ? nextSlot(backUp.schedule, readAt) : null,
  };
  if (!(await isAnswering("console_read", pagePatienceMs)))
    return { ...frame, found: "SecuryFlex does not answer, so which backups are its own cannot be told." };
  return { ...frame, found: await readFound(readAt).catch(unreadableReason) };
}

async function readFound(readAt: Date) {
  const [db, watched] = [consoleDatabase(), securyflex("console_read")];
  const { source, database, systemIdentifier } = await readSource(watched);
  const [listed, recovery, beside, { archiver, window }] = await Promise.all([
    listBackups(db, source),
    readRecovery(db, database),
    listBeside(watched),
    readReach(watched, systemIdentifier),
  ]);
  const complete = listed.filter(({ state }) => state !== "taking" && state !== "failed");
  const backups = listed.map((backup) => {
    const earlier = complete.filter(({ beganAt }) => beganAt < backup.beganAt);
    const drift = (measure: "sizeBytes" | "durationSeconds") =>
      backup[measure] === null
        ? null
        : measureDrift(
            backup[measure],
            earlier.flatMap((one) => one[measure] ?? []),
          );
    return { ...backup, sizeDrift: drift("sizeBytes"), durationDrift: drift("durationSeconds") };
  });
  return {
    database,
    backups,
    beside,
    targets: judgeRecovery(recovery, readAt, window),
    archiver,
    archiving: judgeArchiver(archiver),
    window,
  };
}

/** The server first: what it counts as archived then must be there when pgBackRest is asked. */
async function readReach(watched: Parameters<typeof readArchiver>[0], systemIdentifier: string) {
  const archiver = await readArchiver(watched);
  return { archiver, window: pointInTimeWindow(archiver, await readStanzas(systemIdentifier)) };
}

function describeKept(): string {
  try {
    return describeRetention(retention());
  } catch (error) {
    if (error instanceof OperationRefusal) return error.message;
    throw error;
  }
}

export type BackupsRead = Awaited<ReturnType<typeof readBackups>>;
export type BackupsFound = Exclude<BackupsRead["found"], string>;
export type ListedBackup = BackupsFound["backups"][number];
