// The places of the map, in one list: ISO 3166 alpha-3 by the numeric code that world-atlas uses.

/** Countries whose prison services report (members of the Council of Europe, and the others of the region). */
export const REPORTING = {
  "008": "ALB", "020": "AND", "051": "ARM", "040": "AUT", "031": "AZE", "056": "BEL", "070": "BIH",
  "100": "BGR", "191": "HRV", "196": "CYP", "203": "CZE", "208": "DNK", "233": "EST", "246": "FIN",
  "250": "FRA", "268": "GEO", "276": "DEU", "300": "GRC", "348": "HUN", "352": "ISL", "372": "IRL",
  "380": "ITA", "428": "LVA", "438": "LIE", "440": "LTU", "442": "LUX", "470": "MLT", "498": "MDA",
  "492": "MCO", "499": "MNE", "528": "NLD", "807": "MKD", "578": "NOR", "616": "POL", "620": "PRT",
  "642": "ROU", "674": "SMR", "688": "SRB", "703": "SVK", "705": "SVN", "724": "ESP", "752": "SWE",
  "756": "CHE", "792": "TUR", "804": "UKR", "826": "GBR", "643": "RUS", "112": "BLR", "336": "VAT",
  XKX: "XKX",
};

/** Land at the edge, drawn quietly so that coasts and borders make sense. */
export const CONTEXT = {
  "012": "DZA", "818": "EGY", "364": "IRN", "368": "IRQ", "376": "ISR", "400": "JOR", "398": "KAZ",
  "422": "LBN", "434": "LBY", "504": "MAR", "275": "PSE", "682": "SAU", "760": "SYR", "788": "TUN",
  "795": "TKM", "860": "UZB", "234": "FRO", "833": "IMN", "831": "GGY", "832": "JEY", "248": "ALA",
};

// Prison administrations that report for a part of a state: a square at the administration's seat.
// `of` is the state that the square lies in.
export const ADMINISTRATIONS = [
  { code: "GBR-EAW", of: "GBR", seat: "London", longitude: -0.13, latitude: 51.5 },
  { code: "GBR-SCT", of: "GBR", seat: "Edinburgh", longitude: -3.3, latitude: 55.93 },
  { code: "GBR-NIR", of: "GBR", seat: "Belfast", longitude: -5.83, latitude: 54.59 },
  { code: "BIH-SRP", of: "BIH", seat: "Banja Luka", longitude: 17.19, latitude: 44.77 },
  { code: "ESP-CT", of: "ESP", seat: "Barcelona", longitude: 2.17, latitude: 41.39 },
];
