"use strict";
for (const figure of document.querySelectorAll(".chart")) {
  const data = JSON.parse(figure.querySelector("script").textContent);
  const readout = figure.querySelector(".readout");
  const said = figure.querySelector(".sr");
  let at = -1;

  const number = v => v === null ? "–" : String(Number(v.toPrecision(4))).replace("-", "−");
  const shown = () => [...figure.querySelectorAll("[data-frame]")].find(part => part.offsetParent !== null);

  const hide = () => {
    at = -1;
    readout.hidden = true;
    for (const line of figure.querySelectorAll(".crosshair")) line.remove();
  };

  const show = index => {
    const part = shown();
    if (!part || data.x.length === 0) return;
    at = Math.max(0, Math.min(data.x.length - 1, index));
    const [left, top, width, height, low, high] = part.dataset.frame.split(" ").map(Number);
    const svg = part.querySelector("svg");
    const x = left + width * (data.x[at] - low) / (high - low);
    let line = svg.querySelector(".crosshair");
    if (!line) {
      line = document.createElementNS("http://www.w3.org/2000/svg", "line");
      line.setAttribute("class", "crosshair");
      svg.append(line);
    }
    for (const [name, value] of [["x1", x], ["x2", x], ["y1", top], ["y2", top + height]]) line.setAttribute(name, value);
    const rows = data.series.map(s => [s.name, s.y[at]]).filter(row => row[1] !== null);
    readout.replaceChildren(...[[data.name, number(data.x[at])], ...rows.map(row => [row[0], number(row[1]) + data.unit])].flatMap(row =>
      row.map(text => {
        const cell = document.createElement("span");
        cell.textContent = text;
        return cell;
      })));
    readout.hidden = false;
    const scale = svg.getBoundingClientRect().width / svg.viewBox.baseVal.width;
    const outer = figure.getBoundingClientRect();
    const offset = svg.getBoundingClientRect().left - outer.left;
    const place = offset + x * scale + 12;
    const room = outer.width - readout.offsetWidth - 6;
    readout.style.left = `${place <= room ? place : Math.max(6, offset + x * scale - readout.offsetWidth - 12)}px`;
    readout.style.top = `${top * scale + 8}px`;
  };

  const nearest = event => {
    const part = shown();
    const svg = part.querySelector("svg");
    const box = svg.getBoundingClientRect();
    const [left, , width, , low, high] = part.dataset.frame.split(" ").map(Number);
    const value = low + (high - low) * ((event.clientX - box.left) * svg.viewBox.baseVal.width / box.width - left) / width;
    let best = 0;
    for (let i = 1; i < data.x.length; i++)
      if (Math.abs(data.x[i] - value) < Math.abs(data.x[best] - value)) best = i;
    return best;
  };

  figure.addEventListener("pointermove", event => show(nearest(event)));
  figure.addEventListener("pointerdown", event => show(nearest(event)));
  figure.addEventListener("pointerleave", hide);
  figure.addEventListener("blur", hide);
  figure.addEventListener("keydown", event => {
    const last = data.x.length - 1;
    const step = event.shiftKey ? Math.ceil(last / 20) : 1;
    const to = { ArrowRight: at + step, ArrowLeft: at < 0 ? last : at - step, Home: 0, End: last }[event.key];
    if (event.key === "Escape") hide();
    if (to === undefined) return;
    event.preventDefault();
    show(to);
    said.textContent = [...readout.children].map(cell => cell.textContent).join(" ");
  });
}
for (const button of document.querySelectorAll("[data-copy]"))
  button.addEventListener("click", async () => {
    const source = document.getElementById(button.dataset.copy);
    try {
      await navigator.clipboard.writeText(source.textContent);
    } catch {
      getSelection().selectAllChildren(source);
      document.execCommand("copy");
    }
    button.textContent = "Copied";
    setTimeout(() => button.textContent = "Copy", 2000);
  });
