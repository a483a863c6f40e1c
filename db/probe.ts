import { openClient, type Sql } from "./connections";
import { type Login, loginUrl, readEnvironment } from "./environment";

type Probed = Extract<Login, "console_read" | "console_app">;
type Probe = { client: Sql; answer: Promise<boolean> | undefined };

/** What a page that can do without SecuryFlex waits for it: less than the front server's patience with the page. */
export const pagePatienceMs = 450;

/** After this long without an answer the connection itself is taken for lost, and the next probe opens another. */
const lostSeconds = 5;
const probes = new Map<Probed, Probe>();

/**
 * True where the database answers through `login` within `timeoutMs`. It has one connection of its own, so that a busy
 * pool is not taken for an outage; callers at the same time share one question.
 */
export async function isAnswering(login: Probed, timeoutMs: number): Promise<boolean> {
  const probe = openProbe(login);
  probe.answer ??= ask(login, probe);
  let timer: NodeJS.Timeout | undefined;
  const silence = new Promise<boolean>((resolve) => {
    timer = setTimeout(() => resolve(false), timeoutMs);
  });
  try {
    return await Promise.race([probe.answer, silence]);
  } finally {
    clearTimeout(timer);
  }
}

function openProbe(login: Probed): Probe {
  let probe = probes.get(login);
  if (!probe) {
    const url = loginUrl(readEnvironment(), login);
    probe = { client: openClient(url, { max: 1, applicationName: "securyflex-console probe" }), answer: undefined };
    probes.set(login, probe);
  }
  return probe;
}

async function ask(login: Probed, probe: Probe): Promise<boolean> {
  const lost = setTimeout(() => {
    probes.delete(login);
    void probe.client.end({ timeout: 0 });
  }, lostSeconds * 1000);
  try {
    await probe.client`select 1`;
    return true;
  } catch {
    return false;
  } finally {
    clearTimeout(lost);
    probe.answer = undefined;
  }
}

export async function closeProbes(): Promise<void> {
  const open = [...probes.values()];
  probes.clear();
  await Promise.all(open.map(({ client }) => client.end({ timeout: 1 })));
}
