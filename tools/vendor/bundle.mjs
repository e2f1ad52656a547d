// Bundles entry.js into one file. Called by build.py:
//
//     node bundle.mjs <file to write>
//
// Prints, as JSON, the names of the npm packages that went into it, so that their licences can be listed.

import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

import { parse } from "acorn";
import { build } from "esbuild";

const HERE = dirname(fileURLToPath(import.meta.url));
// The first line tells Chromium to compile everything while the file arrives, beside the page instead of in its way.
const BANNER =
    "//# allFunctionsCalledOnLoad\n/*! plotly.js {version}, cut: core with scatter, bar, choropleth, scattergeo; empty base maps. " +
    "MIT, (c) Plotly Technologies Inc.; others in LICENSES.txt. Built by: python tools/vendor/build.py */";

/** Whether a value is text or text being put together. */
function isText(node) {
    if (node.type === "Literal" || node.type === "TemplateLiteral") return true;
    if (node.type === "BinaryExpression") return node.operator === "+";
    return node.type === "CallExpression" && node.callee.property?.name === "join";
}

/** Every `description: text` of an object in a syntax tree, as [start, end] of the text. */
function descriptions(node, found = []) {
    if (Array.isArray(node)) node.forEach((child) => descriptions(child, found));
    else if (node && typeof node === "object") {
        if (node.type === "Property" && node.key.name === "description" && isText(node.value)) {
            found.push([node.value.start, node.value.end]);
        } else Object.values(node).forEach((child) => descriptions(child, found));
    }
    return found;
}

// What a map is drawn without, in half the time.
const LIGHTER = [
    // the box around each area is asked for only by `fitbounds`
    { file: /traces[\\/]choropleth[\\/]plot\.js$/, before: "if (!bboxGeojson) {", after: "if (geoLayout.fitbounds && !bboxGeojson) {" },
    // points between those of a border: ours stand so close that a line from one to the next is straight on the map too
    { file: /plots[\\/]geo[\\/]geo\.js$/, before: "projection.precision(constants.precision)", after: "projection.precision(0)" },
];

/**
 * Empties the help texts in Plotly's tables of attributes, as Plotly's own minified bundles do; draws maps with less work
 * (LIGHTER); leaves out the style rules that Plotly puts into the page one by one (build.py writes them
 * into a style sheet).
 */
const lighter = {
    name: "lighter",
    setup(bundle) {
        bundle.onLoad({ filter: /plotly\.js[\\/]src[\\/].*\.js$/ }, ({ path }) => {
            let code = readFileSync(path, "utf8");
            const cuts = descriptions(parse(code, { ecmaVersion: "latest", sourceType: "script" }));
            for (const [start, end] of cuts.reverse()) code = `${code.slice(0, start)}""${code.slice(end)}`;
            for (const { before, after } of LIGHTER.filter(({ file }) => file.test(path))) {
                if (code.split(before).length !== 2) throw new Error(`${path} has not once: ${before}`);
                code = code.replace(before, after);
            }
            return { contents: code, loader: "js" };
        });
        bundle.onLoad({ filter: /plotly\.js[\\/]build[\\/]plotcss\.js$/ }, () => ({ contents: "", loader: "js" }));
    },
};

/** The npm package a bundled file belongs to, or null for our own. */
function packageOf(file) {
    const parts = file.split("node_modules/");
    if (parts.length === 1) return null;
    const [first, second] = parts.at(-1).split("/");
    return first.startsWith("@") ? `${first}/${second}` : first;
}

const version = JSON.parse(readFileSync(join(HERE, "node_modules/plotly.js/package.json"), "utf8")).version;
const result = await build({
    absWorkingDir: HERE,
    entryPoints: ["entry.js"],
    outfile: process.argv[2],
    bundle: true,
    minify: true,
    format: "iife",
    globalName: "Plotly",
    target: "es2020",
    legalComments: "none",
    banner: { js: BANNER.replace("{version}", version) },
    define: { global: "window", "define.amd": "false" },
    alias: {
        "country-iso-search": "./stubs/country-iso-search.js",
        "d3-geo-projection": "./stubs/d3-geo-projection.js",
    },
    // Plotly's registry asks for the style sheet of its tiled maps, which are not in this bundle
    loader: { ".css": "empty" },
    plugins: [lighter],
    metafile: true,
});
const [output] = Object.values(result.metafile.outputs);
const files = Object.keys(output.inputs).filter((file) => output.inputs[file].bytesInOutput && !file.endsWith(".css"));
const packages = new Set(files.map(packageOf).filter(Boolean));
console.log(JSON.stringify([...packages].sort()));
