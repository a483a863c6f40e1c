import { z } from "zod";

import { recordFailure } from "./failure-log.server";

const patienceMs = 5_000;
const retryMs = 60_000;
const refreshMs = 3_600_000;

const tileJson = z.object({ tiles: z.array(z.string()).default([]) });
const style = z.object({
  sprite: z.union([z.string(), z.array(z.object({ url: z.string() }))]).optional(),
  sources: z
    .record(
      z.string(),
      z.object({
        url: z.string().optional(),
        tiles: z.array(z.string()).default([]),
        data: z.unknown().optional(),
      }),
    )
    .default({}),
});

/** The hosts that pages may ask for the style and what it names, as they are known; its own host at once. */
export type StyleHosts = { list: () => readonly string[]; stop: () => void };

/** Reads the style now and each hour, and each minute while it cannot be read. */
export function watchStyleHosts(url: URL): StyleHosts {
  let hosts: readonly string[] = [url.origin];
  let timer: NodeJS.Timeout | undefined;
  let isStopped = false;
  const read = async () => {
    let waitMs = refreshMs;
    try {
      hosts = await readStyleHosts(url);
    } catch (error) {
      recordFailure(new Error(`The style of BASEMAP_STYLE_URL cannot be read: ${(error as Error).message}`));
      waitMs = retryMs;
    }
    if (!isStopped) timer = setTimeout(read, waitMs).unref();
  };
  read();
  return {
    list: () => hosts,
    stop: () => {
      isStopped = true;
      clearTimeout(timer);
    },
  };
}

/** Origins of the style, its sprites, its sources and the tiles that these name. Throws where the style cannot be read. */
export async function readStyleHosts(url: URL): Promise<string[]> {
  const { sprite, sources } = style.parse(await readJson(url));
  const sprites = typeof sprite === "string" ? [sprite] : (sprite ?? []).map((one) => one.url);
  const named = [...sprites];
  for (const source of Object.values(sources)) {
    named.push(...source.tiles, ...(typeof source.data === "string" ? [source.data] : []));
    if (!source.url || !URL.canParse(source.url, url)) continue;
    named.push(source.url);
    const described = await readJson(new URL(source.url, url)).catch(() => ({}));
    named.push(...(tileJson.safeParse(described).data?.tiles ?? []));
  }
  const urls = [url, ...named.flatMap((address) => (URL.canParse(address, url) ? [new URL(address, url)] : []))];
  return [...new Set(urls.filter(({ protocol }) => /^https?:$/.test(protocol)).map(({ origin }) => origin))];
}

async function readJson(url: URL): Promise<unknown> {
  const answer = await fetch(url, { signal: AbortSignal.timeout(patienceMs) });
  if (!answer.ok) throw new Error(`it is answered with ${answer.status}`);
  return answer.json();
}
