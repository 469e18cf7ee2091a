import type { Child } from './element';

/** A piece of the page that is drawn again only when what it shows has changed. */
export interface Part<Model> {
  element: HTMLElement;
  update(model: Model): void;
}

/**
 * Makes a part of an element: `draw` gives its children for a model, nothing to hide it. Unchanged models are not drawn
 * again, so that selections, focus and screen readers are left in peace; focus and scrolling inside a redrawn part stay in place.
 */
export function createPart<Model>(
  element: HTMLElement,
  draw: (model: Model) => Child[],
): Part<Model> {
  let last: string | undefined = '';
  return {
    element,
    update(model) {
      const now = JSON.stringify(model) as string | undefined;
      if (now === last) return;
      last = now;
      const scrolls = scrollersOf(element).map(
        (frame) => [frame.scrollLeft, frame.scrollTop] as const,
      );
      const focused = controls(element).findIndex((control) => control === document.activeElement);
      const children = draw(model).filter((child) => child !== undefined && child !== false);
      element.replaceChildren(...children);
      element.hidden = children.length === 0;
      scrollersOf(element).forEach((frame, index) => frame.scrollTo(...(scrolls[index] ?? [0, 0])));
      if (focused < 0) return;
      const after = controls(element);
      (after[focused] ?? after[0])?.focus();
    },
  };
}

function controls(element: HTMLElement): HTMLElement[] {
  return [...element.querySelectorAll<HTMLElement>('button, select, input')];
}

function scrollersOf(element: HTMLElement): HTMLElement[] {
  return [...element.querySelectorAll<HTMLElement>('.scroller')];
}
