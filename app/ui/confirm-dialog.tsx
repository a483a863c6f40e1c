import { lazy, type ReactNode, Suspense, useState } from "react";

import { Button, type ButtonLook } from "./button";

const Dialog = lazy(async () => ({ default: (await import("./dialog")).Dialog }));

/**
 * A button that asks before it sends the form whose id is `form`. Without script it sends the form at once; the
 * server's own refusals stand in both cases.
 */
export function ConfirmDialog({
  label,
  look,
  form,
  title,
  description,
  confirm,
  tone = "danger",
  children,
}: {
  label: ReactNode;
  /** Of the button that asks. */
  look?: ButtonLook & { "aria-label"?: string };
  form: string;
  title: string;
  /** What will happen and whether it can be undone. */
  description: ReactNode;
  /** The words on the button: the verb of what happens. */
  confirm: string;
  tone?: "danger" | "primary";
  children?: ReactNode;
}) {
  const [isOpen, setIsOpen] = useState(false);
  const send = () => {
    const target = document.getElementById(form);
    if (target instanceof HTMLFormElement) target.requestSubmit();
    setIsOpen(false);
  };
  return (
    <>
      <Button
        type="submit"
        form={form}
        {...look}
        onClick={(event) => {
          event.preventDefault();
          setIsOpen(true);
        }}
      >
        {label}
      </Button>
      {isOpen && (
        <Suspense fallback={null}>
          <Dialog
            isOpen={isOpen}
            onOpenChange={setIsOpen}
            title={title}
            description={description}
            footer={
              <>
                <Button onClick={() => setIsOpen(false)}>Cancel</Button>
                <Button tone={tone} onClick={send}>
                  {confirm}
                </Button>
              </>
            }
          >
            {children}
          </Dialog>
        </Suspense>
      )}
    </>
  );
}
