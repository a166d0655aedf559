// What this page alone knows, for all its rooms: the place as it is kept, the key, the open form, the record in
// hand, which screen is shown, and whether a finger is down.
export const SECRET = decodeURIComponent(location.pathname.split("/")[2] ?? "");

export const here = { place: undefined, key: undefined, form: undefined, desk: undefined, screen: "", notice: "", pressed: false };
