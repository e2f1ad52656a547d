// What window.Plotly holds in the dashboard: Plotly's core (scatter comes with it) and three more kinds of trace.
"use strict";

// Plotly fetches a base map from its content network before it draws any choropleth, even one with boundaries of
// its own, and draws nothing when that fails. An empty map under each name it can ask for keeps it from asking.
const nothing = { type: "GeometryCollection", geometries: [] };
const layers = ["coastlines", "countries", "lakes", "land", "ocean", "rivers", "subunits"];
const empty = { type: "Topology", arcs: [], objects: Object.fromEntries(layers.map((layer) => [layer, nothing])) };
const scopes = ["world", "usa", "europe", "asia", "africa", "north-america", "south-america", "antarctica", "oceania"];
const assets = (window.PlotlyGeoAssets = window.PlotlyGeoAssets || {});
assets.topojson = assets.topojson || {};
for (const scope of scopes) {
    for (const metres of ["110m", "50m"]) assets.topojson[`${scope}_${metres}`] = empty;
}

// A map is drawn in two thirds of the time without two things that ours do not need: points between those of a border,
// to bend long lines as the projection is (our points stand closer than that), and the box around each area, which only
// `fitbounds` asks for (all our maps say where they are).
require("plotly.js/src/plots/geo/constants").precision = 0;
require("plotly.js/src/lib/geo_location_utils").computeBbox = () => null;

const Plotly = require("plotly.js/lib/core");
Plotly.register([
    require("plotly.js/lib/bar"),
    require("plotly.js/lib/choropleth"),
    require("plotly.js/lib/scattergeo"),
]);

// Figures may set these again; the defaults must not reach outside: a base map that is missing after all is looked
// for beside the page, and the button that uploads the data of a chart is not offered.
Plotly.setPlotConfig({ topojsonURL: "topojson/", showSendToCloud: false, displaylogo: false });

module.exports = Plotly;
