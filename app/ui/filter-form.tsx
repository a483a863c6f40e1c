import { Form, useLocation, useSubmit } from "@remix-run/react";
import { Fragment, type ReactNode, useRef } from "react";

import { Button, ButtonLink } from "./button";
import { useKeptFocus } from "./use-kept-focus";

/**
 * Fields that filter the page through its URL. A choice acts at once, a text on Enter, both by the button without
 * script. `clearTo` is the page without any filter; null where none is set. The fields begin anew with each search; the
 * one with the focus keeps it, and what was typed since it was asked. Escape leaves it.
 */
export function FilterForm({ clearTo, children }: { clearTo: string | null; children: ReactNode }) {
  const { pathname, search } = useLocation();
  const submit = useSubmit();
  const form = useRef<HTMLFormElement>(null);
  const keptFocus = useKeptFocus(form, search);
  return (
    <Form
      ref={form}
      method="get"
      action={pathname}
      role="search"
      className="flex flex-wrap items-end gap-3"
      {...keptFocus}
      onChange={(event) => {
        if (!(event.target instanceof HTMLSelectElement)) return;
        keptFocus.onSubmit();
        submit(event.currentTarget, { preventScrollReset: true });
      }}
      onKeyDown={(event) => {
        if (event.key !== "Escape" || !(event.target instanceof HTMLElement)) return;
        event.preventDefault(); // the browser empties a search field
        event.target.blur();
      }}
    >
      <Fragment key={search}>{children}</Fragment>
      <Button type="submit">Filter</Button>
      {clearTo && (
        <ButtonLink tone="quiet" to={clearTo}>
          Clear
        </ButtonLink>
      )}
    </Form>
  );
}
