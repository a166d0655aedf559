//! The question types: what each one shows and what kind of answer it stores. One list, which is
//! also the answer to "is there such a type?".

/// What a question type brings with it before the author says anything.
#[derive(Debug, Clone, Copy)]
pub(crate) struct QuestionType {
    /// Element of the control in the body; `None` for questions nobody sees.
    pub(crate) control: Option<&'static str>,
    pub(crate) media_type: Option<&'static str>,
    pub(crate) bind: &'static [(&'static str, &'static str)],
    pub(crate) hint: Option<&'static str>,
}

/// The type of this name.
pub(crate) fn find(name: &str) -> Option<QuestionType> {
    Some(match name {
        "q picture" | "photo" | "q image" | "add image prompt" | "image" => {
            kind(Some("upload"), Some("image/*"), &[("type", r"binary")], None)
        }
        "add date time prompt"
        | "q date time"
        | "datetime"
        | "dateTime"
        | "add dateTime prompt"
        | "q dateTime"
        | "date time" => kind(Some("input"), None, &[("type", r"dateTime")], None),
        "add audio prompt" | "q audio" | "audio" => {
            kind(Some("upload"), Some("audio/*"), &[("type", r"binary")], None)
        }
        "phonenumber" | "get phone number" => kind(
            None,
            None,
            &[
                ("jr:preload", r"property"),
                ("type", r"string"),
                ("jr:preloadParams", r"phonenumber"),
            ],
            None,
        ),
        "get start time" | "start" | "start time" => kind(
            None,
            None,
            &[("jr:preload", r"timestamp"), ("type", r"dateTime"), ("jr:preloadParams", r"start")],
            None,
        ),
        "add select multiple prompt using"
        | "select all that apply from"
        | "select all that apply"
        | "select multiple from"
        | "q select"
        | "select multiple using" => kind(Some("select"), None, &[("type", r"string")], None),
        "add note prompt" | "q note" | "note" => {
            kind(Some("input"), None, &[("readonly", r"true()"), ("type", r"string")], None)
        }
        "calculate" | "q calculate" | "add calculate prompt" | "hidden" => {
            kind(None, None, &[("type", r"string")], None)
        }
        "acknowledge" | "q acknowledge" | "add acknowledge prompt" => {
            kind(Some("trigger"), None, &[("type", r"string")], None)
        }
        "location" | "q geopoint" | "q location" | "geopoint" | "gps" | "add location prompt" => {
            kind(Some("input"), None, &[("type", r"geopoint")], None)
        }
        "text" | "string" | "q string" | "select one external" | "add text prompt" => {
            kind(Some("input"), None, &[("type", r"string")], None)
        }
        "simserial" | "get sim id" | "sim id" => kind(
            None,
            None,
            &[("jr:preload", r"property"), ("type", r"string"), ("jr:preloadParams", r"simserial")],
            None,
        ),
        "imei" | "device id" | "deviceid" | "get device id" => kind(
            None,
            None,
            &[("jr:preload", r"property"), ("type", r"string"), ("jr:preloadParams", r"deviceid")],
            None,
        ),
        "integer" | "q int" | "int" | "add integer prompt" => {
            kind(Some("input"), None, &[("type", r"int")], None)
        }
        "subscriber id" | "subscriberid" | "get subscriber id" => kind(
            None,
            None,
            &[
                ("jr:preload", r"property"),
                ("type", r"string"),
                ("jr:preloadParams", r"subscriberid"),
            ],
            None,
        ),
        "decimal" | "add decimal prompt" | "q decimal" => {
            kind(Some("input"), None, &[("type", r"decimal")], None)
        }
        "q geoshape" | "geoshape" => kind(Some("input"), None, &[("type", r"geoshape")], None),
        "q geotrace" | "geotrace" => kind(Some("input"), None, &[("type", r"geotrace")], None),
        "get today" | "today" => kind(
            None,
            None,
            &[("jr:preload", r"date"), ("type", r"date"), ("jr:preloadParams", r"today")],
            None,
        ),
        "video" | "add video prompt" | "q video" => {
            kind(Some("upload"), Some("video/*"), &[("type", r"binary")], None)
        }
        "number of days in last month" => kind(
            Some("input"),
            None,
            &[("type", r"int"), ("constraint", r"0 <= . and . <= 31")],
            Some("Enter a number 0-31."),
        ),
        "select one" | "select one using" | "q select1" | "add select one prompt using" => {
            kind(Some("select1"), None, &[("type", r"string")], None)
        }
        "get end time" | "end time" | "end" => kind(
            None,
            None,
            &[("jr:preload", r"timestamp"), ("type", r"dateTime"), ("jr:preloadParams", r"end")],
            None,
        ),
        "barcode" | "q barcode" | "add barcode prompt" => {
            kind(Some("input"), None, &[("type", r"barcode")], None)
        }
        "rank" => kind(Some("odk:rank"), None, &[("type", r"odk:rank")], None),
        "add date prompt" | "q date" | "date" => {
            kind(Some("input"), None, &[("type", r"date")], None)
        }
        "trigger" => kind(Some("trigger"), None, &[], None),
        "percentage" => kind(
            Some("input"),
            None,
            &[("type", r"int"), ("constraint", r"0 <= . and . <= 100")],
            None,
        ),
        "number of days in last six months" => kind(
            Some("input"),
            None,
            &[("type", r"int"), ("constraint", r"0 <= . and . <= 183")],
            Some("Enter a number 0-183."),
        ),
        "phone number" => kind(
            Some("input"),
            None,
            &[("type", r"string"), ("constraint", r"regex(., '^\d*$')")],
            Some("Enter numbers only."),
        ),
        "number of days in last year" => kind(
            Some("input"),
            None,
            &[("type", r"int"), ("constraint", r"0 <= . and . <= 365")],
            Some("Enter a number 0-365."),
        ),
        "time" => kind(Some("input"), None, &[("type", r"time")], None),
        "uri:subscriberid" => kind(
            None,
            None,
            &[
                ("jr:preload", r"property"),
                ("type", r"string"),
                ("jr:preloadParams", r"uri:subscriberid"),
            ],
            None,
        ),
        "uri:phonenumber" => kind(
            None,
            None,
            &[
                ("jr:preload", r"property"),
                ("type", r"string"),
                ("jr:preloadParams", r"uri:phonenumber"),
            ],
            None,
        ),
        "uri:simserial" => kind(
            None,
            None,
            &[
                ("jr:preload", r"property"),
                ("type", r"string"),
                ("jr:preloadParams", r"uri:simserial"),
            ],
            None,
        ),
        "uri:deviceid" => kind(
            None,
            None,
            &[
                ("jr:preload", r"property"),
                ("type", r"string"),
                ("jr:preloadParams", r"uri:deviceid"),
            ],
            None,
        ),
        "username" => kind(
            None,
            None,
            &[("jr:preload", r"property"), ("type", r"string"), ("jr:preloadParams", r"username")],
            None,
        ),
        "uri:username" => kind(
            None,
            None,
            &[
                ("jr:preload", r"property"),
                ("type", r"string"),
                ("jr:preloadParams", r"uri:username"),
            ],
            None,
        ),
        "email" => kind(
            None,
            None,
            &[("jr:preload", r"property"), ("type", r"string"), ("jr:preloadParams", r"email")],
            None,
        ),
        "uri:email" => kind(
            None,
            None,
            &[("jr:preload", r"property"), ("type", r"string"), ("jr:preloadParams", r"uri:email")],
            None,
        ),
        "osm" => kind(Some("upload"), Some("osm/*"), &[("type", r"binary")], None),
        "file" | "add file prompt" => {
            kind(Some("upload"), Some("application/*"), &[("type", r"binary")], None)
        }
        "audit" => kind(None, None, &[("type", r"binary")], None),
        "xml-external" | "csv-external" => kind(None, None, &[], None),
        "start-geopoint" => kind(Some("action"), None, &[("type", r"geopoint")], None),
        "background-audio" => kind(Some("action"), None, &[("type", r"binary")], None),
        "background-geopoint" => kind(Some("trigger"), None, &[("type", r"geopoint")], None),
        "range" => kind(Some("range"), None, &[("type", "int")], None),
        _ => return None,
    })
}

const fn kind(
    control: Option<&'static str>,
    media_type: Option<&'static str>,
    bind: &'static [(&'static str, &'static str)],
    hint: Option<&'static str>,
) -> QuestionType {
    QuestionType { control, media_type, bind, hint }
}
