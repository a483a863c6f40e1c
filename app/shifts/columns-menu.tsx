import { Form, useSearchParams } from "@remix-run/react";
import { ArrowUp } from "lucide-react";
import { useState } from "react";

import { Button, buttonClass } from "~/ui/button";
import { useIsHydrated } from "~/ui/clock";
import { type ColumnId, columnIds, columnLooks } from "./shift-columns";

/** Which columns the table shows, and in which order. It begins anew with each address. */
export function ColumnsMenu({ chosen }: { chosen: readonly ColumnId[] }) {
  const [params] = useSearchParams();
  return (
    <details
      key={params.toString()}
      className="group relative max-md:hidden"
      onKeyDown={(event) => {
        if (event.key !== "Escape" || !event.currentTarget.open) return;
        event.currentTarget.open = false;
        event.currentTarget.querySelector("summary")?.focus();
      }}
    >
      <summary className={buttonClass({}, "list-none [&::-webkit-details-marker]:hidden")}>Columns</summary>
      <div className="absolute top-full right-0 z-30 mt-1 w-64 rounded-lg border border-line-strong bg-raised shadow-overlay">
        <ColumnsForm chosen={chosen} />
      </div>
    </details>
  );
}

function ColumnsForm({ chosen }: { chosen: readonly ColumnId[] }) {
  const [params] = useSearchParams();
  const [order, setOrder] = useState([...chosen, ...columnIds.filter((id) => !chosen.includes(id))]);
  const isHydrated = useIsHydrated();
  const raise = (id: ColumnId) => {
    const at = order.indexOf(id);
    const above = order[at - 1];
    if (above) setOrder(order.with(at - 1, id).with(at, above));
  };
  const kept = [...params].filter(([name]) => !["columns", "after", "before"].includes(name));
  return (
    <Form method="get" action="/shifts" replace preventScrollReset>
      {kept.map(([name, value]) => (
        <input key={`${name}=${value}`} type="hidden" name={name} value={value} />
      ))}
      <fieldset className="max-h-[min(26rem,60dvh)] overflow-y-auto p-1.5">
        <legend className="sr-only">Columns, in their order</legend>
        {order.map((id, position) => (
          <div key={id} className="flex h-8 items-center justify-between rounded-md pr-1 pl-2 hover:bg-hover">
            <label className="flex flex-1 items-center gap-2.5">
              <input type="checkbox" name="columns" value={id} defaultChecked={chosen.includes(id)} />
              {columnLooks[id].label}
            </label>
            {isHydrated && position > 0 && (
              <Button
                tone="quiet"
                size="sm"
                className="px-1.5"
                aria-label={`Move ${columnLooks[id].label} up`}
                onClick={() => raise(id)}
              >
                <ArrowUp />
              </Button>
            )}
          </div>
        ))}
      </fieldset>
      <div className="flex justify-end border-t border-line p-2">
        <Button type="submit" tone="primary">
          Show these
        </Button>
      </div>
    </Form>
  );
}
