import { setImmediate as nextTurn } from "node:timers/promises";

import type postgres from "postgres";

type Work = (sql: postgres.TransactionSql) => unknown;
type Words = [string, Work] | [Work];

/**
 * Keeps whoever holds one connection, in a transaction or reserved, from saying anything more once it is closed:
 * postgres.js would write to the socket that is gone, which ends the process, and never give the connection back to its
 * pool. What comes after the close is refused with CONNECTION_CLOSED. Of a client with more than one connection the
 * reserved ones are not kept.
 *
 * @param countClosed how many connections of the client were closed until now
 */
export function guardClosedConnections(
  client: postgres.Sql,
  { max, countClosed }: { max: number; countClosed: () => number },
): postgres.Sql {
  const { begin, reserve } = client;
  return Object.assign(client, {
    begin: ((...words: Words) => {
      const fate = { isOver: false };
      const outcome = begin(optionsOf(words), (sql) => carry(sql, words.at(-1) as Work, fate));
      outcome.catch(() => {
        fate.isOver = true;
      });
      return outcome;
    }) as postgres.Sql["begin"],
    reserve: async () => {
      const sql = await reserve();
      const atFirst = countClosed();
      const isOver = () => max === 1 && countClosed() !== atFirst;
      return refusing(sql, isOver, { release: () => (isOver() ? undefined : sql.release()) });
    },
  });
}

/** One transaction or savepoint. Of one that is over postgres.js hears nothing: it would roll it back on the socket. */
async function carry(sql: postgres.TransactionSql, work: Work, fate: { isOver: boolean }): Promise<unknown> {
  const never = () => new Promise<never>(() => {});
  const savepoint = (...words: Words) =>
    sql.savepoint(optionsOf(words), (inner) => carry(inner, words.at(-1) as Work, fate));
  try {
    const given = work(refusing(sql, () => fate.isOver, { savepoint }));
    const result = await (Array.isArray(given) ? Promise.all(given) : given);
    return fate.isOver ? never() : result;
  } catch (error) {
    // The query that waited hears of the close before the transaction does.
    await nextTurn();
    if (fate.isOver) return never();
    throw error;
  }
}

const optionsOf = (words: Words) => (words.length === 2 ? words[0] : "");

function refusing<Client extends postgres.TransactionSql | postgres.ReservedSql>(
  sql: Client,
  isOver: () => boolean,
  own: Record<string, unknown>,
): Client {
  const refuseOver = () => {
    if (isOver())
      throw Object.assign(new Error("The connection of this transaction was closed."), { code: "CONNECTION_CLOSED" });
  };
  return new Proxy(sql, {
    apply: (target, self, words) => {
      refuseOver();
      return Reflect.apply(target, self, words);
    },
    get: (target, name) => {
      if (name === "unsafe" || name === "savepoint") refuseOver();
      return typeof name === "string" && name in own ? own[name] : Reflect.get(target, name);
    },
  });
}
