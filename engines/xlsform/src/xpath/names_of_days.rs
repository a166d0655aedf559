//! Short names of months and days, as `format-date` writes them in the language of a form: `%b` and `%a` are localized
//! by the ODK XForms specification. The names are those of Unicode CLDR; a language that is not here is written in English.

/// Names of one language: months from January, days from Monday.
pub(super) struct Names {
    tag: &'static str,
    pub(super) months: [&'static str; 12],
    pub(super) days: [&'static str; 7],
}

pub(super) const ENGLISH: Names = Names {
    tag: "en",
    months: ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"],
    days: ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"],
};

/// The names in a language as forms name it: `Română (ro)`, or a tag alone.
pub(super) fn of(language: Option<&str>) -> &'static Names {
    let Some(language) = language else { return &ENGLISH };
    let tag = language.rsplit_once('(').and_then(|(_, rest)| rest.trim().strip_suffix(')'));
    let tag = tag.unwrap_or(language).trim();
    // Serbian without a script is written in Latin by most systems of the region.
    let tag = if tag.eq_ignore_ascii_case("sr") { "sr-Latn" } else { tag };
    let whole = ALL.iter().find(|names| names.tag.eq_ignore_ascii_case(tag));
    let main = tag.split('-').next().unwrap_or_default();
    let found = whole.or_else(|| ALL.iter().find(|names| names.tag.eq_ignore_ascii_case(main)));
    found.unwrap_or(&ENGLISH)
}

#[rustfmt::skip]
const ALL: [Names; 10] = [
    Names {
        tag: "fr",
        months: ["janv.", "févr.", "mars", "avr.", "mai", "juin", "juil.", "août", "sept.", "oct.", "nov.", "déc."],
        days: ["lun.", "mar.", "mer.", "jeu.", "ven.", "sam.", "dim."],
    },
    Names {
        tag: "ro",
        months: ["ian.", "feb.", "mar.", "apr.", "mai", "iun.", "iul.", "aug.", "sept.", "oct.", "nov.", "dec."],
        days: ["lun.", "mar.", "mie.", "joi", "vin.", "sâm.", "dum."],
    },
    Names {
        tag: "ru",
        months: ["янв.", "февр.", "мар.", "апр.", "мая", "июн.", "июл.", "авг.", "сент.", "окт.", "нояб.", "дек."],
        days: ["пн", "вт", "ср", "чт", "пт", "сб", "вс"],
    },
    Names {
        tag: "uk",
        months: ["січ.", "лют.", "бер.", "квіт.", "трав.", "черв.", "лип.", "серп.", "вер.", "жовт.", "лист.", "груд."],
        days: ["пн", "вт", "ср", "чт", "пт", "сб", "нд"],
    },
    Names {
        tag: "sq",
        months: ["jan", "shk", "mar", "pri", "maj", "qer", "korr", "gush", "sht", "tet", "nën", "dhj"],
        days: ["hën", "mar", "mër", "enj", "pre", "sht", "die"],
    },
    Names {
        tag: "ka",
        months: ["იან", "თებ", "მარ", "აპრ", "მაი", "ივნ", "ივლ", "აგვ", "სექ", "ოქტ", "ნოე", "დეკ"],
        days: ["ორშ", "სამ", "ოთხ", "ხუთ", "პარ", "შაბ", "კვი"],
    },
    Names {
        tag: "sr-Latn",
        months: ["jan", "feb", "mar", "apr", "maj", "jun", "jul", "avg", "sep", "okt", "nov", "dec"],
        days: ["pon", "uto", "sre", "čet", "pet", "sub", "ned"],
    },
    Names {
        tag: "sr-Cyrl",
        months: ["јан", "феб", "мар", "апр", "мај", "јун", "јул", "авг", "сеп", "окт", "нов", "дец"],
        days: ["пон", "уто", "сре", "чет", "пет", "суб", "нед"],
    },
    Names {
        tag: "mk",
        months: ["јан.", "фев.", "мар.", "апр.", "мај", "јун.", "јул.", "авг.", "сеп.", "окт.", "ное.", "дек."],
        days: ["пон.", "вто.", "сре.", "чет.", "пет.", "саб.", "нед."],
    },
    Names {
        tag: "hy",
        months: ["հնվ", "փտվ", "մրտ", "ապր", "մյս", "հնս", "հլս", "օգս", "սեպ", "հոկ", "նոյ", "դեկ"],
        days: ["երկ", "երք", "չրք", "հնգ", "ուր", "շբթ", "կիր"],
    },
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_language_is_found_by_its_tag() {
        let may = |language| of(language).months[4];
        assert_eq!(may(Some("Română (ro)")), "mai");
        assert_eq!(may(Some("ru-KZ")), "мая");
        assert_eq!(may(Some("Serbian (sr)")), "maj");
        assert_eq!(may(Some("Српски (sr-Cyrl)")), "мај");
        for language in [None, Some("default"), Some("English (en)"), Some("Kurdish (ku)")] {
            assert_eq!(may(language), "May", "{language:?}");
        }
    }
}
