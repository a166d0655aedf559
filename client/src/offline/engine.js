// ODK's engine (npm @getodk/xforms-engine), in a file of its own that only a form in progress needs.
export const FORM_INSTANCE = "xml_submission_file";

export const loadEngine = () => import("@getodk/xforms-engine");
