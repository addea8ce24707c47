// What a person would notice of a screen that stands: something runs out of the page, words are cut or lie on each other, a button is
// too small or covered, a key leads nowhere. Each function runs in the page, and so brings all it needs.

interface Rules {
  /** Buttons are at least so many pixels wide and high. */
  target: number;
  /** Where colours are the system's, only a border or an underline shows that something is a button. */
  borders: boolean;
  /** Nothing moves. */
  still: boolean;
}

export function examine({ target, borders, still }: Rules): string[] {
  const found: string[] = [];
  const open = [...document.querySelectorAll<HTMLElement>("dialog[open]")].at(-1);
  // A menu lies over the rest until it is closed.
  const menu = document.querySelector<HTMLElement>("[role=menu]");
  const root: HTMLElement = menu ?? open ?? document.body;
  const named = (element: Element) => `${element.tagName.toLowerCase()}.${element.getAttribute("class") ?? ""} "${(element.textContent ?? "").trim().slice(0, 40)}"`;
  const style = (element: Element) => getComputedStyle(element);
  const above = (element: Element) => {
    const chain: Element[] = [];
    for (let next: Element | null = element; next && next !== document.documentElement; next = next.parentElement) chain.push(next);
    return chain;
  };
  const isSeen = (element: Element) => element.checkVisibility({ visibilityProperty: true, opacityProperty: true }) && !above(element).some((one) => style(one).clipPath === "inset(50%)") && !element.closest(".skip:not(:focus)");
  const scrolls = (overflow: string) => overflow === "auto" || overflow === "scroll";
  const cuts = (overflow: string) => overflow === "hidden" || overflow === "clip";

  const wide = document.documentElement.scrollWidth - document.documentElement.clientWidth;
  if (wide > 0) found.push(`the page scrolls sideways by ${wide} px`);

  interface Words {
    element: Element;
    box: DOMRect;
    isPinned: boolean;
  }
  const words: Words[] = [];
  const walk = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  for (let node = walk.nextNode(); node; node = walk.nextNode()) {
    const element = node.parentElement;
    if (!element || !node.textContent?.trim() || !isSeen(element) || element.closest("svg, option, textarea")) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    const box = range.getBoundingClientRect();
    if (box.width === 0) continue;
    let [left, right, top, bottom] = [box.left, box.right, box.top, box.bottom];
    let mayScroll = false;
    for (const one of above(element)) {
      const { overflowX, overflowY } = style(one);
      const edge = one.getBoundingClientRect();
      if (scrolls(overflowX) || scrolls(overflowY)) {
        mayScroll = true;
        [left, right, top, bottom] = [Math.max(left, edge.left), Math.min(right, edge.right), Math.max(top, edge.top), Math.min(bottom, edge.bottom)];
      } else if (!mayScroll && ((cuts(overflowX) && (box.left < edge.left - 2 || box.right > edge.right + 2)) || (cuts(overflowY) && (box.top < edge.top - 2 || box.bottom > edge.bottom + 2)))) {
        found.push(`cut: ${named(element)} by ${one.className}`);
        break;
      }
    }
    if (!mayScroll && (box.left < -1 || box.right > innerWidth + 1)) found.push(`beside the page: ${named(element)}`);
    const isPinned = above(element).some((one) => ["sticky", "fixed"].includes(style(one).position));
    // Line by line: the rest of a line that is broken off may hold other words.
    for (const line of range.getClientRects()) {
      const width = Math.min(right, line.right) - Math.max(left, line.left);
      const height = Math.min(bottom, line.bottom) - Math.max(top, line.top);
      if (width > 1 && height > 1) words.push({ element, box: new DOMRect(Math.max(left, line.left), Math.max(top, line.top), width, height), isPinned });
    }
  }

  words.forEach((one, index) => {
    for (const other of words.slice(index + 1)) {
      if (one.isPinned !== other.isPinned || one.element.contains(other.element) || other.element.contains(one.element)) continue;
      const across = Math.min(one.box.right, other.box.right) - Math.max(one.box.left, other.box.left);
      const down = Math.min(one.box.bottom, other.box.bottom) - Math.max(one.box.top, other.box.top);
      // Lines of one paragraph touch; letters on letters go deeper.
      if (across > 3 && down > 6) found.push(`${named(one.element)} lies on ${named(other.element)}`);
    }
  });

  /** What lies over its middle wherever the page is scrolled to; the control itself where it cannot be brought onto the screen. */
  const coverOf = (control: Element, area: Element): Element | undefined => {
    let cover: Element | undefined;
    for (const block of ["center", "end", "start"] as const) {
      control.scrollIntoView({ block, inline: "nearest", behavior: "instant" });
      const box = control.getBoundingClientRect();
      const there = document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2);
      if (there && (control.contains(there) || there.contains(control) || area.contains(there))) return undefined;
      cover ??= there ?? control;
    }
    return cover;
  };

  const controls = [...root.querySelectorAll<HTMLElement>("button, a[href], input:not([type=hidden]), select, textarea, summary, [role=button], [role=menuitem]")].filter(isSeen);
  for (const control of controls) {
    const { display, borderTopStyle, borderTopWidth, textDecorationLine, outlineStyle } = style(control);
    const isDrawnBySystem = control instanceof HTMLInputElement;
    if (borders && !isDrawnBySystem && display !== "inline" && (borderTopStyle === "none" || borderTopWidth === "0px") && textDecorationLine === "none" && outlineStyle === "none" && !control.querySelector("*"))
      found.push(`nothing shows that it is a button: ${named(control)}`);
    if (display === "inline") continue;
    const area = (control as HTMLInputElement).labels?.[0]?.contains(control) ? control.closest("label")! : control;
    const { width, height } = area.getBoundingClientRect();
    if (width < target - 0.5 || height < target - 0.5) found.push(`${Math.round(width)} × ${Math.round(height)} is too small: ${named(control)}`);
    if ((control as HTMLButtonElement).disabled) continue;
    const covers = coverOf(control, area);
    if (covers) found.push(`covered by ${covers === control ? "the edge" : named(covers)}: ${named(control)}`);
  }
  window.scrollTo(0, 0);
  for (const element of root.querySelectorAll("*")) if (element.scrollTop > 0) element.scrollTop = 0;

  if (still) for (const animation of document.getAnimations()) if (animation.playState === "running") found.push(`moves: ${named((animation.effect as KeyframeEffect).target as Element)}`);
  return [...new Set(found)];
}

