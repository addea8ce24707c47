// A question that comes up over whatever is on: the focus stays inside it, and goes back where it was.
import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';

interface DialogProps {
  title: string;
  children?: ComponentChildren;
  actions: ComponentChildren;
  /** Over the call, which is always dark. */
  dark?: boolean;
  /** Absent where the question has to be answered. */
  onClose?(): void;
}

export function Dialog({ title, children, actions, dark, onClose }: DialogProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const element = dialog.current;
    element?.showModal();
    return () => element?.close();
  }, []);
  return (
    <dialog
      ref={dialog}
      class={`dialog ${dark ? 'always-dark' : ''}`}
      aria-label={title}
      onCancel={(event) => {
        event.preventDefault();
        onClose?.();
      }}
    >
      <h2>{title}</h2>
      {children}
      <div class="actions">{actions}</div>
    </dialog>
  );
}
