export const roles = ["ops", "support", "manager", "dba", "admin"] as const;
export type Role = (typeof roles)[number];

/** The one table of who may do what. Menu, guards and tests derive from it. */
export const permissions = {
  "live.read": ["ops", "support", "manager", "admin"],
  "live.respond": ["ops", "support", "admin"],
  "shifts.read": ["ops", "support", "manager", "admin"],
  "shifts.reassign": ["support", "admin"],
  "shifts.share": ["manager", "admin"],
  "rules.change": ["manager", "admin"],
  "shifts.export": ["ops", "support", "manager", "admin"],
  "deliveries.retry": ["ops", "support", "dba", "admin"],
  "sla.read": ["ops", "support", "manager", "admin"],
  "sla.report": ["manager", "admin"],
  "sla.change": ["manager", "admin"],
  "database.read": ["dba", "admin"],
  "database.measure": ["dba", "admin"],
  "operations.read": ["dba", "admin"],
  "operations.request": ["ops", "support", "manager", "dba", "admin"],
  "database.maintain": ["dba", "admin"],
  "database.index": ["dba", "admin"],
  "database.signal": ["dba", "admin"],
  "database.backup": ["dba", "admin"],
  "database.migrate": ["dba", "admin"],
  "staff.change": ["admin"],
  "audit.read": ["manager", "dba", "admin"],
  "staff.read": ["admin"],
  "staff.revoke-sessions": ["admin"],
  "account.read": ["ops", "support", "manager", "dba", "admin"],
  "account.write": ["ops", "support", "manager", "dba", "admin"],
} as const satisfies Record<string, readonly Role[]>;

export type Permission = keyof typeof permissions;

export function isPermitted(role: Role, permission: Permission): boolean {
  return (permissions[permission] as readonly Role[]).includes(role);
}

/** The page that a role sees after it signed in. */
export const firstPages: Record<Role, string> = {
  ops: "/live",
  support: "/shifts",
  manager: "/sla",
  dba: "/database",
  admin: "/live",
};
