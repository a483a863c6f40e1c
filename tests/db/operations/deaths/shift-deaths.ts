import { offerShift } from "../../../../db/operations/offer-shift";
import { reassignShift } from "../../../../db/operations/reassign-shift";
import type { ShiftStage } from "../shift-stage";
import type { DeathCase } from "./death-case";

const reason = "sick";
const why = "A test.";
let placedCount = 0;

/** A shift days away from every other, a guard who has it or nobody, and one who has nothing then. */
async function planAlone(stage: ShiftStage, isTaken = true) {
  placedCount += 1;
  const fromHours = 48 * placedCount;
  const [guard, free] = [0, 1].map((seat) => stage.guardIds[(2 * placedCount + seat) % stage.guardIds.length]);
  const shift = await stage.planShift(fromHours, 8, isTaken ? guard : null);
  return { shift, guard: guard as number, free: free as number, fromHours };
}

const count = async (rows: PromiseLike<readonly unknown[]>) => (await rows).length;

const countGiven = ({ owner }: ShiftStage, shift: number, guard: number) =>
  count(owner`select from assignments where shift_id = ${shift} and professional_id = ${guard}`);

const countOffers = ({ owner }: ShiftStage, shift: number, state: string) =>
  count(owner`select from ops_offers where shift_id = ${shift} and state = ${state}`);

const countInStatus = ({ owner }: ShiftStage, shift: number, status: string) =>
  count(owner`select from shifts where id = ${shift} and status = ${status}`);

async function reportIncident(stage: ShiftStage, isAcknowledged: boolean): Promise<number> {
  const { shift } = await planAlone(stage);
  const [row] = await stage.owner<{ id: string }[]>`
    insert into incidents (shift_id, severity, summary, reported_at, acknowledged_at)
    values (${shift}, 'high', 'A fire alarm', now() - interval '7 minutes', ${isAcknowledged ? new Date() : null})
    returning id`;
  return Number(row?.id);
}

async function planEnded(stage: ShiftStage): Promise<number> {
  placedCount += 1;
  return stage.planShift(-48 * placedCount, 8);
}

