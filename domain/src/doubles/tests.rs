use jiff::civil::{Date, date};

use super::*;

const BORN: Date = date(2018, 3, 9);

fn looked(name: &Name, birth: Birth) -> Looked<'_> {
    Looked { name, birth, case_number: None }
}

fn names(one: (&str, &str), other: (&str, &str)) -> Option<Likeness> {
    let (one, other) = (Name::new(one.0, one.1), Name::new(other.0, other.1));
    likeness(looked(&one, Birth::Born(BORN)), looked(&other, Birth::Born(BORN)))
}

#[test]
fn names_that_sound_or_look_alike_are_found() {
    for (one, other) in [
        (("Amira", "Khan"), ("Ameera", "Kahn")),
        (("Catherine", "Smith"), ("Kathryn", "Smyth")),
        (("Mohammed", "Hussain"), ("Muhammad", "Hussein")),
        (("Seán", "O'Brien"), ("Sean", "OBrien")),
        (("Zoë", "Garcia-López"), ("Zoe", "Garcia Lopez")),
        (("Łukasz", "Nowak"), ("Lukasz", "Nowak")),
        (("أميرة", "خان"), ("أميرة", "خان")),
        (("Wei", "Chen"), ("Chen", "Wei")),
        (("Dilnaz", ""), ("Dilnas", "")),
    ] {
        assert_eq!(names(one, other), Some(Likeness::NameAndBirth), "{one:?} {other:?}");
        assert_eq!(names(other, one), Some(Likeness::NameAndBirth), "{other:?} {one:?}");
    }
}

#[test]
fn twins_may_be_one_child_and_strangers_are_not() {
    assert_eq!(names(("Musa", "Iqbal"), ("Hana", "Iqbal")), Some(Likeness::BirthAndFamily));
    assert_eq!(names(("Seán", "O'Brien"), ("Shaun", "OBrien")), Some(Likeness::BirthAndFamily));
    assert_eq!(names(("Joe", "Tanner"), ("Ellie-Mae", "Price")), None);
}

#[test]
fn what_a_child_is_called_counts_as_a_given_name() {
    let known = Name { known_as: Some("Bear".into()), ..Name::new("Bertrand", "Moss") };
    let called = Name::new("Bear", "Moss");
    let alike = likeness(looked(&known, Birth::Born(BORN)), looked(&called, Birth::Born(BORN)));
    assert_eq!(alike, Some(Likeness::NameAndBirth));
}

#[test]
fn a_slip_in_the_date_is_seen_and_another_date_is_only_a_name() {
    let name = Name::new("Amira", "Khan");
    let to = |other| likeness(looked(&name, Birth::Born(BORN)), looked(&name, other));
    for slip in [date(2018, 9, 3), date(2017, 3, 9), date(2018, 3, 19)] {
        assert_eq!(to(Birth::Born(slip)), Some(Likeness::NameAndNearBirth), "{slip}");
    }
    assert_eq!(to(Birth::Expected(date(2018, 3, 30))), Some(Likeness::NameAndNearBirth));
    assert_eq!(to(Birth::Born(date(2012, 11, 28))), Some(Likeness::Name));
}

#[test]
fn another_family_name_on_the_same_day_may_be_one_child() {
    assert_eq!(names(("Amira", "Khan"), ("Amira", "Begum")), Some(Likeness::BirthAndPart));
}

#[test]
fn one_case_number_is_one_child_however_it_is_written() {
    let (one, other) = (Name::new("Amira", "Khan"), Name::new("Baby", "K"));
    let with = |name, number| Looked { name, birth: Birth::Born(BORN), case_number: Some(number) };
    assert_eq!(likeness(with(&one, "447 1203"), with(&other, "4471203")), Some(Likeness::CaseNumber));
    assert_eq!(likeness(with(&one, ""), with(&other, "")), None);
}

/// Every pair of the tests above that may be one child is found in the whole council too.
#[test]
fn whoever_is_alike_has_something_in_common_by_which_they_are_found() {
    let pairs = [
        (("Amira", "Khan"), ("Ameera", "Kahn")),
        (("Catherine", "Smith"), ("Kathryn", "Smyth")),
        (("Mohammed", "Hussain"), ("Muhammad", "Hussein")),
        (("Seán", "O'Brien"), ("Sean", "OBrien")),
        (("Wei", "Chen"), ("Chen", "Wei")),
        (("Dilnaz", ""), ("Dilnas", "")),
        (("أميرة", "خان"), ("أميرة", "خان")),
    ];
    let found = |name: (&str, &str), birth| {
        let name = Name::new(name.0, name.1);
        found_by(looked(&name, birth))
    };
    let (born, slip) = (Birth::Born(BORN), Birth::Born(date(2018, 9, 3)));
    for (one, other) in pairs {
        assert!(!found(one, born).is_disjoint(&found(other, born)), "{one:?} {other:?}");
        assert!(!found(one, born).is_disjoint(&found(other, slip)), "{one:?} {other:?}, another day");
    }
    assert!(!found(("Musa", "Iqbal"), born).is_disjoint(&found(("Hana", "Iqbal"), born)), "by the day");
    assert!(found(("Joe", "Tanner"), born).is_disjoint(&found(("Hana", "Iqbal"), slip)));
    let name = Name::new("Baby", "K");
    let numbered = Looked { name: &name, birth: slip, case_number: Some("447 1203") };
    assert!(found_by(numbered).contains("number 4471203"));
}

#[test]
fn somebody_who_knows_some_of_it_finds_the_child_by_that() {
    let name = Name { known_as: Some("Mimi".into()), ..Name::new("Amira", "Khan-Smith") };
    let child = Looked { name: &name, birth: Birth::Born(BORN), case_number: Some("NM 204/11") };
    let found_by = found_by(child);
    let sought = |name: &str, birth: Option<Date>, case_number: &str| Sought {
        name: name.into(),
        birth,
        case_number: case_number.into(),
    };
    let is_found = |sought: &Sought| {
        let keys = sought.found_by();
        !keys.is_empty() && keys.iter().all(|either| !either.is_disjoint(&found_by)) && sought.fits(child)
    };
    for some in [
        sought("Ameera Kahn", None, ""),
        sought("khan", None, ""),
        sought("Ami", None, ""),
        sought("kha ami", None, ""),
        sought("Amira K", None, ""),
        sought("Smith, Mimi", None, ""),
        sought("", Some(BORN), ""),
        sought("Amira", Some(BORN), "nm-204-11"),
    ] {
        assert!(is_found(&some), "{some:?} in {found_by:?}");
    }
    for other in [
        sought("Amira Tanner", None, ""),
        sought("Amina", None, ""),
        sought("Amira T", None, ""),
        sought("Amira", Some(date(2018, 3, 10)), ""),
        sought("", None, "NM 204/12"),
    ] {
        assert!(!is_found(&other), "{other:?}");
    }
    for too_little in [sought(" \u{200B} ", None, " "), sought("A", None, "")] {
        assert!(too_little.found_by().is_empty(), "{too_little:?}");
    }
}

#[test]
fn a_search_for_doubles_is_not_widened_by_single_words() {
    let name = Name::new("Amira", "Khan");
    let keys = doubles_found_by(looked(&name, Birth::Born(BORN)));
    assert!(keys.iter().all(|key| !key.starts_with("word ") && !key.starts_with("start ")), "{keys:?}");
}
