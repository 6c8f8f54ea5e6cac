//! Tools and what is known of them: claims with sources, relations, licences, foundations.
