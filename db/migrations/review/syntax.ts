import type { DefElem, Node, RangeVar } from "libpg-query";

type KindOf<Union> = Union extends Union ? keyof Union : never;

/** A node of the parser's tree: one of its kinds is there. */
export type Tree = { [Kind in KindOf<Node>]?: Extract<Node, Record<Kind, unknown>>[Kind] };

/** schema.name without quotes. A name without a schema stands in public, as the migrator resolves it. */
export function nameOf(relation: RangeVar | undefined): string {
  return `${relation?.schemaname ?? "public"}.${relation?.relname ?? ""}`;
}

/** The same for a name that the tree holds as strings, such as those of DROP; at most the last two count. */
export function nameOfParts(parts: readonly string[]): string {
  return `${parts.at(-2) ?? "public"}.${parts.at(-1) ?? ""}`;
}

/** For people: the schema is left out where it is public. */
export function shortName(relation: string): string {
  return relation.startsWith("public.") ? relation.slice("public.".length) : relation;
}

/** The strings of a list, of a name, or of a type's name. */
export function stringsOf(node: Tree | readonly Tree[] | undefined): string[] {
  if (!node) return [];
  if ("length" in node) return (node as readonly Tree[]).flatMap((one) => stringsOf(one));
  const { List: list, String: one, TypeName: type } = node as Tree;
  if (list) return stringsOf(list.items as Tree[]);
  if (type) return stringsOf(type.names as Tree[]);
  return one?.sval === undefined ? [] : [one.sval];
}

export function relationsOf(nodes: readonly Tree[] | undefined): RangeVar[] {
  return (nodes ?? []).flatMap(({ RangeVar: relation }) => relation ?? []);
}

/** Whether a list of options names one and does not switch it off. */
export function hasOption(options: readonly Tree[] | undefined, name: string): boolean {
  return optionsOf(options).some(({ defname, arg }) => defname === name && !/^(false|off|0)$/i.test(optionValue(arg)));
}

export function optionsOf(options: readonly Tree[] | undefined): DefElem[] {
  return (options ?? []).flatMap(({ DefElem: option }) => option ?? []);
}

function optionValue(node: Tree | undefined): string {
  return node?.String?.sval ?? (node?.Integer ? String(node.Integer.ival ?? 0) : "");
}

/** Relations that a query reads or changes anywhere in it, without the names that its WITH defines. */
export function relationsWithin(tree: unknown): RangeVar[] {
  const defined = new Set(listNodes<{ ctename?: string }>(tree, "CommonTableExpr").map(({ ctename }) => ctename));
  return listNodes<RangeVar>(tree, "RangeVar").filter(
    ({ relname, schemaname }) => schemaname !== undefined || !defined.has(relname),
  );
}

/** Every node of a kind within a tree, from above. */
export function listNodes<Found>(tree: unknown, kind: string): Found[] {
  if (Array.isArray(tree)) return tree.flatMap((one) => listNodes<Found>(one, kind));
  if (typeof tree !== "object" || tree === null) return [];
  return Object.entries(tree).flatMap(([name, below]) => [
    ...(name === kind ? [below as Found] : []),
    ...listNodes<Found>(below, kind),
  ]);
}
