import { parseArgs } from "node:util";

import { z } from "zod";

import { closeConnections, consoleDatabase } from "../../db/connections";
import { listStaff, StaffError } from "../../db/console/staff";
import { EnvironmentError } from "../../db/environment";
import { type Operation, OperationRefusal } from "../../db/operation";
import { disableAccount } from "../../db/operations/disable-account";
import { enableAccount } from "../../db/operations/enable-account";
import { endSessions } from "../../db/operations/end-sessions";
import { RunRefusal } from "../../db/operations/runs/run-refusal";
import { outageOf } from "../../db/outages";
import { askAtCommandLine, UsageError } from "./ask-at-command-line.server";
import { askHidden } from "./ask-hidden.server";
import { newPassphrase } from "./new-passphrase.server";
import { roles } from "./permissions";
import { addAccount, changeAccountRole, requireAccount, resetPassword } from "./staff-accounts.server";

const usage = `Usage: npm run staff -- <command>

  add <email> --name "<full name>" --role <${roles.join("|")}> [--ask-password]
  list
  reset-password <email> [--ask-password]
  change-role <email> --role <role>
  disable <email> --as <email> --reason "<text>"
  enable <email> --as <email> --reason "<text>"
  revoke-sessions <email> --as <email> --reason "<text>"

Without --ask-password a random passphrase is made and printed once. The last three are operations: the account of --as
asks for them with its password, and a worker carries them out.`;

const newAccount = z.object({
  email: z.string().trim().toLowerCase().max(254).pipe(z.email()),
  fullName: z.string().trim().min(1).max(100),
  role: z.enum(roles),
});

const asked: Record<string, Operation> = {
  disable: disableAccount,
  enable: enableAccount,
  "revoke-sessions": endSessions,
};
const commands = ["add", "list", "reset-password", "change-role", ...Object.keys(asked)];

const say = (line: string) => console.log(line);

/** 0 done, 1 not done. */
async function run(): Promise<number> {
  const { positionals, values } = parseArgs({
    allowPositionals: true,
    options: {
      name: { type: "string" },
      role: { type: "string" },
      "ask-password": { type: "boolean" },
      as: { type: "string" },
      reason: { type: "string" },
    },
  });
  const [command, email, ...rest] = positionals;
  if (rest.length > 0) throw new UsageError(`"${rest[0]}" was not understood.`);
  if (!command) throw new UsageError("No command was given.");
  if (!commands.includes(command)) throw new UsageError(`"${command}" is no command.`);
  const db = consoleDatabase();
  if (command === "list") {
    for (const { email, fullName, role, disabledAt } of await listStaff(db)) {
      say(`${email}\t${role}\t${fullName}${disabledAt ? `\tdisabled since ${disabledAt.toISOString()}` : ""}`);
    }
    return 0;
  }
  if (!email) throw new UsageError(`${command} needs the email of the account.`);
  const operation = asked[command];
  if (operation) {
    const { email: typedTarget } = await requireAccount(db, email);
    const { as, reason } = values;
    return askAtCommandLine({ operation, input: { email: typedTarget }, typedTarget, as, reason });
  }
  const isAsked = values["ask-password"] ?? false;
  if (command === "add") {
    const parsed = newAccount.safeParse({ email, fullName: values.name, role: values.role });
    if (!parsed.success) throw new UsageError(`add needs a valid email, --name and --role (${roles.join(", ")}).`);
    const password = await choosePassword(isAsked);
    const member = await addAccount(db, parsed.data, password);
    say(`${member.email} was added as ${member.role}.`);
    if (!isAsked) sayPassphrase(password);
  } else if (command === "reset-password") {
    await requireAccount(db, email);
    const password = await choosePassword(isAsked);
    const count = await resetPassword(db, email, password);
    say(`The password of ${email} was changed; ${count} sessions ended.`);
    if (!isAsked) sayPassphrase(password);
  } else {
    const role = roles.find((one) => one === values.role);
    if (!role) throw new UsageError(`change-role needs --role (${roles.join(", ")}).`);
    await changeAccountRole(db, email, role);
    say(`${email} is ${role} from now on.`);
  }
  return 0;
}

async function choosePassword(isAsked: boolean): Promise<string> {
  if (!isAsked) return newPassphrase();
  const first = await askHidden("Password: ");
  if (!first) throw new StaffError("No password was typed. Nothing was changed.");
  if (process.stdin.isTTY && (await askHidden("Again: ")) !== first) {
    throw new StaffError("The two passwords differ. Nothing was changed.");
  }
  return first;
}

function sayPassphrase(passphrase: string): void {
  say(`Passphrase, shown only now: ${passphrase}`);
}

const refusals = [StaffError, EnvironmentError, OperationRefusal, RunRefusal];

/** 1 refused or failed, 2 not understood. */
function explain(error: unknown): number {
  const isUsage = error instanceof UsageError || (error instanceof TypeError && "code" in error);
  if (isUsage) console.error(`${error.message}\n\n${usage}`);
  else if (refusals.some((kind) => error instanceof kind)) console.error((error as Error).message);
  else if (outageOf(error)) console.error("The console's database does not answer. Nothing was changed.");
  else
    console.error(
      `Nothing was changed: ${(error as { code?: string }).code ?? "unexpected failure"}. Has npm run db:migrate been run?`,
    );
  return isUsage ? 2 : 1;
}

try {
  process.exitCode = await run();
} catch (error) {
  process.exitCode = explain(error);
} finally {
  await closeConnections();
}
