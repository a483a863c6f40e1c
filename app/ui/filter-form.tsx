import { Form, useLocation, useSubmit } from "@remix-run/react";
import { type FocusEvent, type FormEvent, Fragment, type ReactNode, type RefObject, useRef } from "react";

import { Button, ButtonLink } from "./button";
import { useBeforePaint } from "./use-before-paint";

/**
 * Fields that filter the page through its URL. A choice acts at once, a text on Enter, both by the button without
 * script. `clearTo` is the page without any filter; null where none is set. The fields begin anew with each search; the
 * one with the focus keeps it, and what was typed since it was asked.
 */
export function FilterForm({ clearTo, children }: { clearTo: string | null; children: ReactNode }) {
  const { pathname, search } = useLocation();
  const submit = useSubmit();
  const form = useRef<HTMLFormElement>(null);
  const keepFocus = useKeptFocus(form, search);
  return (
    <Form
      ref={form}
      method="get"
      action={pathname}
      role="search"
      className="flex flex-wrap items-end gap-3"
      {...keepFocus}
      onChange={(event) => {
        if (!(event.target instanceof HTMLSelectElement)) return;
        keepFocus.onSubmit();
        submit(event.currentTarget, { preventScrollReset: true });
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

/** Where the focus left with its field, it goes to the field of the same name, or else to the button. */
function useKeptFocus(form: RefObject<HTMLFormElement>, search: string) {
  /** Null while the focus is elsewhere. */
  const held = useRef<{ name: string; typed: string | null } | null>(null);
  useBeforePaint(() => {
    if (!held.current || document.activeElement !== document.body) return;
    const { name, typed } = held.current;
    const field = name ? form.current?.elements.namedItem(name) : null;
    if (!(field instanceof HTMLElement)) {
      form.current?.querySelector("button")?.focus({ preventScroll: true });
      return;
    }
    field.focus({ preventScroll: true });
    if (!(field instanceof HTMLInputElement)) return;
    if (typed !== null) field.value = typed;
    if (field.selectionStart !== null) field.setSelectionRange(field.value.length, field.value.length);
  }, [search]);
  return {
    onFocus: ({ target }: FocusEvent<HTMLElement>) => {
      held.current = { name: target.getAttribute("name") ?? "", typed: null };
    },
    onBlur: () => {
      held.current = null;
    },
    onInput: ({ target }: FormEvent<HTMLElement>) => {
      if (held.current && target instanceof HTMLInputElement) held.current.typed = target.value;
    },
    onSubmit: () => {
      if (held.current) held.current.typed = null;
    },
  };
}
