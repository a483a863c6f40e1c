import { useSearchParams } from "@remix-run/react";
import { useEffect, useState } from "react";

import { Button } from "~/ui/button";
import { TextField } from "~/ui/field";
import { ShareBox } from "./share-box";
import type { Views } from "./use-views";
import { ViewRow } from "./view-row";
import { longestName, type ViewRoom } from "./view-search";

/** The views there are, to apply and to change, and a field that saves what the page shows. */
export default function ViewsPanel({ room, views, onClose }: { room: ViewRoom; views: Views; onClose: () => void }) {
  const [search] = useSearchParams();
  const [editedId, setEditedId] = useState<number | null>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: what was edited is written.
  useEffect(() => setEditedId(null), [views.written]);
  const all = views.views ?? [];
  const groups = [
    { title: "Yours", rows: all.filter(({ isOwn }) => isOwn) },
    { title: "Shared by others", rows: all.filter(({ isOwn }) => !isOwn) },
  ].filter(({ rows }) => rows.length > 0);
  return (
    <>
      {views.message && (
        <p role="alert" className="m-2 rounded-md bg-critical-soft px-3 py-2 text-critical">
          {views.message}
        </p>
      )}
      {views.views && groups.length === 0 && (
        <p className="px-4 pt-3 text-muted">
          A view keeps the filters of this page under a name. Filter the page, then save it here.
        </p>
      )}
      {groups.map(({ title, rows }) => (
        <section key={title} aria-label={title} className="border-b border-line p-1.5">
          <h2 className="px-2 pt-1 pb-0.5 text-xs font-medium text-muted">{title}</h2>
          <ul className="m-0 list-none p-0">
            {rows.map((view) => (
              <ViewRow
                key={view.id}
                room={room}
                view={view}
                search={search}
                views={views}
                isEdited={view.id === editedId}
                onEdit={() => setEditedId(view.id === editedId ? null : view.id)}
                onApply={onClose}
              />
            ))}
          </ul>
        </section>
      ))}
      <SaveCurrent views={views} />
    </>
  );
}

function SaveCurrent({ views }: { views: Views }) {
  const [name, setName] = useState("");
  const [isShared, setIsShared] = useState(false);
  // biome-ignore lint/correctness/useExhaustiveDependencies: what was typed is saved.
  useEffect(() => {
    setName("");
    setIsShared(false);
  }, [views.written]);
  if (views.current === "") {
    return <p className="px-4 py-3 text-xs text-muted">Nothing is filtered, so there is nothing to save.</p>;
  }
  return (
    <form
      className="flex flex-col gap-2 p-3"
      onSubmit={(event) => {
        event.preventDefault();
        views.write({ intent: "save", name, search: views.current, ...(isShared && { isShared: "on" }) });
      }}
    >
      <div className="flex items-end gap-2">
        <TextField
          label="Save these filters as"
          fieldClassName="flex-1"
          required
          autoComplete="off"
          maxLength={longestName}
          value={name}
          onChange={({ target }) => setName(target.value)}
        />
        <Button type="submit" tone="primary">
          Save
        </Button>
      </div>
      <ShareBox isShared={isShared} onChange={setIsShared} />
    </form>
  );
}
