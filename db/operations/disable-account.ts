import { revokeSessions } from "../console/sessions";
import { disableStaff } from "../console/staff";
import { defineOperation } from "../operation";
import { accountFields, accountInput, countAdmins, countSessions, findAccount } from "./find-account";

export const disableAccount = defineOperation({
  id: "disable-account",
  title: "Disable an account",
  purpose: "Keeps a person out: every session ends and nobody signs in to the account.",
  risk: "high",
  permission: "staff.change",
  changes: "console",
  input: accountInput,
  fields: accountFields,
  plan: async ({ console: db }, { email }) => {
    const member = await findAccount(db, email);
    const count = await countSessions(db, member.id);
    const isAdmin = member.role === "admin";
    return {
      target: member.email,
      exclusiveKey: `staff:${member.id}`,
      summary: `Disables the account of ${member.fullName}, ${member.role}, and ends ${count} sessions.`,
      consequences: [
        "They are signed out everywhere within 2 s.",
        "What they asked for and has not begun will not begin.",
        ...(isAdmin ? ["It is an admin's, so a second person approves."] : []),
      ],
      refusals: [
        ...(member.disabledAt ? ["It is disabled already."] : []),
        ...(isAdmin && !member.disabledAt && (await countAdmins(db)) < 2
          ? ["It is the only admin who may sign in."]
          : []),
      ],
      statements: [],
      basis: { staffId: member.id, role: member.role },
      ...(isAdmin ? { risk: "critical" as const } : {}),
    };
  },
  settle: async ({ console: db }, _, { email }) =>
    (await findAccount(db, email)).disabledAt ? { summary: `${email} was disabled.`, proof: [] } : undefined,
  run: ({ write }, plan) =>
    write(async (transaction) => {
      const staffId = String(plan.basis.staffId);
      const asOf = new Date();
      await disableStaff(transaction, { staffId, asOf });
      const endedSessions = await revokeSessions(transaction, { staffId, asOf });
      return {
        summary: `${plan.target} was disabled; ${endedSessions.length} sessions ended.`,
        proof: [
          { label: "May sign in", before: "yes", after: "no" },
          { label: "Sessions", before: String(endedSessions.length), after: "0" },
        ],
      };
    }),
  undo: "Enable the account.",
  timeoutSeconds: 30,
});
