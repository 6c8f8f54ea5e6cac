//! Rules about licences: a class is what the expression allows, and was read somewhere on some day.

use super::Judge;
use crate::catalog::entry::License;
use crate::catalog::read::Place;
use crate::catalog::words::LicenseClass;

impl Judge<'_> {
    pub(super) fn license(&mut self) {
        let Some(license) = &self.file.entry.license else { return };
        let place = Place::Key("license");
        // A class other than unknown says that somebody read the licence file: which, and when?
        if license.class != LicenseClass::Unknown
            && (license.source.is_none() || license.checked_on.is_none())
        {
            let message = format!(
                "the class {} needs the `source` that was read and the day, `checked_on`; else it is unknown",
                license.class.id()
            );
            self.error("license-unread", place, message);
        }
        if let Some(message) = contradiction(license) {
            self.error("license-class", place, message.to_owned());
        }
    }
}

/// What does not fit between class, expression and note.
fn contradiction(license: &License) -> Option<&'static str> {
    let approved = license.spdx.as_deref().map(osi_approved);
    match (license.class, approved) {
        (LicenseClass::Osi, Some(false)) => {
            Some("the class is osi, but its SPDX expression needs a licence that OSI did not approve")
        }
        (LicenseClass::Osi, None) => Some("the class is osi: add the SPDX expression that was read, `spdx`"),
        (LicenseClass::SourceAvailable, Some(true)) => Some(
            "the class is source-available, but its SPDX expression can be met with licences that OSI approved",
        ),
        (LicenseClass::OpenCore, _) if license.note.is_none() => {
            Some("the class is open-core: say in its `note` which parts are under other terms")
        }
        (LicenseClass::Unknown, Some(_)) if license.note.is_none() => {
            Some("the class is unknown although an SPDX expression is named: say why in its `note`")
        }
        _ => None,
    }
}

/// Whether a strict SPDX expression can be met with licences that OSI approved.
fn osi_approved(expression: &str) -> bool {
    spdx::Expression::parse(expression)
        .is_ok_and(|e| e.evaluate(|need| need.license.id().is_some_and(spdx::LicenseId::is_osi_approved)))
}
