//! The passcode: its rules, and the wrap it opens.

use argon2::{Algorithm, Argon2, Params, Version};
use serde::{Deserialize, Serialize};

use super::{Key, KeyId, OpenError, Place, Sealed};
use crate::create::random;

/// After this many wrong passcodes in a row the passcode wrap is deleted: locked out, nothing lost.
pub const MAX_ATTEMPTS: u32 = 10;

const WRAP: Place<'static> = Place { store: "wrap", key: "passcode" };
const ESCROW: Place<'static> = Place { store: "wrap", key: "escrow" };

/// Why a passcode cannot be chosen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum WeakPasscode {
    /// Under 8 characters, or under 10 digits.
    #[error("too short")]
    TooShort,
    /// Neither letters with digits, nor digits alone.
    #[error("letters only")]
    NeedsDigits,
    /// All one character, or a plain run.
    #[error("too easily guessed")]
    Obvious,
}

/// Checks a passcode to be chosen: at least 8 characters with letters and digits, or 10 digits.
///
/// # Errors
/// [`WeakPasscode`] says what is missing.
pub fn check(passcode: &str) -> Result<(), WeakPasscode> {
    let letters = passcode.chars().filter(|character| character.is_alphabetic()).count();
    let digits = passcode.chars().filter(char::is_ascii_digit).count();
    let length = passcode.chars().count();
    if length < 8 || (letters == 0 && length < 10) {
        return Err(WeakPasscode::TooShort);
    }
    if digits == 0 {
        return Err(WeakPasscode::NeedsDigits);
    }
    let codes: Vec<i64> = passcode.chars().map(|character| i64::from(u32::from(character))).collect();
    let steps = || codes.windows(2).map(|pair| pair[1] - pair[0]);
    if [0, 1, -1].iter().any(|run| steps().all(|step| step == *run)) || passcode == "1234567890" {
        return Err(WeakPasscode::Obvious);
    }
    Ok(())
}

/// What Argon2id costs here. Stored with the wrap, so that it can rise.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cost {
    /// Memory, in KiB; at least 19 MiB.
    pub memory_kib: u32,
    /// Rounds; at least 2.
    pub rounds: u32,
}

impl Cost {
    /// The least that is allowed (OWASP's minimum for Argon2id).
    pub const LEAST: Cost = Cost { memory_kib: 19 * 1024, rounds: 2 };
    /// What a tablet of today affords in under half a second.
    pub const USUAL: Cost = Cost { memory_kib: 64 * 1024, rounds: 3 };
}

/// The data key, wrapped by the passcode. **Frozen.**
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PasscodeWrap {
    cost: Cost,
    salt: String,
    sealed: Sealed,
}

impl PasscodeWrap {
    /// Wraps the data key.
    pub fn new(passcode: &str, cost: Cost, data: &Key) -> PasscodeWrap {
        let salt: [u8; 16] = random();
        let sealed = derive(passcode, cost, salt).seal(KeyId::Data, WRAP, &data.to_bytes());
        PasscodeWrap { cost, salt: domain::hash::hex(&salt), sealed }
    }

    /// Unwraps the data key.
    ///
    /// # Errors
    /// [`OpenError`] when the passcode is wrong, or the wrap damaged.
    pub fn open(&self, passcode: &str) -> Result<Key, OpenError> {
        let salt = domain::hash::unhex(&self.salt).map_err(|_| OpenError::Damaged)?;
        let plain = derive(passcode, self.cost, salt).open(WRAP, &self.sealed)?;
        plain.try_into().map(Key::from_bytes).map_err(|_| OpenError::Damaged)
    }
}

fn derive(passcode: &str, cost: Cost, salt: [u8; 16]) -> Key {
    let least = Cost::LEAST;
    let params = Params::new(cost.memory_kib.max(least.memory_kib), cost.rounds.max(least.rounds), 1, Some(32))
        .expect("memory and rounds are within Argon2's limits");
    let mut key = [0; 32];
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
        .hash_password_into(passcode.as_bytes(), &salt, &mut key)
        .expect("salt and key lengths are fixed");
    Key::from_bytes(key)
}

/// Wraps the data key by the server's escrow key.
pub fn escrow_wrap(escrow: &Key, data: &Key) -> Sealed {
    escrow.seal(KeyId::Data, ESCROW, &data.to_bytes())
}

/// Unwraps the data key by the server's escrow key.
///
/// # Errors
/// [`OpenError`] when this is not the vault's escrow key.
pub fn escrow_open(escrow: &Key, wrap: &Sealed) -> Result<Key, OpenError> {
    escrow.open(ESCROW, wrap)?.try_into().map(Key::from_bytes).map_err(|_| OpenError::Damaged)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_passcode_needs_eight_with_letters_and_digits_or_ten_digits() {
        assert_eq!(check("tea4two8"), Ok(()));
        assert_eq!(check("8264019375"), Ok(()));
        assert_eq!(check("tea4two"), Err(WeakPasscode::TooShort));
        assert_eq!(check("826401937"), Err(WeakPasscode::TooShort));
        assert_eq!(check("teafortwo"), Err(WeakPasscode::NeedsDigits));
        assert_eq!(check("1111111111"), Err(WeakPasscode::Obvious));
        assert_eq!(check("1234567890"), Err(WeakPasscode::Obvious));
    }

    #[test]
    fn the_right_passcode_opens_the_wrap_and_a_wrong_one_does_not() {
        let data = Key::random();
        let wrap = PasscodeWrap::new("tea4two8", Cost::LEAST, &data);
        assert_eq!(wrap.open("tea4two8").unwrap(), data);
        assert_eq!(wrap.open("tea4two9"), Err(OpenError::Damaged));
    }

    #[test]
    fn the_escrow_key_opens_what_a_forgotten_passcode_cannot() {
        let (data, escrow) = (Key::random(), Key::random());
        let wrap = escrow_wrap(&escrow, &data);
        assert_eq!(escrow_open(&escrow, &wrap).unwrap(), data);
        assert_eq!(escrow_open(&Key::random(), &wrap), Err(OpenError::Damaged));
    }
}
