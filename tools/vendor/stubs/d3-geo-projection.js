// Stands in for the package with a hundred rarer projections. Those of d3-geo itself stay, among them
// "albers usa"; Plotly asks this package for "natural earth" by an old name.
"use strict";

module.exports = { geoNaturalEarth: require("d3-geo").geoNaturalEarth1 };
