import { enableStaff } from "../console/staff";
import { defineOperation } from "../operation";
import { accountFields, accountInput, findAccount } from "./find-account";

export const enableAccount = defineOperation({
  id: "enable-account",
  title: "Enable an account",
  purpose: "Lets a person sign in again.",
  risk: "medium",
  permission: "staff.change",
  changes: "console",
  input: accountInput,
  fields: accountFields,
  plan: async ({ console: db }, { email }) => {
    const member = await findAccount(db, email);
    return {
      target: member.email,
      exclusiveKey: `staff:${member.id}`,
      summary: `Lets ${member.fullName} sign in again as ${member.role}.`,
      consequences: ["Their password is the one that they had; sessions of before stay ended."],
      refusals: member.disabledAt ? [] : ["It is not disabled."],
      statements: [],
      basis: { staffId: member.id, role: member.role, disabledAt: member.disabledAt?.toISOString() ?? null },
    };
  },
  settle: async ({ console: db }, _, { email }) =>
    (await findAccount(db, email)).disabledAt ? undefined : { summary: `${email} may sign in again.`, proof: [] },
  run: ({ write }, plan) =>
    write(async (transaction) => {
      await enableStaff(transaction, { staffId: String(plan.basis.staffId) });
      return {
        summary: `${plan.target} may sign in again.`,
        proof: [{ label: "May sign in", before: `no, since ${plan.basis.disabledAt}`, after: "yes" }],
      };
    }),
  undo: "Disable the account.",
  timeoutSeconds: 30,
});
