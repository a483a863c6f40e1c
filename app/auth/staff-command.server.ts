import { parseArgs } from "node:util";

import { z } from "zod";

import { closeConnections, consoleDatabase } from "../../db/connections";
import { listStaff, StaffError } from "../../db/console/staff";
import { EnvironmentError } from "../../db/environment";
import { outageOf } from "../../db/outages";
import { askHidden } from "./ask-hidden.server";
import { newPassphrase } from "./new-passphrase.server";
import { roles } from "./permissions";
import {
  addAccount,
  changeAccountRole,
  disableAccount,
  enableAccount,
  endAccountSessions,
  requireAccount,
  resetPassword,
} from "./staff-accounts.server";

const usage = `Usage: npm run staff -- <command>

  add <email> --name "<full name>" --role <${roles.join("|")}> [--ask-password]
  list
  disable <email>
  enable <email>
  reset-password <email> [--ask-password]
  change-role <email> --role <role>
  revoke-sessions <email>

Without --ask-password a random passphrase is made and printed once.`;

/** The command was not understood. The message says what is missing. */
class UsageError extends Error {}

const newAccount = z.object({
  email: z.string().trim().toLowerCase().max(254).pipe(z.email()),
  fullName: z.string().trim().min(1).max(100),
  role: z.enum(roles),
});

const commands = ["add", "list", "disable", "enable", "reset-password", "change-role", "revoke-sessions"];

const say = (line: string) => console.log(line);

async function run(): Promise<void> {
  const { positionals, values } = parseArgs({
    allowPositionals: true,
    options: { name: { type: "string" }, role: { type: "string" }, "ask-password": { type: "boolean" } },
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
    return;
  }
  if (!email) throw new UsageError(`${command} needs the email of the account.`);
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
  } else if (command === "disable") {
    say(`${email} was disabled; ${await disableAccount(db, email)} sessions ended.`);
  } else if (command === "enable") {
    await enableAccount(db, email);
    say(`${email} may sign in again.`);
  } else if (command === "change-role") {
    const role = roles.find((one) => one === values.role);
    if (!role) throw new UsageError(`change-role needs --role (${roles.join(", ")}).`);
    await changeAccountRole(db, email, role);
    say(`${email} is ${role} from now on.`);
  } else say(`${await endAccountSessions(db, email)} sessions of ${email} ended.`);
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

/** 0 done, 1 refused or failed, 2 not understood. */
function explain(error: unknown): number {
  const isUsage = error instanceof UsageError || (error instanceof TypeError && "code" in error);
  if (isUsage) console.error(`${error.message}\n\n${usage}`);
  else if (error instanceof StaffError || error instanceof EnvironmentError) console.error(error.message);
  else if (outageOf(error)) console.error("The console's database does not answer. Nothing was changed.");
  else
    console.error(
      `Nothing was changed: ${(error as { code?: string }).code ?? "unexpected failure"}. Has npm run db:migrate been run?`,
    );
  return isUsage ? 2 : 1;
}

try {
  await run();
} catch (error) {
  process.exitCode = explain(error);
} finally {
  await closeConnections();
}