/** Operations that change who stands where, and what is reported from there. */
export const shiftDeaths: Record<string, DeathCase> = {
  "reassign-shift": {
    prepare: async (stage) => {
      const { shift, free } = await planAlone(stage);
      return { input: { shift, guard: free, reason }, countDone: () => countGiven(stage, shift, free) };
    },
  },
  "offer-shift": {
    prepare: async (stage) => {
      const { shift, free } = await planAlone(stage);
      return { input: { shift, guard: free, reason }, countDone: () => countOffers(stage, shift, "open") };
    },
  },
  "withdraw-offer": {
    prepare: async (stage) => {
      const { shift, free } = await planAlone(stage);
      await stage.act(offerShift, { shift, guard: free, reason });
      return { input: { shift }, countDone: () => countOffers(stage, shift, "withdrawn") };
    },
  },
  "record-offer-answer": {
    prepare: async (stage) => {
      const { shift, free } = await planAlone(stage);
      await stage.act(offerShift, { shift, guard: free, reason });
      return { input: { shift, answer: "accepted" }, countDone: () => countGiven(stage, shift, free) };
    },
  },
  "change-assignment-rule": {
    prepare: async ({ owner }) => {
      placedCount += 1;
      const limit = 20 + placedCount;
      const input = {
        rule: "week",
        employment: "zzp",
        severity: "warn",
        limit,
        from: `${2050 + placedCount}-01-01`,
        why,
      };
      const countDone = () => count(owner`select from ops_assignment_rules where limit_value = ${limit}`);
      return { input, countDone };
    },
  },
  "unassign-shift": {
    prepare: async (stage) => {
      const { shift } = await planAlone(stage);
      return { input: { shift, reason }, countDone: () => countInStatus(stage, shift, "published") };
    },
  },
  "swap-guards": {
    prepare: async (stage) => {
      const { shift, guard, free, fromHours } = await planAlone(stage);
      const other = await stage.planShift(fromHours + 2, 8, free);
      const countDone = async () =>
        Math.min(await countGiven(stage, shift, free), await countGiven(stage, other, guard));
      return { input: { shift, other, reason }, countDone };
    },
  },
  "split-shift": {
    prepare: async (stage) => {
      const { shift, free } = await planAlone(stage);
      const [row] = await stage.owner<{ at: string }[]>`
        select to_char((start_datetime + interval '3 hours') at time zone 'Europe/Amsterdam', 'YYYY-MM-DD"T"HH24:MI') as at
        from shifts where id = ${shift}`;
      const countDone = () =>
        count(stage.owner`
          select from shifts as second join shifts as cut on second.start_datetime = cut.end_datetime
          where cut.id = ${shift} and second.professional_id = ${free}`);
      return { input: { shift, at: row?.at, guard: free, reason }, countDone };
    },
  },
  "bulk-reassign": {
    prepare: async (stage) => {
      const placings = [await planAlone(stage, false), await planAlone(stage, false)];
      const rows = placings.map(({ shift, free }) => `${shift}:${free}`).join(", ");
      const countDone = async () =>
        (await Promise.all(placings.map(({ shift, free }) => countGiven(stage, shift, free)))).reduce(
          (sum, each) => sum + each,
        ) / placings.length;
      return { input: { rows, reason }, countDone };
    },
  },
  "bulk-unassign": { prepare: (stage) => planSeveral(stage, "published") },
  "bulk-cancel": { prepare: (stage) => planSeveral(stage, "cancelled") },
  "undo-reassignment": {
    prepare: async (stage) => {
      const { shift, guard, free } = await planAlone(stage);
      const { runId: run } = await stage.act(reassignShift, { shift, guard: free, reason });
      return { input: { run }, countDone: async () => (await countGiven(stage, shift, guard)) - 1 };
    },
  },
  "cancel-shift": {
    prepare: async (stage) => {
      const { shift } = await planAlone(stage);
      return { input: { shift, reason }, countDone: () => countInStatus(stage, shift, "cancelled") };
    },
  },
  "acknowledge-incident": {
    prepare: async (stage) => {
      const incident = await reportIncident(stage, false);
      const countDone = () =>
        count(stage.owner`select from incidents where id = ${incident} and acknowledged_at is not null`);
      return { input: { incident }, countDone };
    },
  },
  "close-incident": {
    prepare: async (stage) => {
      const incident = await reportIncident(stage, true);
      const countDone = () =>
        count(stage.owner`select from incidents where id = ${incident} and closed_at is not null`);
      return { input: { incident }, countDone };
    },
  },
  "share-evidence": {
    prepare: async (stage) => {
      const shift = await planEnded(stage);
      const countDone = () => count(stage.consoleOwner`select from evidence_links where shift_id = ${shift}`);
      return { input: { shift, recipient: "A client", days: 7 }, countDone };
    },
  },
  "end-evidence": {
    prepare: async (stage) => {
      const shift = await planEnded(stage);
      const { runId } = await stage.act(reassignShift, await openShift(stage));
      await stage.consoleOwner`
        insert into evidence_links (id, shift_id, recipient, expires_at)
        values (${runId}, ${shift}, 'A client', now() + interval '7 days')`;
      const countDone = () =>
        count(stage.consoleOwner`select from evidence_links where id = ${runId} and ended_at is not null`);
      return { input: { link: runId }, countDone };
    },
  },
  "retry-delivery": {
    prepare: async ({ owner }) => {
      const [dead] = await owner<{ id: string }[]>`
        insert into ops_deliveries (subject, type, body, state, attempts, settled_at)
        values ('shift:0', 'shift_assigned', '{}', 'dead', 12, now()) returning id`;
      const countDone = () =>
        count(owner`select from ops_deliveries where id = ${Number(dead?.id)} and state = 'waiting' and attempts = 0`);
      return { input: { delivery: Number(dead?.id) }, countDone };
    },
  },
};

/** Two shifts with guards, done where both are in the status. */
async function planSeveral(stage: ShiftStage, status: string) {
  const shifts = [await planAlone(stage), await planAlone(stage)].map(({ shift }) => shift);
  const countDone = async () =>
    (await Promise.all(shifts.map((shift) => countInStatus(stage, shift, status)))).reduce((sum, each) => sum + each) /
    shifts.length;
  return { input: { rows: shifts.join(", "), reason }, countDone };
}

async function openShift(stage: ShiftStage) {
  const { shift, free } = await planAlone(stage);
  return { shift, guard: free, reason };
}
