// Bundles entry.js into one file. Called by build.py:
//
//     node bundle.mjs <file to write>
//
// Prints, as JSON, the names of the npm packages that went into it, so that their licences can be listed.

import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

import { build } from "esbuild";

const HERE = dirname(fileURLToPath(import.meta.url));
// The first line tells Chromium to compile everything while the file arrives, beside the page instead of in its way.
const BANNER =
    "//# allFunctionsCalledOnLoad\n/*! plotly.js {version}: core with scatter, bar, choropleth, scattergeo; empty base maps. " +
    "MIT, (c) Plotly Technologies Inc.; others in LICENSES.txt. Built by: python tools/vendor/build.py */";

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
    // Plotly's registry asks for the style sheet of its tiled maps, which are not in this bundle
    loader: { ".css": "empty" },
    // two packages for what our figures do not use: names of countries, a hundred rarer projections
    alias: {
        "country-iso-search": "./stubs/country-iso-search.js",
        "d3-geo-projection": "./stubs/d3-geo-projection.js",
    },
    metafile: true,
});
const [output] = Object.values(result.metafile.outputs);
const files = Object.keys(output.inputs).filter((file) => output.inputs[file].bytesInOutput && !file.endsWith(".css"));
const packages = new Set(files.map(packageOf).filter(Boolean));
console.log(JSON.stringify([...packages].sort()));
