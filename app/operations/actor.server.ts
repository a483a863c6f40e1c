import { isPermitted } from "~/auth/permissions";
import type { SignedIn } from "~/auth/signed-in";
import { currentRequest } from "~/http/request-context.server";
import { consoleDatabase, securyflex } from "../../db/connections";
import type { PlanContext } from "../../db/operation";
import type { Actor } from "../../db/operations/runs/request-run";
import type { RunRefusal } from "../../db/operations/runs/run-refusal";

/** Whoever is signed in, as the runner knows people. */
export function actorOf({ staff }: Pick<SignedIn, "staff">): Actor {
  return {
    staffId: staff.id,
    may: (permission) => isPermitted(staff.role, permission),
    requestId: currentRequest()?.requestId ?? null,
  };
}

/** Plans read SecuryFlex as console_read, which cannot write. */
export function planContext(): PlanContext {
  return { securyflex: securyflex("console_read"), console: consoleDatabase() };
}

export const statusOf: Record<RunRefusal["kind"], number> = {
  confirmation: 422,
  permission: 403,
  plan: 422,
  moved: 409,
  conflict: 409,
  missing: 404,
};
