//! A date in three boxes, in the GOV.UK manner: the month may be a number, "jan" or "January".

use jiff::civil::Date;
use leptos::prelude::*;
use leptos::reactive::computed::create_slice;
use leptos_fluent::tr;
use serde::{Deserialize, Serialize};

use super::form::{FieldError, Problems, described_by, group_class, problem_of};

/// What stands in the boxes, as it was typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct DateBoxes {
    /// The day.
    pub day: String,
    /// The month.
    pub month: String,
    /// The year.
    pub year: String,
}

/// What is wrong with what was typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DateProblem {
    /// Nothing was typed.
    Empty,
    /// The day is missing.
    NoDay,
    /// The month is missing.
    NoMonth,
    /// The year is missing.
    NoYear,
    /// The year has not four digits.
    ShortYear,
    /// There is no such day.
    NotADate,
}

impl DateProblem {
    /// The message under the boxes.
    pub fn in_words(self) -> String {
        match self {
            DateProblem::Empty => tr!("date-empty"),
            DateProblem::NoDay => tr!("date-no-day"),
            DateProblem::NoMonth => tr!("date-no-month"),
            DateProblem::NoYear => tr!("date-no-year"),
            DateProblem::ShortYear => tr!("date-short-year"),
            DateProblem::NotADate => tr!("date-not-a-date"),
        }
    }
}

const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

impl DateBoxes {
    /// The boxes of a date.
    pub fn of(date: Date) -> DateBoxes {
        DateBoxes { day: date.day().to_string(), month: date.month().to_string(), year: date.year().to_string() }
    }

    /// Reads the date.
    ///
    /// # Errors
    /// What is wrong with it: one thing at a time.
    pub fn read(&self) -> Result<Date, DateProblem> {
        let [day, month, year] = [&self.day, &self.month, &self.year].map(|text| text.trim());
        match (day.is_empty(), month.is_empty(), year.is_empty()) {
            (true, true, true) => return Err(DateProblem::Empty),
            (true, _, _) => return Err(DateProblem::NoDay),
            (_, true, _) => return Err(DateProblem::NoMonth),
            (_, _, true) => return Err(DateProblem::NoYear),
            _ if year.len() != 4 => return Err(DateProblem::ShortYear),
            _ => {}
        }
        let day = day.parse().map_err(|_| DateProblem::NotADate)?;
        let month = month_number(month).ok_or(DateProblem::NotADate)?;
        let year = year.parse().map_err(|_| DateProblem::NotADate)?;
        Date::new(year, month, day).map_err(|_| DateProblem::NotADate)
    }
}

fn month_number(text: &str) -> Option<i8> {
    if let Ok(number) = text.parse() {
        return Some(number);
    }
    let text = text.to_lowercase();
    let place = MONTHS.iter().position(|month| text.len() >= 3 && month.starts_with(&text))?;
    i8::try_from(place + 1).ok()
}

/// A date in three boxes.
#[component]
pub fn DateInput(
    /// The id; the day's box bears it, so that the summary's link lands there.
    id: &'static str,
    #[prop(into)] legend: String,
    value: RwSignal<DateBoxes>,
    problems: Problems,
    #[prop(optional, into)] hint: String,
) -> impl IntoView {
    let problem = problem_of(problems, id);
    let has_hint = !hint.is_empty();
    let (day, set_day) = create_slice(value, |value| value.day.clone(), |value, typed| value.day = typed);
    let (month, set_month) = create_slice(value, |value| value.month.clone(), |value, typed| value.month = typed);
    let (year, set_year) = create_slice(value, |value| value.year.clone(), |value, typed| value.year = typed);
    view! {
        <div class=group_class(problem)>
            <fieldset class="govuk-fieldset" role="group" aria-describedby=described_by(id, has_hint, problem)>
                <legend class="govuk-fieldset__legend govuk-fieldset__legend--s">{legend}</legend>
                {has_hint.then(|| view! { <div id=format!("{id}-hint") class="govuk-hint">{hint}</div> })}
                <FieldError id problem/>
                <div class="govuk-date-input">
                    <DateBox id=id.to_owned() label=tr!("date-day") width="govuk-input--width-2" numeric=true value=day set=set_day problem/>
                    <DateBox id=format!("{id}-month") label=tr!("date-month") width="govuk-input--width-4" numeric=false value=month set=set_month problem/>
                    <DateBox id=format!("{id}-year") label=tr!("date-year") width="govuk-input--width-4" numeric=true value=year set=set_year problem/>
                </div>
            </fieldset>
        </div>
    }
}

#[component]
fn DateBox(
    id: String,
    label: String,
    width: &'static str,
    numeric: bool,
    value: Signal<String>,
    set: SignalSetter<String>,
    problem: Signal<Option<String>>,
) -> impl IntoView {
    let class = move || {
        let error = if problem.get().is_some() { " govuk-input--error" } else { "" };
        format!("govuk-input govuk-date-input__input {width}{error}")
    };
    view! {
        <div class="govuk-date-input__item">
            <div class="govuk-form-group">
                <label class="govuk-label govuk-date-input__label" for=id.clone()>{label}</label>
                <input
                    class=class id=id.clone() name=id type="text" autocomplete="off" inputmode=numeric.then_some("numeric")
                    prop:value=move || value.get() on:input=move |event| set.set(event_target_value(&event))
                />
            </div>
        </div>
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn boxes(day: &str, month: &str, year: &str) -> DateBoxes {
        DateBoxes { day: day.into(), month: month.into(), year: year.into() }
    }

    #[test]
    fn a_month_may_be_a_number_or_a_name() {
        for month in ["12", "dec", "Dec", "december", " DECEMBER "] {
            assert_eq!(boxes("4", month, "2026").read(), Ok(date(2026, 12, 4)), "{month}");
        }
    }

    #[test]
    fn what_is_missing_is_named() {
        assert_eq!(boxes("", " ", "").read(), Err(DateProblem::Empty));
        assert_eq!(boxes("", "12", "2026").read(), Err(DateProblem::NoDay));
        assert_eq!(boxes("4", "", "2026").read(), Err(DateProblem::NoMonth));
        assert_eq!(boxes("4", "12", "").read(), Err(DateProblem::NoYear));
        assert_eq!(boxes("4", "12", "26").read(), Err(DateProblem::ShortYear));
    }

    #[test]
    fn a_day_that_does_not_exist_is_no_date() {
        for wrong in
            [boxes("31", "2", "2026"), boxes("0", "1", "2026"), boxes("4", "ju", "2026"), boxes("x", "1", "2026")]
        {
            assert_eq!(wrong.read(), Err(DateProblem::NotADate), "{wrong:?}");
        }
    }

    #[test]
    fn the_boxes_of_a_date_read_as_that_date() {
        let day = date(2028, 2, 29);
        assert_eq!(DateBoxes::of(day).read(), Ok(day));
    }
}
