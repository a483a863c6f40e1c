import { Link } from "@remix-run/react";
import { clsx } from "clsx";
import { Check, Pencil } from "lucide-react";
import { useState } from "react";

import { Button } from "~/ui/button";
import { TextField } from "~/ui/field";
import { ShareBox } from "./share-box";
import type { Views } from "./use-views";
import type { ViewEntry } from "./view-entry";
import { applyView, longestName, type ViewRoom } from "./view-search";

export function ViewRow({
  room,
  view,
  search,
  views,
  isEdited,
  onEdit,
  onApply,
}: {
  room: ViewRoom;
  view: ViewEntry;
  /** Of the page that the view is applied to. */
  search: URLSearchParams;
  views: Views;
  isEdited: boolean;
  onEdit: () => void;
  onApply: () => void;
}) {
  const isApplied = views.applied?.id === view.id;
  const note = view.isOwn ? (view.isShared ? "shared" : "") : view.ownerName;
  return (
    <li>
      <div className="flex items-center gap-1">
        <Link
          to={applyView(room, view.search, search)}
          preventScrollReset
          onClick={onApply}
          aria-current={(isApplied && !views.isChanged) || undefined}
          className="flex h-8 min-w-0 flex-1 items-center gap-2 rounded-md px-2 hover:bg-hover max-md:h-10"
        >
          <Check className={clsx("size-3.5 shrink-0 text-accent", !isApplied && "invisible")} />
          <span className="min-w-0 truncate font-medium">{view.name}</span>
          {note && <span className="ml-auto shrink-0 text-xs text-muted">{note}</span>}
        </Link>
        {view.isOwn && (
          <Button tone="quiet" size="sm" aria-label={`Change ${view.name}`} aria-expanded={isEdited} onClick={onEdit}>
            <Pencil />
          </Button>
        )}
      </div>
      {isApplied && views.isChanged && view.isOwn && (
        <Button
          size="sm"
          className="mb-1 ml-7"
          onClick={() => views.write({ intent: "replace", id: String(view.id), search: views.current })}
        >
          Keep the change in {view.name}
        </Button>
      )}
      {isEdited && <EditForm view={view} views={views} />}
    </li>
  );
}

function EditForm({ view, views }: { view: ViewEntry; views: Views }) {
  const [name, setName] = useState(view.name);
  const [isShared, setIsShared] = useState(view.isShared);
  const [isSure, setIsSure] = useState(false);
  const id = String(view.id);
  return (
    <form
      className="mx-2 my-1 flex flex-col gap-2 rounded-md border border-line bg-sunken p-2.5"
      onSubmit={(event) => {
        event.preventDefault();
        views.write({ intent: "change", id, name, ...(isShared && { isShared: "on" }) });
      }}
    >
      <TextField
        label="Name"
        required
        autoComplete="off"
        maxLength={longestName}
        value={name}
        onChange={({ target }) => setName(target.value)}
      />
      <ShareBox isShared={isShared} onChange={setIsShared} />
      <div className="flex justify-between gap-2">
        <Button type="submit" tone="primary" size="sm">
          Save
        </Button>
        <Button
          tone={isSure ? "danger" : "quiet"}
          size="sm"
          onClick={() => (isSure ? views.write({ intent: "delete", id }) : setIsSure(true))}
        >
          {isSure ? (view.isShared ? "Delete it for everyone" : "Delete it for good") : "Delete"}
        </Button>
      </div>
    </form>
  );
}
