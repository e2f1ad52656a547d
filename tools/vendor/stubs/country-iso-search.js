// Stands in for the package that finds a country by its name (locationmode "country names"). The dashboard always
// names countries by their codes.
"use strict";

module.exports = { COUNTRIES: [], createLookup: () => ({ lookupAlpha3: () => null }) };
