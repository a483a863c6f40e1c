import { openClient, type Sql } from "../../db/connections";

/** One connection of its own for `work`, closed after it. */
export async function onDatabase<Result>(url: string, work: (sql: Sql) => Promise<Result>): Promise<Result> {
  const sql = openClient(url, { max: 1, applicationName: "tests" });
  try {
    return await work(sql);
  } finally {
    await sql.end();
  }
}
