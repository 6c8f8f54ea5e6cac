// Reads exported drawings with the programs that they are for, in a real browser without a network, and prints what each
// sees in them as one line of JSON a file.
//
// node read.mjs BROWSER DRAWIO FILE...
//
// A .mmd file is read and drawn by Mermaid, read alone after `parse:`; a .drawio file is read and laid out by the code of
// draw.io's editor.
import { createServer } from "node:http";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { extname, join, normalize } from "node:path";
import { pathToFileURL } from "node:url";

const [browser, drawio, ...files] = process.argv.slice(2);
const peers = createRequire(pathToFileURL(join(process.cwd(), "package.json")));
const { default: puppeteer } = await import(pathToFileURL(peers.resolve("puppeteer-core")));

const kinds = { ".html": "text/html", ".js": "text/javascript", ".css": "text/css", ".xml": "text/xml" };
const server = createServer(async (request, answer) => {
  const path = normalize(decodeURIComponent(new URL(request.url, "http://localhost").pathname));
  try {
    const bytes = await readFile(join(drawio, path));
    answer.writeHead(200, { "content-type": kinds[extname(path)] ?? "application/octet-stream" }).end(bytes);
  } catch {
    answer.writeHead(404).end();
  }
});
await new Promise((ready) => server.listen(0, "127.0.0.1", ready));
const home = `http://127.0.0.1:${server.address().port}`;

const chromium = await puppeteer.launch({ executablePath: browser, args: ["--no-sandbox"] });

// A page that can reach nothing but the server above, and that tells of every dialog.
async function page() {
  const page = await chromium.newPage();
  await page.setRequestInterception(true);
  page.on("request", (request) =>
    /^(data|blob|about):/.test(request.url()) || request.url().startsWith(home) ? request.continue() : request.abort(),
  );
  page.on("dialog", async (dialog) => {
    console.error(`a dialog opened: ${dialog.message()}`);
    process.exitCode = 1;
    await dialog.dismiss();
  });
  return page;
}

const mermaid = await page();
await mermaid.setContent("<!doctype html><body></body>");
await mermaid.addScriptTag({ path: join(process.cwd(), "node_modules/mermaid/dist/mermaid.min.js") });

async function readMermaid(text, isDrawn) {
  return mermaid.evaluate(async (text, isDrawn) => {
    const mermaid = globalThis.mermaid;
    mermaid.initialize({ startOnLoad: false });
    await mermaid.parse(text);
    const diagram = await mermaid.mermaidAPI.getDiagramFromText(text);
    const { db } = diagram;
    const vertices = [...db.getVertices().values()];
    const seen = {
      boxes: vertices.length,
      flows: db.getEdges().length,
      lanes: db.getSubGraphs().length,
      title: db.getDiagramTitle(),
      links: vertices.filter((vertex) => vertex.link).map((vertex) => vertex.link),
    };
    if (!isDrawn) return seen;
    globalThis.drawn = (globalThis.drawn ?? 0) + 1;
    const { svg } = await mermaid.render(`drawn${globalThis.drawn}`, text);
    const place = document.body.appendChild(document.createElement("div"));
    place.innerHTML = svg;
    if (place.querySelector("script, img")) throw new Error("markup of a label is in the picture");
    // A line break is a node of its own and no text.
    const words = (one) => {
      one.querySelectorAll("br").forEach((end) => end.replaceWith("\n"));
      return one.textContent;
    };
    const labels = (selector) => [...place.querySelectorAll(selector)].map(words).filter((label) => label !== "");
    seen.labels = labels("g.node .nodeLabel");
    seen.artifacts = labels("g.edgeLabel .edgeLabel, g.edgeLabel .nodeLabel");
    place.remove();
    return seen;
  }, text, isDrawn);
}

const editor = await page();
await editor.goto(`${home}/export3.html`, { waitUntil: "load" });

async function readDrawio(text) {
  return editor.evaluate((text) => {
    const { mxUtils, mxCodec, mxGraphModel, mxGeometry, Graph } = globalThis;
    const file = mxUtils.parseXml(text);
    const wrong = file.getElementsByTagName("parsererror");
    if (wrong.length) throw new Error(wrong[0].textContent);
    const root = file.getElementsByTagName("mxGraphModel")[0];
    const graph = new Graph(document.createElement("div"));
    new mxCodec(root.ownerDocument).decode(root, graph.getModel());
    const model = graph.getModel();
    const cells = Object.values(model.cells);
    const inside = (cell) => model.getParent(cell) && !cell.edge && model.isVertex(model.getParent(cell));
    const boxes = cells.filter(inside);
    const lanes = cells.filter((cell) => cell.vertex && !inside(cell));
    const flows = cells.filter((cell) => cell.edge);
    const words = (cell) => {
      const place = document.createElement("div");
      place.innerHTML = graph.getLabel(cell);
      if (place.querySelector("script, img, a")) throw new Error(`markup in ${cell.id}`);
      place.querySelectorAll("br").forEach((end) => end.replaceWith("\n"));
      return place.textContent;
    };
    graph.view.validate();
    const place = (cell) => {
      const { x, y, width, height } = graph.view.getState(cell);
      return [x, y, width, height];
    };
    const line = (cell) => graph.view.getState(cell).absolutePoints.map(({ x, y }) => [x, y]);
    return {
      boxes: boxes.length,
      flows: flows.length,
      lanes: lanes.length,
      open: flows.filter((flow) => !flow.source || !flow.target).length,
      labels: boxes.map(words),
      artifacts: flows.map(words).filter((label) => label !== ""),
      kinds: boxes.map((box) => graph.getAttributeForCell(box, "kind", "")),
      links: [...boxes, ...flows].map((cell) => graph.getLinkForCell(cell)).filter(Boolean),
      places: Object.fromEntries(boxes.map((box) => [box.id, place(box)])),
      lines: Object.fromEntries(flows.map((flow) => [flow.id, line(flow)])),
    };
  }, text);
}

let failed = false;
for (const file of files) {
  try {
    const isDrawn = !file.startsWith("parse:");
    const text = await readFile(file.replace(/^parse:/, ""), "utf8");
    const seen = await (extname(file) === ".drawio" ? readDrawio : readMermaid)(text, isDrawn);
    console.log(JSON.stringify(seen));
  } catch (error) {
    failed = true;
    console.error(`${file}: ${error.message}`);
  }
}
await chromium.close();
server.close();
if (failed) process.exitCode = 1;
