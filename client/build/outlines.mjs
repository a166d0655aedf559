// Outlines of Europe for the maps: Natural Earth 1:50m, projected, simplified and clipped.
//
// Two departures from Natural Earth, which draws who controls a place: Crimea is drawn with Ukraine
// and the north of Cyprus with Cyprus, as the Council of Europe and the United Nations
// hold (General Assembly resolution 68/262; Security Council resolution 541). Kosovo is drawn by itself, without prejudice to
// its status (Security Council resolution 1244), because the publishers report it by itself.
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { geoAzimuthalEqualArea, geoContains, geoPath } from "d3-geo";
import polylabel from "polylabel";
import { mergeArcs } from "topojson-client";
import { presimplify, simplify, sphericalTriangleArea } from "topojson-simplify";
import * as topojson from "topojson-client";
import { ADMINISTRATIONS, CONTEXT, REPORTING } from "./places.mjs";

const require = createRequire(import.meta.url);

const WIDTH = 1000;
// Lambert azimuthal equal-area as in ETRS89-LAEA (EPSG:3035): centre 10° E, 52° N.
const CENTRE = [10, 52];
// The frame holds these points: Iceland, Portugal, Nordkapp, Azerbaijan, Crete and Cyprus. Russia is cut
// by the frame, a little west of the Urals.
const FRAME = [
  [-24.6, 65.6], [-9.6, 37], [-17, 63.3], [25.7, 71.3], [50.6, 40.3], [48.9, 38.3], [24.7, 34.8], [33, 34.4], [44.8, 37.1], [14.4, 35.8],
];
// The cut lies outside the frame, so that its straight line is never seen as a coast.
const BLEED = 6;
const MARGIN = 14;
// What is smaller than this on a map 1,000 wide cannot be seen or pressed: it becomes a square.
const SMALL_PX2 = 150;
const ISLAND_PX2 = 1.5;

export async function outlines() {
  const atlas = require.resolve("world-atlas/countries-50m.json");
  const { version } = JSON.parse(await readFile(require.resolve("world-atlas/package.json"), "utf8"));
  const world = JSON.parse(await readFile(atlas, "utf8"));
  const { projection, height } = frame();
  // One pixel of this map in steradians: the map is equal-area, so one number serves everywhere.
  const pixel = 1 / projection.scale() ** 2;
  const topology = simplify(presimplify(world, sphericalTriangleArea), pixel * 0.5);

  const places = [];
  for (const [code, geometry] of geometries(topology)) {
    const rings = project(topojson.feature(topology, geometry), projection);
    const whole = rings.reduce((sum, polygon) => sum + area(polygon[0]), 0);
    const reporting = Object.values(REPORTING).includes(code);
    const small = reporting && whole < SMALL_PX2;
    const seen = rings.filter((polygon) => small || area(polygon[0]) >= ISLAND_PX2);
    if (!small && seen.length === 0) continue;
    const [x, y] = small ? projection(middle(world, code)) : label(seen);
    if (x < 0 || x > WIDTH || y < 0 || y > height) {
      if (reporting) throw new Error(`${code} lies outside the map at ${x}, ${y}`);
    }
    places.push({ code, path: path(seen), x: round(x), y: round(y), small, context: !reporting });
  }
  for (const { code, of, longitude, latitude } of ADMINISTRATIONS) {
    const [x, y] = projection([longitude, latitude]);
    places.push({ code, of, path: "", x: round(x), y: round(y), small: true, context: false });
  }
  const missing = Object.values(REPORTING).filter((code) => !places.some((place) => place.code === code));
  if (missing.length) throw new Error(`world-atlas ${version} has no outline for ${missing.join(", ")}`);
  places.sort((a, b) => (a.context === b.context ? (a.code < b.code ? -1 : 1) : a.context ? -1 : 1));
  return {
    width: WIDTH,
    height,
    projection: `Lambert azimuthal equal-area, centre ${CENTRE[0]}° E ${CENTRE[1]}° N`,
    source: `Natural Earth 1:50m via world-atlas ${version}`,
    places,
  };
}

