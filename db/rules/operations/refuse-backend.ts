export type Backend = {
  pid: number;
  /** ISO with microseconds. A pid is used again; with this it is not. */
  backendStart: string;
  /** Null while it has run nothing. */
  queryStart: string | null;
  backendType: string;
  /** Null for a process of the server itself. */
  userName: string | null;
  isSuperuser: boolean;
  applicationName: string;
  clientAddress: string | null;
  state: string | null;
  waitEvent: string | null;
  isThisDatabase: boolean;
  isWraparoundVacuum: boolean;
  transactionSeconds: number | null;
  hasWritten: boolean;
  /** Sessions that wait for it. */
  blockedPids: number[];
};

const consoleRoles = ["console_read", "console_ops", "console_admin"];

/** Why a session may be neither cancelled nor ended from here, a sentence each; none where it may. */
export function refuseBackend(backend: Backend, { isAdminSuperuser }: { isAdminSuperuser: boolean }): string[] {
  const { backendType, userName, applicationName } = backend;
  if (backend.isWraparoundVacuum)
    return ["It is a vacuum that prevents transaction ids from wrapping around; it would begin again at once."];
  if (backendType === "walsender") return ["It sends WAL to a replica or a backup, which would break off."];
  if (backendType === "autovacuum worker" && !isAdminSuperuser)
    return ["It is an autovacuum worker, which console_admin may not signal; it gives way to DDL by itself."];
  if (backendType !== "client backend" && backendType !== "autovacuum worker")
    return [`It is a process of the server itself (${backendType}).`];
  if (applicationName.startsWith("securyflex-console") && consoleRoles.includes(userName ?? ""))
    return ["It is a session of this console."];
  if (backend.isSuperuser && !isAdminSuperuser)
    return ["It is a session of a superuser, which console_admin may not signal."];
  if (!backend.isThisDatabase) return ["It works in another database."];
  return [];
}
