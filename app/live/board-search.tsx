import { lazy, useEffect, useRef, useState } from "react";

import { Button } from "~/ui/button";
import { Deferred } from "~/ui/deferred";
import { SelectField, TextField } from "~/ui/field";
import { SavedViews } from "~/views/saved-views";
import { listFilterParts, unfiltered } from "./board-filter";
import type { BoardView } from "./board-view";
import { StateToggles } from "./state-toggles";

const NearSearch = lazy(() => import("./near-search"));

const typingMilliseconds = 150;

/** Text, place, client and state: what the list and the map show. */
export function BoardSearch({ view }: { view: BoardView }) {
  const { filter, regions, clients, counts, change, toggle } = view;
  return (
    <search className="flex flex-col gap-2 border-b border-line p-3">
      <div className="flex gap-2">
        <div className="min-w-0 flex-1">
          <TextSearch text={filter.text} change={change} />
        </div>
        <SavedViews room="live" className="max-w-[45%] shrink-0" />
      </div>
      <div className="flex gap-2 *:min-w-0 *:flex-1">
        <ChoiceField
          label="Region"
          all="All regions"
          choices={regions}
          chosen={filter.region}
          onChange={(region) => change({ region })}
        />
        <ChoiceField
          label="Client"
          all="All clients"
          choices={clients}
          chosen={filter.client}
          onChange={(client) => change({ client })}
        />
        {listFilterParts(filter).length > 0 && (
          <Button tone="quiet" className="!flex-none" onClick={() => change(unfiltered)}>
            Clear filters
          </Button>
        )}
      </div>
      {view.near && (
        <Deferred>
          <NearSearch view={view} />
        </Deferred>
      )}
      <StateToggles counts={counts} pressed={filter.states} onToggle={toggle} />
    </search>
  );
}

/** A choice of names with how many shifts each would show. */
function ChoiceField({
  label,
  all,
  choices,
  chosen,
  onChange,
}: {
  label: string;
  all: string;
  choices: readonly { name: string; count: number }[];
  chosen: string | null;
  onChange: (name: string | null) => void;
}) {
  const isListed = chosen === null || choices.some(({ name }) => name === chosen);
  return (
    <SelectField
      label={label}
      isLabelHidden
      value={chosen ?? ""}
      onChange={({ target }) => onChange(target.value || null)}
      options={[
        { value: "", label: all },
        ...(isListed ? [] : [{ value: chosen, label: `${chosen} (0)` }]),
        ...choices.map(({ name, count }) => ({ value: name, label: `${name} (${count})` })),
      ]}
    />
  );
}

function TextSearch({ text, change }: { text: string; change: BoardView["change"] }) {
  const [typed, setTyped] = useState(text);
  const asked = useRef(text);
  useEffect(() => {
    // What was asked for here comes back later than the next letter.
    if (text === asked.current) return;
    asked.current = text;
    setTyped(text);
  }, [text]);
  useEffect(() => {
    if (typed === asked.current) return;
    const timer = setTimeout(() => {
      asked.current = typed;
      change({ text: typed });
    }, typingMilliseconds);
    return () => clearTimeout(timer);
  }, [typed, change]);
  return (
    <TextField
      label="Search guard, location, city, client or #number"
      isLabelHidden
      type="search"
      autoComplete="off"
      placeholder="Guard, location, client, #number"
      value={typed}
      onChange={({ target }) => setTyped(target.value)}
    />
  );
}
