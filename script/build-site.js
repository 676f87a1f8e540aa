// Called by script/build: bundles the style, minifies the script, puts the content's hash into
// the names of both and of the WebAssembly, and compresses every file for the server to send.
//   node script/build-site.js SITE_FOLDER HASH_FILE
const { createHash } = require("node:crypto");
const { mkdirSync, readFileSync, readdirSync, renameSync, writeFileSync } = require("node:fs");
const { createRequire } = require("node:module");
const { dirname, join } = require("node:path");
const { brotliCompressSync, gzipSync } = require("node:zlib");

const root = join(__dirname, "..");
const packages = createRequire(join(root, "end2end", "package.json"));
const browserslist = packages("browserslist");
const { transformSync } = packages("esbuild");
const { browserslistToTargets, bundle } = packages("lightningcss");

const [site, hashFile] = process.argv.slice(2);
const file = (extension) => join(site, "pkg", `portal.${extension}`);

const style = bundle({
  filename: join(root, "style", "main.css"),
  minify: true,
  targets: browserslistToTargets(browserslist("defaults")),
});
writeFileSync(file("css"), style.code);

const script = transformSync(readFileSync(file("js"), "utf8"), { format: "esm", minify: true });
writeFileSync(file("js"), script.code);

// The program reads the hashes from this file, in this form (`hash_files` of Leptos).
const hashes = ["js", "wasm", "css"].map((extension) => {
  const hash = createHash("md5").update(readFileSync(file(extension))).digest("base64url");
  renameSync(file(extension), file(`${hash}.${extension}`));
  return `${extension}: ${hash}\n`;
});
mkdirSync(dirname(hashFile), { recursive: true });
writeFileSync(hashFile, hashes.join(""));

for (const entry of readdirSync(site, { recursive: true, withFileTypes: true })) {
  if (!entry.isFile()) continue;
  const path = join(entry.parentPath ?? entry.path, entry.name);
  const content = readFileSync(path);
  writeFileSync(`${path}.gz`, gzipSync(content, { level: 9 }));
  writeFileSync(`${path}.br`, brotliCompressSync(content));
}