/** The projection that fits FRAME into WIDTH, and the height that follows. */
function frame() {
  // `precision(0)`: no points are added along edges, so neighbours keep the very same border.
  const projection = geoAzimuthalEqualArea().rotate([-CENTRE[0], -CENTRE[1]]).precision(0);
  projection.fitWidth(WIDTH - 2 * MARGIN, { type: "MultiPoint", coordinates: FRAME });
  const [[, top], [, bottom]] = geoPath(projection).bounds({ type: "MultiPoint", coordinates: FRAME });
  const [dx, dy] = projection.translate();
  projection.translate([dx + MARGIN, dy - top + MARGIN]);
  const height = Math.ceil(bottom - top + 2 * MARGIN);
  projection.clipExtent([[-BLEED, -BLEED], [WIDTH + BLEED, height + BLEED]]);
  return { projection, height };
}

/** Code and geometry of every place to draw, with the two departures explained above. */
function* geometries(topology) {
  const all = topology.objects.countries.geometries;
  const named = (name) => all.filter((g) => g.properties.name === name);
  for (const geometry of all) {
    const id = geometry.properties.name === "Kosovo" ? "XKX" : geometry.id;
    const code = REPORTING[id] ?? CONTEXT[id];
    if (code === "CYP") yield [code, mergeArcs(topology, [geometry, ...named("N. Cyprus")])];
    else if (code === "UKR") yield [code, mergeArcs(topology, [geometry, ...crimea(topology, named("Russia")[0])])];
    else if (code === "RUS") yield [code, withoutCrimea(topology, geometry)];
    else if (code) yield [code, geometry];
  }
}

const SIMFEROPOL = [34.1, 45.0];
const polygonOf = (arcs) => ({ type: "Polygon", arcs });
const holds = (topology, point) => (arcs) => geoContains(topojson.feature(topology, polygonOf(arcs)), point);

function crimea(topology, russia) {
  const found = russia.arcs.filter(holds(topology, SIMFEROPOL));
  // A later release of the atlas may draw it with Ukraine by itself: then there is nothing to move.
  return found.map(polygonOf);
}

function withoutCrimea(topology, russia) {
  const keep = russia.arcs.filter((arcs) => !holds(topology, SIMFEROPOL)(arcs));
  return { type: "MultiPolygon", arcs: keep };
}

/** Longitude and latitude of a small state's middle, from the outline before it was simplified. */
function middle(world, code) {
  const id = Object.keys(REPORTING).find((key) => REPORTING[key] === code);
  const geometry = world.objects.countries.geometries.find((g) => g.id === id);
  return geoPath().centroid(topojson.feature(world, geometry));
}

/** A GeoJSON feature → polygons of rings of [x, y] on the map, clipped to the frame. */
function project(feature, projection) {
  const rings = [];
  let ring = null;
  geoPath(projection, {
    beginPath() {},
    moveTo: (x, y) => rings.push((ring = [[x, y]])),
    lineTo: (x, y) => ring.push([x, y]),
    closePath: () => ring.push(ring[0]),
    arc() {},
  })(feature);
  // d3 gives rings in a row: exterior rings clockwise on the page, holes the other way.
  const polygons = [];
  for (const ring of rings.filter((points) => points.length > 3)) {
    if (signedArea(ring) > 0 || polygons.length === 0) polygons.push([ring]);
    else polygons.at(-1).push(ring);
  }
  return polygons;
}

function signedArea(ring) {
  let twice = 0;
  for (let i = 1; i < ring.length; i++) twice += ring[i - 1][0] * ring[i][1] - ring[i][0] * ring[i - 1][1];
  return twice / 2;
}
const area = (ring) => Math.abs(signedArea(ring));

/** Where a label or a mark stands best: the point of the largest part that is farthest from its edge. */
function label(polygons) {
  return polylabel(polygons.reduce((a, b) => (area(a[0]) >= area(b[0]) ? a : b)), 0.5);
}

const round = (value) => Math.round(value * 10) / 10;

/** SVG path in relative steps of a tenth of a pixel: half the size of absolute ones, and no drift. */
function path(polygons) {
  let out = "";
  for (const ring of polygons.flat()) {
    let [px, py] = ring[0].map((v) => Math.round(v * 10));
    out += `M${px / 10} ${py / 10}l`;
    let first = true;
    for (const point of ring.slice(1, -1)) {
      const [x, y] = point.map((v) => Math.round(v * 10));
      if (x === px && y === py) continue;
      out += step(x - px, first) + step(y - py, false);
      [px, py, first] = [x, y, false];
    }
    out += "z";
  }
  return out;
}

const step = (tenths, first) => {
  const text = String(tenths / 10).replace(/^(-?)0\./, "$1.");
  return first || text.startsWith("-") ? text : ` ${text}`;
};
