// A component of Dash in one element: markup of our own templates. Python's half names its properties.
"use strict";
{
  /**
   * @param {{id?: string, className?: string, markup?: string, tag?: string, attributes?: Record<string, unknown>}} props
   */
  const RawHtml = ({ id, className, markup, tag, attributes }) =>
    React.createElement(tag || "div", {
      id,
      className,
      ...attributes,
      dangerouslySetInnerHTML: { __html: markup ?? "" },
    });
  window.ipi_components = { ...window.ipi_components, RawHtml };
}
