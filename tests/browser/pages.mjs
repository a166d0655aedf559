// One of each kind of page. A new kind of page adds a line here; layout, accessibility, quietness and
// both schemes of colour are then tested on it.

/** The figure whose history is opened in these tests. */
export const FIGURE = "/figures/MDA/hiv_prevalence_prison/2017/total";

export const PAGES = [
  "/",
  "/countries",
  "/countries/MDA",
  "/countries/GEO?lang=fr",
  "/countries/GBR",
  "/countries/MDA/figures",
  FIGURE,
  "/region",
  "/region?indicator=hiv_prevalence_prison&indicator=prison_rate&scope=focus",
  "/indicators",
  "/indicators/prison_rate",
  "/evidence",
  "/evidence/opioid-agonist-treatment",
  "/effects/oat-hiv-macarthur-2012",
  "/sources",
  "/sources/unodc-cts",
  "/doubts",
  "/imports",
  "/about",
  "/scenarios",
  "/scenarios/how-to-read",
  "/scenarios/MDA",
  "/scenarios/MDA?oat-prison=40&oat-kept-release=90&lang=fr",
  "/scenarios/MDA/policies",
  "/scenarios/MDA/compare",
  "/scenarios/MDA/budget",
  "/scenarios/MDA/calibration",
  "/scenarios/MDA/elimination?draws=4&people=3",
  "/scenarios/MDA/inputs",
  "/scenarios/MDA/runs",
  "/api",
  "/search?q=moldova",
];
