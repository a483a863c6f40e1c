import type { ConsoleDatabase } from "../../db/connections";
import { addStaff, changePasswordHash, listStaff } from "../../db/console/staff";
import { hashPassword } from "./password-hash.server";
import { type Role, roles } from "./permissions";

/** `.example` belongs to nobody (RFC 2606), so no real account can have such an address. */
const domain = "@securyflex.example";

const names: Record<Role, string> = {
  ops: "Olivia de Groot",
  support: "Samir Bakker",
  manager: "Marit Visser",
  dba: "Daan Mulder",
  admin: "Anouk Jansen",
};

/** Demonstration accounts were asked for where real people have accounts. */
export class DemonstrationRefused extends Error {}

/**
 * One account for each role, all with `password`, for the local demonstration alone; an account that is there gets the
 * password. Throws DemonstrationRefused where any other account stands in the database.
 */
export async function ensureDemonstrationStaff(
  db: ConsoleDatabase,
  password: string,
): Promise<{ role: Role; email: string }[]> {
  const present = await listStaff(db);
  if (present.some(({ email }) => !email.endsWith(domain))) {
    throw new DemonstrationRefused(
      "No demonstration accounts were made: this database has accounts of real people. Add staff with npm run staff -- add.",
    );
  }
  const passwordHash = await hashPassword(password);
  const accounts = roles.map((role) => ({ role, email: `${role}${domain}` }));
  for (const { role, email } of accounts) {
    const member = present.find((one) => one.email === email);
    if (member) await changePasswordHash(db, { staffId: member.id, passwordHash });
    else await addStaff(db, { email, fullName: names[role], role, passwordHash });
  }
  return accounts;
}
