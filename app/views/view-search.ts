export const viewRooms = ["live", "shifts", "sla"] as const;
export type ViewRoom = (typeof viewRooms)[number];

/** What a view of each room may hold. The instant, the selection and the page it was saved at are no part of it. */
export const viewParameters: Record<ViewRoom, readonly string[]> = {
  live: ["state", "region", "client", "q", "near", "radius", "layers", "window"],
  shifts: [
    "status",
    "region",
    "client",
    "company",
    "guard",
    "unassigned",
    "location",
    "text",
    "from",
    "until",
    "sort",
    "columns",
  ],
  sla: [
    "range",
    "from",
    "until",
    "client",
    "company",
    "region",
    "location",
    "against",
    "againstClient",
    "metric",
    "by",
    "step",
  ],
};

/** Stays as it is where a view is applied. */
const besideViews: Record<ViewRoom, readonly string[]> = {
  live: ["at", "speed", "shift", "map"],
  shifts: [],
  sla: [],
};

export const longestSearch = 1000;
export const longestName = 60;

/** What of `search` a view of the room holds, in the room's order; empty where nothing is asked for. */
export function toViewSearch(room: ViewRoom, search: URLSearchParams): string {
  const kept = new URLSearchParams();
  for (const name of viewParameters[room]) {
    for (const value of search.getAll(name)) if (value !== "") kept.append(name, value);
  }
  return kept.toString();
}

/** The address of the room with a view of it; `search` is the one it is applied to. */
export function applyView(room: ViewRoom, view: string, search: URLSearchParams): string {
  const next = new URLSearchParams(view);
  for (const name of besideViews[room]) {
    const value = search.get(name);
    if (value !== null) next.set(name, value);
  }
  return `/${room}?${next}`;
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what it looks for.
const controlCharacter = /[\u0000-\u001f\u007f]/;

/** One sentence: why `search` cannot be a view of the room. Undefined where it can. */
export function refuseSearch(room: ViewRoom, search: string): string | undefined {
  if (search.length > longestSearch) return `It asks for more than ${longestSearch} characters can say.`;
  const asked = new URLSearchParams(search);
  const unknown = [...asked.keys()].find((name) => !viewParameters[room].includes(name));
  if (unknown !== undefined) return `A view of this room cannot hold “${unknown.slice(0, 40)}”.`;
  if ([...asked.values()].some((value) => controlCharacter.test(value)))
    return "It holds a character that cannot be shown.";
  return toViewSearch(room, asked) === "" ? "Nothing is filtered, so there is nothing to save." : undefined;
}

/** One sentence: why a view cannot be called so. Undefined where it can. */
export function refuseName(name: string): string | undefined {
  if (name === "") return "Give the view a name.";
  if ([...name].length > longestName) return `A name has at most ${longestName} characters.`;
  return controlCharacter.test(name) ? "The name holds a character that cannot be shown." : undefined;
}
