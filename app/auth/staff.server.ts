import { data, redirect } from "@remix-run/node";
import { z } from "zod";

import { consoleDatabase } from "../../db/connections";
import { getStaff, listStaff, type StaffMember } from "../../db/console/staff";
import { readForm } from "../http/read-form.server";
import { listSessionRows, type SessionRow } from "./account.server";
import { endSessions } from "./sessions.server";
import type { SignedIn } from "./signed-in";

export type StaffRow = Omit<StaffMember, "passwordHash"> & { sessions: SessionRow[] };

/** Every account with its living sessions, by email. */
export async function listStaffRows(signedIn: SignedIn): Promise<StaffRow[]> {
  const [members, sessions] = await Promise.all([listStaff(consoleDatabase()), listSessionRows(signedIn)]);
  return members.map(({ passwordHash: _, ...member }) => ({
    ...member,
    sessions: sessions.filter(({ staffId }) => staffId === member.id),
  }));
}

const revocation = z.object({ staffId: z.uuid(), sessionId: z.uuid().optional() });

/** Ends one session of an account, or all of them. Leads back to the staff, or says with 404 or 422 why not. */
export async function revokeStaffSessions(request: Request, by: SignedIn) {
  const parsed = revocation.safeParse(Object.fromEntries(await readForm(request)));
  if (!parsed.success) {
    return data({ message: "Nothing was changed: the form was incomplete. Load the page again." }, { status: 422 });
  }
  const { staffId, sessionId } = parsed.data;
  if (!(await getStaff(consoleDatabase(), staffId))) {
    throw data({ title: "There is no such account", message: "Nothing was changed." }, { status: 404 });
  }
  const count = await endSessions({ by, staffId, only: sessionId });
  return redirect(`/staff?ended=${count}`);
}
