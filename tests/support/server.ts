/**
 * The server of the tests: TEST_POSTGRES_URL where it is set (a superuser's address, for a quick run while one
 * works), else a private cluster of its own.
 */
export async function openTestServer(): Promise<{ url: string; close: () => Promise<void> }> {
  const given = process.env.TEST_POSTGRES_URL;
  if (given) return { url: given, close: async () => {} };
  throw new Error("private cluster: db/local/cluster.ts");
}
