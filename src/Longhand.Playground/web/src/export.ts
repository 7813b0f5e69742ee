/**
 * Any piece of the page as a picture. What stands in it is drawn again as SVG, place by place: drawings with their styles written out,
 * canvases as images, texts, and the grounds and frames of what is around them. The result needs no style sheet and no font file, and what
 * only serves to change something (buttons without a picture, fields, whatever has data-unpictured) is left out.
 */
const styled = [
  "fill", "fill-opacity", "stroke", "stroke-width", "stroke-dasharray", "stroke-opacity", "stroke-linecap", "stroke-linejoin", "opacity",
  "font-family", "font-size", "font-style", "font-weight", "text-anchor", "dominant-baseline", "paint-order", "visibility",
];

const escaped = (text: string): string => text.replace(/[&<>"]/g, (c) => `&#${c.charCodeAt(0)};`);
const rounded = (value: number): string => `${Math.round(value * 100) / 100}`;
const isClear = (color: string): boolean => color === "transparent" || /^rgba\(.*, 0\)$/.test(color);

/** Children of an SVG with the styles that sheets have given them. */
function inlined(source: Element): Element {
  const copy = source.cloneNode(true) as Element;
  const from = [source, ...source.querySelectorAll("*")];
  const to = [copy, ...copy.querySelectorAll("*")];
  const gone: Element[] = [];
  from.forEach((element, i) => {
    const style = getComputedStyle(element);
    const target = to[i]!;
    if (style.display === "none" || element.closest(".touch") !== null) gone.push(target);
    for (const name of styled) {
      const value = style.getPropertyValue(name);
      if (value !== "") target.setAttribute(name, value);
    }
    for (const name of ["class", "style", "tabindex", "role"]) target.removeAttribute(name);
  });
  for (const element of gone) element.remove();
  return copy;
}

function box(style: CSSStyleDeclaration, x: number, y: number, width: number, height: number): string {
  const radius = Math.min(parseFloat(style.borderTopLeftRadius) || 0, width / 2, height / 2);
  const place = `x="${rounded(x)}" y="${rounded(y)}" width="${rounded(width)}" height="${rounded(height)}" rx="${rounded(radius)}"`;
  const ground = isClear(style.backgroundColor) ? "" : `<rect ${place} fill="${style.backgroundColor}"/>`;
  // The frames of this page are shadows without blur, or borders all around.
  const shadow = /^(rgba?\([^)]*\)) 0px 0px 0px ([\d.]+)px$/.exec(style.boxShadow);
  const border = parseFloat(style.borderTopWidth) > 0 && parseFloat(style.borderLeftWidth) > 0 && style.borderTopStyle !== "none" ? style : null;
  const frame =
    shadow !== null ? `<rect ${place} fill="none" stroke="${shadow[1]}" stroke-width="${2 * Number(shadow[2])}"/>`
    : border !== null && !isClear(border.borderTopColor) ? `<rect ${place} fill="none" stroke="${border.borderTopColor}" stroke-width="${border.borderTopWidth}"/>`
    : "";
  return frame + ground;
}

function line(text: string, at: DOMRect, style: CSSStyleDeclaration, left: number, top: number): string {
  const font = `font-family="${escaped(style.fontFamily)}" font-size="${style.fontSize}" font-style="${style.fontStyle}" font-weight="${style.fontWeight}"`;
  // Wherever the picture is shown with another font, the text keeps its width.
  return (
    `<text x="${rounded(at.left - left)}" y="${rounded(at.top - top + at.height / 2)}" dominant-baseline="central" textLength="${rounded(at.width)}" ` +
    `lengthAdjust="spacingAndGlyphs" fill="${style.color}" ${font}>${escaped(text)}</text>`
  );
}

/** The words of a text node, line by line as they are broken. */
function lines(node: Text, left: number, top: number): string {
  const range = document.createRange();
  const style = getComputedStyle(node.parentElement!);
  let drawn = "";
  for (const word of node.data.matchAll(/\S+/g)) {
    range.setStart(node, word.index);
    range.setEnd(node, word.index + word[0].length);
    const at = range.getBoundingClientRect();
    if (at.width > 0) drawn += line(word[0], at, style, left, top);
  }
  return drawn;
}

/** The piece of the page as an SVG file of its own. */
export function toSvg(root: HTMLElement, title: string): string {
  const outer = root.getBoundingClientRect();
  const [left, top] = [outer.left, outer.top];
  const parts: string[] = [];
  const visit = (node: Node): void => {
    if (node instanceof Text) {
      parts.push(lines(node, left, top));
      return;
    }
    if (!(node instanceof Element)) return;
    const style = getComputedStyle(node);
    const at = node.getBoundingClientRect();
    if (style.display === "none" || style.visibility === "hidden" || node.closest("[data-unpictured], .unseen") !== null) return;
    // What is a single point wide is meant for screen readers.
    if (style.clipPath !== "none" && at.width <= 1) return;
    const place = `x="${rounded(at.left - left)}" y="${rounded(at.top - top)}" width="${rounded(at.width)}" height="${rounded(at.height)}"`;
    if (node instanceof SVGSVGElement) {
      const copy = inlined(node);
      const inside = new XMLSerializer().serializeToString(copy).replace(/^<svg[^>]*>|<\/svg>$/g, "");
      const view = node.getAttribute("viewBox");
      parts.push(`<svg ${place} overflow="visible"${view === null ? "" : ` viewBox="${view}"`}>${inside}</svg>`);
    } else if (node instanceof HTMLCanvasElement) {
      // Small pictures of few pixels are to be as sharp as they are on the page.
      parts.push(`<image ${place} preserveAspectRatio="none" href="${node.toDataURL()}"/>`);
    } else if (node instanceof HTMLSelectElement) {
      const shown = node.selectedOptions[0]?.textContent ?? "";
      parts.push(line(shown, new DOMRect(at.left + 8, at.top, Math.max(1, Math.min(at.width - 16, shown.length * parseFloat(style.fontSize) * 0.52)), at.height), style, left, top));
    } else if (node instanceof HTMLInputElement || (node instanceof HTMLButtonElement && node.querySelector("canvas, svg") === null)) {
      return;
    } else {
      if (node !== root) parts.push(box(style, at.left - left, at.top - top, at.width, at.height));
      for (const child of node.childNodes) visit(child);
    }
  };
  visit(root);
  const ground = getComputedStyle(document.body).backgroundColor;
  const [width, height] = [rounded(Math.max(outer.width, root.scrollWidth)), rounded(outer.height)];
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}"><title>${escaped(title)}</title>` +
    `<rect width="100%" height="100%" fill="${ground}"/>${parts.join("")}</svg>`
  );
}

/** An SVG file as a PNG file with twice as many pixels as it has units. */
export async function toPng(svg: string, scale = 2): Promise<Blob> {
  const address = URL.createObjectURL(new Blob([svg], { type: "image/svg+xml" }));
  try {
    const image = new Image();
    image.src = address;
    await image.decode();
    const canvas = document.createElement("canvas");
    canvas.width = image.width * scale;
    canvas.height = image.height * scale;
    const pen = canvas.getContext("2d")!;
    pen.scale(scale, scale);
    pen.drawImage(image, 0, 0);
    return await new Promise<Blob>((resolve, reject) => canvas.toBlob((blob) => (blob === null ? reject(new Error()) : resolve(blob)), "image/png"));
  } finally {
    URL.revokeObjectURL(address);
  }
}
