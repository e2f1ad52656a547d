// A component of Dash in one element: markup of our own templates. Python's half names its properties. Where markup
// comes anew, the keyboard stays on the element with the same `data-focus`, or id.
"use strict";
{
  /** @param {Element | null} node @returns {string | null} a selector of what has the keyboard inside */
  function findFocus(node) {
    const focused = node?.contains(document.activeElement) ? document.activeElement : null;
    if (!(focused instanceof HTMLElement)) return null;
    if (focused.dataset.focus) return `[data-focus="${CSS.escape(focused.dataset.focus)}"]`;
    return focused.id && focused !== node ? `#${CSS.escape(focused.id)}` : null;
  }

  /**
   * @param {{id?: string, className?: string, markup?: string, tag?: string, attributes?: Record<string, unknown>}}
   * props
   */
  const RawHtml = ({ id, className, markup, tag, attributes }) => {
    /** @type {{current: Element | null}} */
    const node = React.useRef(null);
    const focus = findFocus(node.current);
    React.useLayoutEffect(() => {
      const kept = focus && !node.current?.contains(document.activeElement) ? focus : null;
      const again = kept && node.current?.querySelector(kept);
      if (again instanceof HTMLElement) again.focus({ preventScroll: true });
    });
    // links in it take the choice along, as those that were there before
    React.useLayoutEffect(() => {
      if (node.current) window.dash_clientside.address?.carry(node.current);
    }, [markup]);
    return React.createElement(tag || "div", {
      ref: node,
      id,
      className,
      ...attributes,
      dangerouslySetInnerHTML: { __html: markup ?? "" },
    });
  };
  window.ipi_components = { ...window.ipi_components, RawHtml };
}
