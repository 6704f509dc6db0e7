//! What is offered one after the other: every target by itself, or groups of them first.

use crate::settings::{GROUPS_FROM, ScanOrder, ScanSettings};
use crate::{Offer, Rank, Target};

/// The offers of the first level.
pub(super) fn first_level(targets: &[Target], settings: &ScanSettings) -> Vec<Offer> {
    let groups = match settings.order {
        ScanOrder::ByNumber if targets.len() < GROUPS_FROM => Vec::new(),
        ScanOrder::ByNumber | ScanOrder::Groups => grouped(targets, |target| match target.rank {
            Rank::Answer => 0,
            Rank::Navigation => 1,
            Rank::Stop | Rank::Escape => 2,
        }),
        ScanOrder::Linear => Vec::new(),
        ScanOrder::Rows => grouped(targets, |target| target.row),
    };
    let mut offers = if groups.len() < 2 {
        ids(targets.iter().collect()).into_iter().map(Offer::Target).collect()
    } else {
        groups.into_iter().map(of_group).collect::<Vec<_>>()
    };
    if settings.reversed {
        offers.reverse();
    }
    offers
}

/// The offers within a group: its targets, then the way back out.
pub(super) fn within(group: &[String], settings: &ScanSettings) -> Vec<Offer> {
    let mut offers: Vec<Offer> = group.iter().cloned().map(Offer::Target).collect();
    if settings.reversed {
        offers.reverse();
    }
    offers.push(Offer::Back(group.to_vec()));
    offers
}

/// A group of one is that one: going in to choose among one would be a press for nothing.
fn of_group(mut group: Vec<String>) -> Offer {
    if group.len() == 1 { Offer::Target(group.remove(0)) } else { Offer::Group(group) }
}

fn grouped(targets: &[Target], key: impl Fn(&Target) -> u8) -> Vec<Vec<String>> {
    let mut keys: Vec<u8> = targets.iter().map(&key).collect();
    keys.sort_unstable();
    keys.dedup();
    keys.into_iter().map(|one| ids(targets.iter().filter(|target| key(target) == one).collect())).collect()
}

/// Answers first, ways out last; otherwise as the screen names them.
fn ids(mut targets: Vec<&Target>) -> Vec<String> {
    targets.sort_by_key(|target| target.rank);
    targets.into_iter().map(|target| target.id.clone()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mat() -> Vec<Target> {
        vec![
            Target::new("skip", Rank::Escape, 1),
            Target::new("stop", Rank::Stop, 2),
            Target::new("like", Rank::Answer, 1),
            Target::new("dont-like", Rank::Answer, 1),
        ]
    }

    fn named(offers: &[Offer]) -> Vec<String> {
        let name = |offer: &Offer| match offer {
            Offer::Nothing => String::new(),
            Offer::Target(id) => id.clone(),
            Offer::Group(ids) => ids.join("+"),
            Offer::Back(_) => "back".into(),
        };
        offers.iter().map(name).collect()
    }

    fn offered(targets: &[Target], order: ScanOrder, reversed: bool) -> Vec<String> {
        named(&first_level(targets, &ScanSettings { order, reversed, ..ScanSettings::default() }))
    }

    #[test]
    fn answers_come_first_and_stop_is_the_first_way_out() {
        assert_eq!(offered(&mat(), ScanOrder::Linear, false), ["like", "dont-like", "stop", "skip"]);
        assert_eq!(offered(&mat(), ScanOrder::Linear, true), ["skip", "stop", "dont-like", "like"]);
    }

    #[test]
    fn few_places_are_offered_one_by_one_and_many_in_groups() {
        assert_eq!(offered(&mat(), ScanOrder::ByNumber, false), ["like", "dont-like", "stop", "skip"]);
        let more = [mat(), vec![Target::new("more", Rank::Navigation, 3)]].concat();
        assert_eq!(offered(&more, ScanOrder::ByNumber, false), ["like+dont-like", "more", "stop+skip"]);
    }

    #[test]
    fn a_row_is_offered_before_the_places_in_it_and_a_row_of_one_is_that_place() {
        assert_eq!(offered(&mat(), ScanOrder::Rows, false), ["like+dont-like+skip", "stop"]);
    }

    #[test]
    fn where_everything_is_of_one_kind_there_is_no_group_of_everything() {
        let answers: Vec<Target> = (0..6).map(|n| Target::new(n.to_string(), Rank::Answer, 0)).collect();
        assert_eq!(offered(&answers, ScanOrder::Groups, false).len(), 6);
    }

    #[test]
    fn a_group_ends_with_the_way_back_out_in_either_direction() {
        let group = ["like".to_owned(), "dont-like".to_owned()];
        let named = |reversed| named(&within(&group, &ScanSettings { reversed, ..ScanSettings::default() }));
        assert_eq!(named(false), ["like", "dont-like", "back"]);
        assert_eq!(named(true), ["dont-like", "like", "back"]);
    }
}
