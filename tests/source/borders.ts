import { listImports, type SourceFiles } from "./source-files";

const plainRoutes = "app/plain-routes.server.ts";
const rooms = ["live", "shifts", "sla", "database", "operations"];

/** One sentence for each import that crosses a border of the house. */
export function listBorderViolations(files: SourceFiles): string[] {
  return [...files].flatMap(([path, text]) =>
    listImports(path, text).flatMap((found) => {
      const broken = found.isTypeOnly ? undefined : brokenRule(path, found.to);
      return broken ? [`${path} imports ${found.to}: ${broken}`] : [];
    }),
  );
}

function brokenRule(from: string, to: string): string | undefined {
  const [fromHouse, fromRoom] = place(from);
  const [toHouse, toRoom] = place(to);
  if (fromHouse === "rules" && toHouse !== "rules") return "rules stand on nothing but rules.";
  if (fromHouse === "db" && toHouse === "app") return "db/ knows no web.";
  if (fromHouse === "app" && toHouse === "db" && !/\.server\.tsx?$/.test(from)) {
    return "only *.server.ts files of app/ speak to db/.";
  }
  if (toHouse === "tests" && fromHouse !== "tests") return "the product does not know its tests.";
  if (fromHouse !== "app" || toHouse !== "app" || from === plainRoutes) return undefined;
  if (toRoom === "routes") return "routes are doors; nobody walks through them from inside.";
  if (fromRoom === "ui" && toRoom && [...rooms, "audit"].includes(toRoom)) return "furniture knows no room.";
  if (fromRoom && toRoom && fromRoom !== toRoom && rooms.includes(toRoom) && fromRoom !== "routes") {
    return "rooms meet in routes.";
  }
  return undefined;
}

function place(path: string): [string | undefined, string | undefined] {
  const [house, room] = path.split("/");
  if (house === "db" && room === "rules") return ["rules", path.split("/")[2]];
  return ["app", "db", "tests"].includes(house as string) ? [house, room] : [undefined, undefined];
}