interface Watching {
  storyFocus: Map<Element, boolean>;
}

/** Runs in the page before its scripts: notes what had the focus, and whether one saw it. */
export function watchFocus(): void {
  const focus = new Map<Element, boolean>();
  Object.assign(window, { storyFocus: focus });
  window.addEventListener("focusin", ({ target }) => {
    const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(target as Element);
    focus.set(target as Element, (outlineStyle !== "none" && outlineWidth !== "0px") || boxShadow !== "none");
  }, true);
}

/** Begins anew; how often the Tab key has to be pressed at most. */
export function forgetFocus(): number {
  (window as unknown as Watching).storyFocus.clear();
  if (!document.querySelector("dialog[open]")) (document.activeElement as HTMLElement | null)?.blur();
  // A date has its day, month and year.
  const steps = document.querySelectorAll("button, a[href], input, select, textarea, [tabindex='0']").length;
  return steps + 6 * document.querySelectorAll("input[type=date], input[type=time], input[type=datetime-local]").length + 2;
}

export function unreached(): string[] {
  const { storyFocus } = window as unknown as Watching;
  const open = [...document.querySelectorAll<HTMLElement>("dialog[open]")].at(-1);
  const named = (element: Element) => `${element.tagName.toLowerCase()}.${element.getAttribute("class") ?? ""} "${(element.textContent ?? "").trim().slice(0, 40)}"`;
  const controls = (open ?? document).querySelectorAll<HTMLElement>("button:not(:disabled), a[href], input:not(:disabled), select, textarea");
  const wanted = [...controls].filter((control) => control.checkVisibility({ visibilityProperty: true }) && control.tabIndex >= 0 && (control as HTMLInputElement).type !== "radio");
  return wanted.flatMap((control) => {
    const wasSeen = storyFocus.get(control);
    if (wasSeen === undefined) return [`the Tab key does not reach ${named(control)}`];
    return wasSeen ? [] : [`one does not see the focus on ${named(control)}`];
  });
}
