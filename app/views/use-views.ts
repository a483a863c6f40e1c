import { useFetcher, useSearchParams } from "@remix-run/react";
import { useEffect, useRef, useState } from "react";

import type { ViewEntry, ViewsAnswer } from "./view-entry";
import { toViewSearch, type ViewRoom } from "./view-search";

export type Views = {
  /** Null while they are on their way. */
  views: ViewEntry[] | null;
  /** What the URL asks for, as a view would hold it; empty for nothing. */
  current: string;
  /** The view that the URL shows, or showed before something in it was changed. */
  applied: ViewEntry | null;
  isChanged: boolean;
  /** Why they could not be read, or the last change was refused. */
  message: string | null;
  /** The view of the last change; another object after each. */
  written: { id: number } | null;
  /** Does nothing while another change is on its way. */
  write: (fields: Record<string, string>) => void;
};

/** The saved views of a room. The one that was applied last is remembered for the tab. */
export function useViews(room: ViewRoom): Views {
  const fetcher = useFetcher<{ answer: ViewsAnswer } | { failure: string }>({ key: `views-${room}` });
  const { load, submit, data, state } = fetcher;
  const path = `/${room}/views`;
  // biome-ignore lint/correctness/useExhaustiveDependencies: read once; each change answers with all of them.
  useEffect(() => load(path), [path]);

  const known = useRef<ViewEntry[] | null>(null);
  const answer = data && "answer" in data ? data.answer : null;
  if (answer) known.current = answer.views;

  const [search] = useSearchParams();
  const current = toViewSearch(room, search);
  const [lastId, setLastId] = useState<number | null>(null);
  const storageKey = `applied-view-${room}`;
  useEffect(() => setLastId(Number(sessionStorage.getItem(storageKey)) || null), [storageKey]);

  const same = (known.current ?? []).filter((view) => view.search === current);
  const shown = same.find(({ id }) => id === lastId) ?? same[0];
  const left = known.current?.find(({ id }) => id === lastId);
  const shownId = shown?.id;
  useEffect(() => {
    if (current === "") {
      setLastId(null);
      sessionStorage.removeItem(storageKey);
    } else if (shownId !== undefined) {
      setLastId(shownId);
      sessionStorage.setItem(storageKey, String(shownId));
    }
  }, [current, shownId, storageKey]);

  const [written, setWritten] = useState<Views["written"]>(null);
  useEffect(() => {
    if (answer?.writtenId != null) setWritten({ id: answer.writtenId });
  }, [answer]);

  return {
    views: known.current,
    current,
    applied: shown ?? left ?? null,
    isChanged: !shown && left !== undefined,
    message: data && "failure" in data ? data.failure : null,
    written,
    write: (fields) => state !== "submitting" && submit(fields, { method: "post", action: path }),
  };
}
