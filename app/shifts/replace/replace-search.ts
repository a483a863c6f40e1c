/** Which candidates the list holds. */
export const shownGroups = ["can", "clear", "all"] as const;
export type ShownGroup = (typeof shownGroups)[number];

/** How a guard gets the shift. */
export const ways = ["offer", "assign"] as const;
export type Way = (typeof ways)[number];

/** Who is asked where the first does not take an offer. */
export const mostAskedNext = 5;

export type ReplaceSearch = {
  shown: ShownGroup;
  /** Part of a name, in any case. */
  name: string;
  /** Null while nobody is chosen, and for what is no id. */
  guardId: number | null;
  /** Null while the address does not say. */
  way: Way | null;
  /** To answer an offer; null while the address does not say. */
  minutes: string | null;
  nextCount: number;
};

/** What the address of the page asks for; what it cannot mean is left out. */
export function readReplaceSearch(search: URLSearchParams): ReplaceSearch {
  const guard = search.get("guard") ?? "";
  const next = search.get("next") ?? "";
  return {
    shown: shownGroups.find((group) => group === search.get("show")) ?? "can",
    name: (search.get("name") ?? "").trim().slice(0, 60),
    guardId: /^[1-9]\d{0,14}$/.test(guard) ? Number(guard) : null,
    way: ways.find((way) => way === search.get("way")) ?? null,
    minutes: search.get("minutes"),
    nextCount: /^[0-5]$/.test(next) ? Number(next) : 2,
  };
}

/** The address of the page with `changes`; null takes a name out. */
export function replaceHref(
  shiftId: number,
  search: URLSearchParams,
  changes: Record<string, string | number | null>,
): string {
  const next = new URLSearchParams(search);
  for (const [name, value] of Object.entries(changes)) {
    if (value === null) next.delete(name);
    else next.set(name, String(value));
  }
  return `/shifts/${shiftId}/replace${next.size === 0 ? "" : `?${next}`}`;
}
