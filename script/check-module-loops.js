// The modules of a crate stand on one another in one direction. Fails if top modules of a
// crate (`src/*.rs`, `src/*/`) ask each other, straight or around, outside of tests.
//   node script/check-module-loops.js
const { readFileSync, readdirSync } = require("node:fs");
const { join, relative, sep } = require("node:path");

const ROOT = join(__dirname, "..");
const CRATES = ["app", "app/model", "app/messages", "end2end/mock-entra", "server", "server/domain", "server/oidc", "server/saml", "server/store"];
/** Files that stand above or outside of all modules. */
const NO_MODULES = ["lib", "main", "tests"];

/** The Rust files in a folder, at any depth. */
function rustFiles(folder) {
  return readdirSync(folder, { recursive: true }).filter((path) => path.endsWith(".rs")).map((path) => join(folder, path));
}

/** The end of the item that begins here: its `;`, or the brace that closes it. */
function itemEnd(source, start) {
  let depth = 0;
  for (let at = start; at < source.length; at += 1) {
    if (source[at] === ";" && depth === 0) return at + 1;
    if (source[at] === "{") depth += 1;
    if (source[at] === "}" && --depth === 0) return at + 1;
  }
  return source.length;
}

/** A source without comments and without what is compiled for tests alone. Where `super` is the crate, it is called so. */
function shippedSource(file, isTop) {
  let source = readFileSync(file, "utf8").replace(/\/\/[^\n]*/g, "");
  for (let at = source.indexOf("#[cfg(test)]"); at >= 0; at = source.indexOf("#[cfg(test)]")) {
    source = source.slice(0, at) + source.slice(itemEnd(source, at));
  }
  return isTop ? source.replace(/\bsuper::(?!super)/g, "crate::") : source;
}

/** The parts of `a, b::{c, d}`, split at commas that are in no braces. */
function parts(list) {
  const found = [""];
  let depth = 0;
  for (const char of list) {
    if (char === "{") depth += 1;
    if (char === "}") depth -= 1;
    if (char === "," && depth === 0) found.push("");
    else found[found.length - 1] += char;
  }
  return found.map((part) => part.trim()).filter((part) => part !== "");
}

/** The first names after `crate::` in a source. */
function askedNames(source) {
  const names = [];
  for (const { index } of source.matchAll(/\bcrate::\{/g)) {
    const open = index + "crate::".length;
    names.push(...parts(source.slice(open + 1, itemEnd(source, open) - 1)).map((part) => part.match(/^\w+/)?.[0]));
  }
  for (const [, name] of source.matchAll(/\bcrate::(\w+)/g)) names.push(name);
  return names;
}

/** The names that `lib.rs` hands on from its modules, and from which. */
function handedOn(library) {
  const names = new Map();
  for (const [, module, rest] of library.matchAll(/\bpub(?:\([^)]*\))? use (\w+)::([^;]+);/g)) {
    for (const [name] of rest.matchAll(/\w+/g)) names.set(name, module);
  }
  return names;
}

/** Which top modules each top module asks, and an example of each. */
function moduleGraph(folder) {
  const isTop = (file) => relative(folder, file).replace(/\/mod\.rs$/, "").split(sep).length === 1;
  const topOf = (file) => relative(folder, file).split(sep)[0].replace(/\.rs$/, "");
  const files = rustFiles(folder).filter((file) => !NO_MODULES.includes(topOf(file)) && !/(^|[/_])tests([/.]|$)/.test(relative(folder, file)));
  const modules = new Set(files.map(topOf));
  const elsewhere = handedOn(shippedSource(join(folder, "lib.rs"), false));
  const graph = new Map([...modules].map((module) => [module, new Map()]));
  for (const file of files) {
    const own = topOf(file);
    for (const name of askedNames(shippedSource(file, isTop(file)))) {
      const asked = modules.has(name) ? name : elsewhere.get(name);
      if (asked !== undefined && asked !== own && modules.has(asked)) graph.get(own).set(asked, `${relative(ROOT, file)} asks ${asked}`);
    }
  }
  return graph;
}

/** A way from a module back to it, if there is one. */
function loop(graph) {
  const done = new Set();
  const walk = (module, way) => {
    if (way.includes(module)) return [...way.slice(way.indexOf(module)), module];
    if (done.has(module)) return undefined;
    for (const next of graph.get(module).keys()) {
      const found = walk(next, [...way, module]);
      if (found !== undefined) return found;
    }
    done.add(module);
    return undefined;
  };
  return [...graph.keys()].map((module) => walk(module, [])).find((found) => found !== undefined);
}

let failed = false;
for (const crate of CRATES) {
  const folder = join(ROOT, crate, "src");
  const graph = moduleGraph(folder);
  const edges = [...graph.values()].reduce((sum, asked) => sum + asked.size, 0);
  // a reader that finds nothing would find no loop either
  if (edges < 5) throw new Error(`${crate}: only ${edges} imports between modules were found`);
  const found = loop(graph);
  if (found === undefined) continue;
  failed = true;
  console.error(`${crate}: ${found.join(" -> ")}`);
  for (const [at, module] of found.slice(0, -1).entries()) console.error(`  ${graph.get(module).get(found[at + 1])}`);
}
process.exit(failed ? 1 : 0);
