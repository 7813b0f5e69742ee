/** Hands the browser a file. */
export function download(content: string, name: string): void {
  const address = URL.createObjectURL(new Blob([content], { type: "text/plain;charset=utf-8" }));
  Object.assign(document.createElement("a"), { href: address, download: name }).click();
  URL.revokeObjectURL(address);
}

/** Puts a text on the clipboard; also where the page is not served from this machine, and the browser has no clipboard for it. */
export async function copy(content: string): Promise<void> {
  if (navigator.clipboard !== undefined) return navigator.clipboard.writeText(content);
  const field = Object.assign(document.createElement("textarea"), { value: content });
  document.body.append(field);
  field.select();
  document.execCommand("copy");
  field.remove();
}
