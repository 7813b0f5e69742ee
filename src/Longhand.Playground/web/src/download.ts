/** Hands a file to the person in front of the page. */
export function download(name: string, content: Blob): void {
  const address = URL.createObjectURL(content);
  Object.assign(document.createElement("a"), { href: address, download: name }).click();
  // A browser may still be reading it when the click is over.
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}
