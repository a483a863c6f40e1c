import type { PostgresInstallation } from "./postgres-installation";

/** Libraries that the console's panels read, in the order in which the server loads them. */
export const preloadedLibraries = ["pg_stat_statements", "auto_explain"];

export type SettingsOptions = {
  port: number;
  clusterName: string;
  /** False for tests: a crash of the machine may lose all of it. */
  isDurable: boolean;
};

/**
 * The configuration of a private server. One that its version does not know would keep it from starting, so those
 * that came after 14 are written by version.
 */
export function postgresSettings(
  { major, preloadable }: Pick<PostgresInstallation, "major" | "preloadable">,
  { port, clusterName, isDurable }: SettingsOptions,
): string {
  const settings: Record<string, string | number> = {
    listen_addresses: "127.0.0.1",
    port,
    unix_socket_directories: "",
    cluster_name: clusterName,
    max_connections: 200,
    shared_buffers: "256MB",
    // Compiling a plan costs more than most queries of the console take.
    jit: "off",
    timezone: "UTC",
    log_timezone: "UTC",
    wal_level: "logical",
    max_slot_wal_keep_size: "2GB",
    track_io_timing: "on",
    track_wal_io_timing: "on",
    track_functions: "all",
    track_activity_query_size: "8kB",
    compute_query_id: "on",
    log_lock_waits: "on",
    shared_preload_libraries: preloadable(preloadedLibraries).join(","),
    "auto_explain.log_min_duration": "1s",
    logging_collector: "on",
    log_directory: "log",
    log_filename: "postgresql-%a.log",
    log_truncate_on_rotation: "on",
    log_rotation_age: "1d",
    log_rotation_size: 0,
  };
  if (major >= 18) settings.track_cost_delay_timing = "on";
  if (!isDurable) {
    Object.assign(settings, { fsync: "off", synchronous_commit: "off", full_page_writes: "off" });
    settings.logging_collector = "off";
  }
  return Object.entries(settings)
    .map(([name, value]) => `${name} = '${value}'\n`)
    .join("");
}
