import { randomBytes } from "node:crypto";

import { openSession } from "../../../../db/console/sessions";
import { addStaff, disableStaff } from "../../../../db/console/staff";
import type { ShiftStage } from "../shift-stage";
import type { DeathCase } from "./death-case";

/** Somebody who is signed in once. */
async function signIn(stage: ShiftStage, { isDisabled = false } = {}) {
  const email = `${randomBytes(5).toString("hex")}@test.example`;
  const { id: staffId } = await addStaff(stage.console, { email, fullName: "Kim", role: "support", passwordHash: "x" });
  const asOf = new Date();
  await openSession(stage.console, {
    ...{ staffId, asOf, tokenHash: randomBytes(32), expiresAt: new Date(asOf.getTime() + 3_600_000) },
    ...{ address: null, userAgent: null },
  });
  if (isDisabled) await disableStaff(stage.console, { staffId, asOf });
  return { input: { email }, staffId };
}

/** Operations on who may sign in. */
export const accountDeaths: Record<string, DeathCase> = {
  "disable-account": {
    prepare: async (stage) => {
      const { input, staffId } = await signIn(stage);
      const countDone = async () =>
        (
          await stage.consoleOwner`
            select from staff where id = ${staffId} and disabled_at is not null
              and not exists (select from sessions where staff_id = staff.id and revoked_at is null)`
        ).length;
      return { input, countDone };
    },
  },
  "enable-account": {
    prepare: async (stage) => {
      const { input, staffId } = await signIn(stage, { isDisabled: true });
      const countDone = async () =>
        (await stage.consoleOwner`select from staff where id = ${staffId} and disabled_at is null`).length;
      return { input, countDone };
    },
  },
  "end-sessions": {
    prepare: async (stage) => {
      const { input, staffId } = await signIn(stage);
      const countDone = async () =>
        (await stage.consoleOwner`select from sessions where staff_id = ${staffId} and revoked_at is not null`).length;
      return { input, countDone };
    },
  },
};
