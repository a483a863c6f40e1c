import { fingerprintSync, loadModule } from "libpg-query";

/**
 * The same for statements that differ in constants, parameters, lengths of lists, case and comments alone, whatever
 * version or table they had; empty where the text is no SQL of PostgreSQL 18, as one that was cut off.
 */
export async function shapeOf(text: string): Promise<string> {
  await loadModule();
  try {
    return fingerprintSync(text);
  } catch {
    return "";
  }
}
