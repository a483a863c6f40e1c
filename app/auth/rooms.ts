import { isPermitted, type Permission, type Role } from "./permissions";

export type RoomId = "live" | "shifts" | "sla" | "database" | "operations" | "audit" | "staff";
export type Room = { id: RoomId; label: string; path: string; permission: Permission; shortcut: string };

/** The rooms in the order of the navigation. `shortcut` follows `g`. */
export const rooms: readonly Room[] = [
  { id: "live", label: "Live", path: "/live", permission: "live.read", shortcut: "m" },
  { id: "shifts", label: "Shifts", path: "/shifts", permission: "shifts.read", shortcut: "s" },
  { id: "sla", label: "SLA", path: "/sla", permission: "sla.read", shortcut: "l" },
  { id: "database", label: "Database", path: "/database", permission: "database.read", shortcut: "d" },
  { id: "operations", label: "Operations", path: "/operations", permission: "operations.read", shortcut: "o" },
  { id: "audit", label: "Audit", path: "/audit", permission: "audit.read", shortcut: "a" },
  { id: "staff", label: "Staff", path: "/staff", permission: "staff.read", shortcut: "t" },
];

export function roomsFor(role: Role): Room[] {
  return rooms.filter((room) => isPermitted(role, room.permission));
}
