import { revokeSessions } from "../console/sessions";
import { defineOperation } from "../operation";
import { accountFields, accountInput, countSessions, findAccount } from "./find-account";

export const endSessions = defineOperation({
  id: "end-sessions",
  title: "End all sessions of an account",
  purpose: "Signs a person out everywhere; they can sign in again.",
  risk: "medium",
  permission: "staff.change",
  changes: "console",
  input: accountInput,
  fields: accountFields,
  plan: async ({ console: db }, { email }) => {
    const member = await findAccount(db, email);
    const count = await countSessions(db, member.id);
    return {
      target: member.email,
      exclusiveKey: `staff:${member.id}`,
      summary: `Ends ${count} sessions of ${member.fullName}.`,
      consequences: ["They are signed out everywhere within 2 s and can sign in again."],
      refusals: count === 0 ? ["The account has no session."] : [],
      statements: [],
      basis: { staffId: member.id },
    };
  },
  settle: async ({ console: db }, plan) =>
    (await countSessions(db, String(plan.basis.staffId))) === 0
      ? { summary: `No session of ${plan.target} lives.`, proof: [] }
      : undefined,
  run: ({ write }, plan) =>
    write(async (transaction) => {
      const ended = await revokeSessions(transaction, { staffId: String(plan.basis.staffId), asOf: new Date() });
      return {
        summary: `${ended.length} sessions of ${plan.target} ended.`,
        proof: [{ label: "Sessions", before: String(ended.length), after: "0" }],
      };
    }),
  undo: undefined,
  timeoutSeconds: 30,
});
